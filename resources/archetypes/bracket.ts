import { part } from 'artificer';

export default part(
  'Bracket',
  {
    about:
      'A foot that is bolted down along Z, a leg that stands out of it with its loaded side towards Y, and two ribs in the corner.',
  },
  (p) => {
    const foot = p.length('foot_thickness', '8 mm', { minimum: 2, maximum: 15 });
    const leg = p.length('leg_thickness', '8 mm', { minimum: 2, maximum: 15 });
    const rib = p.length('rib_thickness', '5 mm', { minimum: 2, maximum: 12 });
    const share = p.number('rib_share', 0.7, { minimum: 0.25, maximum: 0.95, note: 'Of the leg that the ribs hold' });
    const inner = p.length('inner_radius', '3 mm', { minimum: 1, maximum: 8, note: 'Between foot and leg' });
    const reach = p.length('reach', '80 mm', { minimum: 40, maximum: 400, note: 'Of the leg, from the wall' });
    const loaded = p.length('loaded_width', '50 mm', { minimum: 10, maximum: 400, note: 'Least width of the leg' });
    const below = p.length('below', '12 mm', { minimum: 8, maximum: 60, note: 'Of the foot, below the last bolts' });
    const bolt = p.length('bolt_hole', '6.6 mm', { minimum: 3, maximum: 18 });
    const washer = p.length('washer', '8 mm', { minimum: 4, maximum: 20, note: 'Radius that a bolt takes' });
    const acrossX = p.length('bolt_spacing_x', '40 mm', { minimum: 0, maximum: 300 });
    const acrossY = p.length('bolt_spacing_y', '30 mm', { minimum: 0, maximum: 300 });
    const first = p.length('bolt_first', '55 mm', { minimum: 50, maximum: 300, note: 'Below the loaded side' });
    const boltShift = p.length('bolt_shift', 0, { minimum: -50, maximum: 50, note: 'Of the pattern, along X' });
    const pad = p.length('pad_height', 0, {
      minimum: 0,
      maximum: 3,
      note: 'Of a raised loaded face; none with nought',
    });
    const padX = p.length('pad_x', '40 mm', { minimum: 5, maximum: 400 });
    const padZ = p.length('pad_z', '20 mm', { minimum: 5, maximum: 300 });
    const padAt = p.length('pad_at', '60 mm', { minimum: 20, maximum: 400, note: 'Of its middle, from the wall' });
    const loadHole = p.length('load_hole', 0, { minimum: 0, maximum: 18, note: 'In the leg; none with nought' });
    const loadX = p.length('load_spacing_x', '20 mm', { minimum: 0, maximum: 300 });
    const loadZ = p.length('load_spacing_z', 0, { minimum: 0, maximum: 300 });
    const loadFirst = p.length('load_first', '60 mm', { minimum: 30, maximum: 300, note: 'From the wall' });
    const loadWasher = p.length('load_washer', '8 mm', { minimum: 4, maximum: 20 });
    // Where its own axes stand: turned about an axis through the origin, then shifted.
    const shift = ['at_x', 'at_y', 'at_z'].map((name) => p.length(name, 0, { minimum: -2000, maximum: 2000 }));
    const turn = p.angle('turned_by', 0, { minimum: -180, maximum: 180 });
    const about = ['axis_x', 'axis_y', 'axis_z'].map((name) => p.number(name, 0, { minimum: -1, maximum: 1 }));
    const direction = [about[0]!.value, about[1]!.value, about[2]!.value] as const;
    const turned = turn.value !== 0 && Math.hypot(...direction) > 0;

    const hasLoadHoles = loadHole.value > 0;
    const hasPad = pad.value > 0;
    const acrossLoad = hasLoadHoles ? loadX.value + 2 * loadWasher.value : 0;
    const width = Math.max(
      loaded.value,
      hasPad ? padX.value : 0,
      acrossLoad,
      acrossX.value + 2 * (washer.value + rib.value + Math.abs(boltShift.value)),
    );
    const length = Math.max(
      reach.value,
      hasPad ? padAt.value + padZ.value / 2 : 0,
      hasLoadHoles ? loadFirst.value + loadZ.value + loadWasher.value : 0,
    );
    const top = pad.value;
    const height = first.value + acrossY.value + below.value;
    const under = top + leg.value;

    // From the side: Z to the right, what lies below the loaded side upwards.
    const seen = (x: number) => ({ origin: [x, 0, 0], normal: [1, 0, 0], x: [0, 0, 1] }) as const;
    const side = p.sketch('side view', seen(0), (s) => {
      s.outline([0, top])
        .lineTo([length, top], { id: 'loaded' })
        .lineTo([length, under], { id: 'tip' })
        .lineTo([foot.value, under], { id: 'under' })
        .lineTo([foot.value, height], { id: 'front' })
        .lineTo([0, height], { id: 'bottom' })
        .lineTo([0, top], { id: 'wall' });
    });
    const legs = p.extrude('legs', side, { distance: width, direction: 'symmetric' });
    p.fillet('inner corner', legs.edge('side(under)', 'side(front)'), { radius: inner });

    p.group('Ribs', () => {
      const y = foot.value + share.value * (length - foot.value);
      const z = under + share.value * (height - under);
      for (const [name, x, direction] of [
        ['left rib', -width / 2, 'normal'],
        ['right rib', width / 2, 'reverse'],
      ] as const) {
        // Reaches into both legs, so that it grows together with them.
        const outline = p.sketch(`${name} outline`, seen(x), (s) => {
          s.polyline(
            [
              [foot.value / 2, under - leg.value / 2],
              [y, under - leg.value / 2],
              [y, under],
              [foot.value, z],
              [foot.value / 2, z],
            ],
            { closed: true },
          );
        });
        p.extrude(name, outline, { distance: rib, direction });
      }
    });

    if (hasPad) {
      const padPlane = { origin: [0, -top, 0], normal: [0, 1, 0], x: [1, 0, 0] } as const;
      const outline = p.sketch('pad outline', padPlane, (s) => {
        s.centredRectangle([0, -padAt.value], [padX, padZ]);
      });
      p.extrude('pad', outline, { distance: pad });
    }

    const pairs = (spacing: number) => (spacing > 0 ? [-spacing / 2, spacing / 2] : [0]);
    const front = { origin: [0, 0, foot.value], normal: [0, 0, 1], x: [1, 0, 0] } as const;
    const places = p.sketch('bolt places', front, (s) => {
      for (const x of pairs(acrossX.value))
        for (const y of pairs(acrossY.value)) s.point([boltShift.value + x, -first.value - acrossY.value / 2 + y]);
    });
    p.hole('bolt holes', places, { diameter: bolt });
    if (hasLoadHoles) {
      const above = { origin: [0, 0, 0], normal: [0, 1, 0], x: [1, 0, 0] } as const;
      const loads = p.sketch('load places', above, (s) => {
        for (const x of pairs(loadX.value))
          for (const z of pairs(loadZ.value)) s.point([x, -(loadFirst.value + loadZ.value / 2 + z)]);
      });
      p.hole('load holes', loads, { diameter: loadHole });
    }

    if (turned || shift.some((each) => each.value !== 0))
      p.moveBody('place', [legs], {
        by: [shift[0]!, shift[1]!, shift[2]!],
        ...(turned ? { turn: { angle: turn, axis: { origin: [0, 0, 0], direction } } } : {}),
      });
  },
);
