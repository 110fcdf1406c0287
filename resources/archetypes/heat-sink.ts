import { part } from 'artificer';

export default part(
  'Heat sink',
  { about: 'A base with a pad for what is cooled, towards Z, and a row of fins on its other side, along X.' },
  (p) => {
    const base = p.length('base_thickness', '5 mm', { minimum: 1.5, maximum: 15 });
    const height = p.length('fin_height', '25 mm', { minimum: 5, maximum: 80 });
    const fin = p.length('fin_thickness', '2 mm', { minimum: 0.8, maximum: 4 });
    const count = p.number('fins', 8, { minimum: 3, maximum: 14, note: 'How many' });
    const length = p.length('length', '80 mm', { minimum: 20, maximum: 400, note: 'Along the fins' });
    const width = p.length('width', '80 mm', { minimum: 60, maximum: 400, note: 'Across the fins' });
    const padX = p.length('pad_x', '40 mm', { minimum: 5, maximum: 300, note: 'Of what is cooled' });
    const padY = p.length('pad_y', '40 mm', { minimum: 5, maximum: 300 });
    const pad = p.length('pad_height', '1 mm', { minimum: 0.5, maximum: 3 });
    const bolt = p.length('bolt_hole', 0, { minimum: 0, maximum: 7, note: 'None with nought' });
    const spacingX = p.length('bolt_spacing_x', '64 mm', { minimum: 0, maximum: 380 });
    const spacingY = p.length('bolt_spacing_y', '64 mm', { minimum: 0, maximum: 380 });
    const washer = p.length('washer', '4 mm', { minimum: 3.5, maximum: 9 });
    // Where its own axes stand: turned about an axis through the origin, then shifted.
    const shift = ['at_x', 'at_y', 'at_z'].map((name) => p.length(name, 0, { minimum: -2000, maximum: 2000 }));
    const turn = p.angle('turned_by', 0, { minimum: -180, maximum: 180 });
    const about = ['axis_x', 'axis_y', 'axis_z'].map((name) => p.number(name, 0, { minimum: -1, maximum: 1 }));
    const direction = [about[0]!.value, about[1]!.value, about[2]!.value] as const;
    const turned = turn.value !== 0 && Math.hypot(...direction) > 0;

    const hasBolts = bolt.value > 0;
    const l = Math.max(length.value, padX.value, hasBolts ? spacingX.value + 2 * washer.value : 0);
    const w = Math.max(width.value, padY.value, hasBolts ? spacingY.value + 2 * washer.value : 0);
    const outline = p.sketch('base outline', { plane: { plane: 'xy', offset: pad.negated() } }, (s) => {
      s.centredRectangle([0, 0], [l, w]);
    });
    const body = p.extrude('base', outline, { distance: base, direction: 'reverse' });
    const contact = p.sketch('pad outline', { plane: { plane: 'xy', offset: -pad.value - base.value / 2 } }, (s) => {
      s.centredRectangle([0, 0], [padX, padY]);
    });
    p.extrude('pad', contact, { distance: pad.value + base.value / 2 });

    // The outermost fins end with the base; where screws are, their heads have room between the fins' ends.
    const n = Math.round(count.value);
    const feet = p.sketch('fin feet', { plane: { plane: 'xy', offset: -pad.value - base.value / 2 } }, (s) => {
      const t = Math.min(fin.value, (0.8 * w) / n);
      for (let i = 0; i < n; i++) s.centredRectangle([0, (w - t) * (i / (n - 1) - 0.5)], [l, t]);
    });
    p.extrude('fins', feet, { distance: height.value + base.value / 2, direction: 'reverse' });
    if (hasBolts) {
      const pairs = (spacing: number) => (spacing > 0 ? [-spacing / 2, spacing / 2] : [0]);
      // Heads go in between the fins: what is in their way of those is cut away.
      const below = -pad.value - base.value - height.value;
      const plane = { origin: [0, 0, below], normal: [0, 0, -1], x: [1, 0, 0] } as const;
      const places = p.sketch('bolt places', plane, (s) => {
        for (const x of pairs(spacingX.value)) for (const y of pairs(spacingY.value)) s.point([x, y]);
      });
      p.hole('bolt holes', places, {
        type: 'counterbore',
        diameter: bolt,
        counterbore: { diameter: washer.times(2), depth: height },
      });
    }

    if (turned || shift.some((each) => each.value !== 0))
      p.moveBody('place', [body], {
        by: [shift[0]!, shift[1]!, shift[2]!],
        ...(turned ? { turn: { angle: turn, axis: { origin: [0, 0, 0], direction } } } : {}),
      });
  },
);
