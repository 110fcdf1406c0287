import { part } from 'artificer';

export default part(
  'Bearing housing',
  { about: 'A foot that is bolted down along Z, and a barrel around a bore along Y, held by a pedestal between them.' },
  (p) => {
    const centre = p.length('centre_height', '60 mm', { minimum: 50, maximum: 300, note: 'Of the bore' });
    const bore = p.length('bore', '47 mm', { minimum: 10, maximum: 60 });
    const length = p.length('bore_length', '30 mm', { minimum: 15, maximum: 120 });
    const wall = p.length('wall', '8 mm', { minimum: 3, maximum: 14, note: 'Around the bore' });
    const foot = p.length('foot_thickness', '12 mm', { minimum: 4, maximum: 18 });
    const base = p.length('pedestal_base', '70 mm', { minimum: 20, maximum: 300, note: 'Its width at the foot' });
    const web = p.length('pedestal_depth', '16 mm', { minimum: 4, maximum: 120, note: 'Along the bore' });
    const spacingX = p.length('bolt_spacing_x', '110 mm', { minimum: 80, maximum: 500 });
    const spacingY = p.length('bolt_spacing_y', 0, { minimum: 0, maximum: 300 });
    const shiftY = p.length('bolt_shift_y', 0, { minimum: -40, maximum: 40, note: 'Of the pattern, along the bore' });
    const bolt = p.length('bolt_hole', '9 mm', { minimum: 3, maximum: 14 });
    const washer = p.length('washer', '10 mm', { minimum: 5, maximum: 16, note: 'Radius that a bolt takes' });
    // Where its own axes stand: turned about an axis through the origin, then shifted.
    const shift = ['at_x', 'at_y', 'at_z'].map((name) => p.length(name, 0, { minimum: -2000, maximum: 2000 }));
    const turn = p.angle('turned_by', 0, { minimum: -180, maximum: 180 });
    const about = ['axis_x', 'axis_y', 'axis_z'].map((name) => p.number(name, 0, { minimum: -1, maximum: 1 }));
    const direction = [about[0]!.value, about[1]!.value, about[2]!.value] as const;
    const turned = turn.value !== 0 && Math.hypot(...direction) > 0;

    const [c, depth] = [centre.value, length.value];
    const outer = bore.value / 2 + wall.value;
    const reachX = spacingX.value / 2 + washer.value + 1;
    // The foot holds the bolts, and stands under the pedestal.
    const low = Math.min(-depth / 2, shiftY.value - spacingY.value / 2 - washer.value - 1);
    const high = Math.max(depth / 2, shiftY.value + spacingY.value / 2 + washer.value + 1);
    const plan = p.sketch('foot outline', 'xy', (s) => {
      s.rectangle([-reachX, low], [2 * reachX, high - low]);
    });
    const body = p.extrude('foot', plan, { distance: foot });

    const front = { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] } as const;
    const between = Math.min(web.value, depth - 1);
    // Where the foot reaches into the barrel, the pedestal is at least as wide as their corner.
    const clear = c - foot.value;
    const least = Math.sqrt(Math.max(0, (1.03 * outer) ** 2 - clear * clear));
    const half = Math.max(least, Math.min(base.value / 2, reachX - 5));
    const pedestal = p.sketch('pedestal outline', front, (s) => {
      // Its sides touch the barrel, and leave the foot with a corner that a cutter can make.
      const away = Math.hypot(half, clear);
      const touches = Math.atan2(-clear, half) + Math.acos(outer / away);
      const [x, z] = [outer * Math.cos(touches), c + outer * Math.sin(touches)];
      const lean = Math.atan2(z - foot.value, x - half);
      const round = 2;
      const tangent = round / Math.tan(lean / 2);
      const [fx, fz] = [half + tangent * Math.cos(lean), foot.value + tangent * Math.sin(lean)];
      const seat = half + tangent;
      s.outline([-seat, foot.value / 2])
        .lineTo([seat, foot.value / 2], { id: 'below' })
        .lineTo([seat, foot.value], { id: 'footright' })
        .arcTo([fx, fz], { centre: [seat, foot.value + round], clockwise: true })
        .lineTo([x, z], { id: 'right' })
        .lineTo([-x, z], { id: 'above' })
        .lineTo([-fx, fz], { id: 'left' })
        .arcTo([-seat, foot.value], { centre: [-seat, foot.value + round], clockwise: true })
        .lineTo([-seat, foot.value / 2], { id: 'footleft' });
    });
    p.extrude('pedestal', pedestal, { distance: between, direction: 'symmetric' });
    const circle = p.sketch('barrel outline', front, (s) => {
      s.circle([0, c], outer);
    });
    p.extrude('barrel', circle, { distance: length, direction: 'symmetric' });

    const hollow = p.sketch('bore outline', front, (s) => {
      s.circle([0, c], bore.over(2), { id: 'bore' });
    });
    p.extrude('bore cut', hollow, { distance: depth + 2, direction: 'symmetric', operation: 'cut' });

    const places = p.sketch('bolt places', { plane: { plane: 'xy', offset: foot } }, (s) => {
      for (const x of [-spacingX.value / 2, spacingX.value / 2])
        for (const y of spacingY.value > 0 ? [-spacingY.value / 2, spacingY.value / 2] : [0])
          s.point([x, shiftY.value + y]);
    });
    p.hole('bolt holes', places, { diameter: bolt });

    if (turned || shift.some((each) => each.value !== 0))
      p.moveBody('place', [body], {
        by: [shift[0]!, shift[1]!, shift[2]!],
        ...(turned ? { turn: { angle: turn, axis: { origin: [0, 0, 0], direction } } } : {}),
      });
  },
);
