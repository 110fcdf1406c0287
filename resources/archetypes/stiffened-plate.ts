import { part } from 'artificer';

export default part(
  'Rib-stiffened plate',
  {
    about: 'A plate on four feet with a machined pad on top, and ribs below it from foot to foot, along X and along Y.',
  },
  (p) => {
    const plate = p.length('plate_thickness', '6 mm', { minimum: 2, maximum: 20 });
    const ribHeight = p.length('rib_height', '15 mm', { minimum: 3, maximum: 80, note: 'Below the plate' });
    const ribX = p.length('rib_thickness_x', '5 mm', { minimum: 2, maximum: 10, note: 'Of those along X' });
    const ribY = p.length('rib_thickness_y', '5 mm', { minimum: 2, maximum: 10, note: 'Of those along Y' });
    const alongX = p.number('ribs_x', 2, { minimum: 2, maximum: 5, note: 'How many run along X' });
    const alongY = p.number('ribs_y', 2, { minimum: 2, maximum: 5, note: 'How many run along Y' });
    const rise = p.length('rise', '40 mm', { minimum: 20, maximum: 150, note: 'From the feet to the loaded face' });
    const spacingX = p.length('bolt_spacing_x', '160 mm', { minimum: 80, maximum: 600 });
    const spacingY = p.length('bolt_spacing_y', '120 mm', { minimum: 80, maximum: 600 });
    const shiftX = p.length('bolt_shift_x', 0, { minimum: -20, maximum: 20, note: 'Of the pattern from the pad' });
    const shiftY = p.length('bolt_shift_y', 0, { minimum: -20, maximum: 20 });
    const bolt = p.length('bolt_hole', '9 mm', { minimum: 4, maximum: 14 });
    const washer = p.length('washer', '10 mm', { minimum: 8, maximum: 18, note: 'Radius of the feet' });
    const padX = p.length('pad_x', '50 mm', { minimum: 10, maximum: 60 });
    const padY = p.length('pad_y', '50 mm', { minimum: 10, maximum: 60 });
    const pad = p.length('pad_height', '2 mm', { minimum: 1, maximum: 3 });
    // Where its own axes stand: turned about an axis through the origin, then shifted.
    const shift = ['at_x', 'at_y', 'at_z'].map((name) => p.length(name, 0, { minimum: -2000, maximum: 2000 }));
    const turn = p.angle('turned_by', 0, { minimum: -180, maximum: 180 });
    const about = ['axis_x', 'axis_y', 'axis_z'].map((name) => p.number(name, 0, { minimum: -1, maximum: 1 }));
    const direction = [about[0]!.value, about[1]!.value, about[2]!.value] as const;
    const turned = turn.value !== 0 && Math.hypot(...direction) > 0;

    const [w, d, edge] = [spacingX.value, spacingY.value, washer.value + 1];
    const [cx, cy] = [shiftX.value, shiftY.value];
    const top = { plane: { plane: 'xy', offset: pad.negated() } } as const;
    const outline = p.sketch('plate outline', top, (s) => {
      s.centredRectangle([cx, cy], [w + 2 * edge, d + 2 * edge], { round: edge });
    });
    const body = p.extrude('plate', outline, { distance: plate, direction: 'reverse' });
    const padOutline = p.sketch('pad outline', top, (s) => {
      s.centredRectangle([0, 0], [padX, padY]);
    });
    p.extrude('pad', padOutline, { distance: pad });

    // Feet and ribs begin within the plate, so that they grow together with it.
    const within = { plane: { plane: 'xy', offset: -pad.value - plate.value / 2 } } as const;
    const room = rise.value - pad.value - plate.value;
    const feet = p.sketch('foot outlines', within, (s) => {
      for (const x of [-w / 2, w / 2]) for (const y of [-d / 2, d / 2]) s.circle([cx + x, cy + y], washer);
    });
    p.extrude('feet', feet, { distance: room + plate.value / 2, direction: 'reverse' });

    const down = Math.min(ribHeight.value, room - 2);
    p.group('Ribs', () => {
      const rows = (count: number, span: number) =>
        Array.from({ length: Math.round(count) }, (_, i) => span * (i / (Math.round(count) - 1) - 0.5));
      const first = p.sketch('ribs along X outline', within, (s) => {
        for (const y of rows(alongX.value, d)) s.centredRectangle([cx, cy + y], [w, ribX]);
      });
      p.extrude('ribs along X', first, { distance: down + plate.value / 2, direction: 'reverse' });
      const second = p.sketch('ribs along Y outline', within, (s) => {
        for (const x of rows(alongY.value, w)) s.centredRectangle([cx + x, cy], [ribY, d]);
      });
      p.extrude('ribs along Y', second, { distance: down + plate.value / 2, direction: 'reverse' });
    });

    const places = p.sketch('bolt places', top, (s) => {
      for (const x of [-w / 2, w / 2]) for (const y of [-d / 2, d / 2]) s.point([cx + x, cy + y]);
    });
    p.hole('bolt holes', places, { diameter: bolt });

    if (turned || shift.some((each) => each.value !== 0))
      p.moveBody('place', [body], {
        by: [shift[0]!, shift[1]!, shift[2]!],
        ...(turned ? { turn: { angle: turn, axis: { origin: [0, 0, 0], direction } } } : {}),
      });
  },
);
