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
    const room = rise.value - pad.value - plate.value;
    const down = Math.min(ribHeight.value, room - 2);
    const [halfX, halfY, foot] = [ribX.value / 2, ribY.value / 2, washer.value];
    // Corners that a cutter leaves: as wide as they fit between two ribs that meet in a foot.
    const thickest = Math.max(halfX, halfY);
    const r = Math.min(3, (0.69 * foot - thickest) / 0.31);

    type Pair = readonly [number, number];
    /** From a foot: so far along the side that comes in, so far along the one that goes out. */
    const from = ([x, y]: Pair, into: Pair, out: Pair, a: number, b: number): [number, number] => [
      x + a * into[0] + b * out[0],
      y + a * into[1] + b * out[1],
    ];
    /** Counter-clockwise round a rectangle: where a side comes from, seen from its corner, and where the next one goes. */
    const corners = [
      { right: 0, top: 0, into: [0, 1], out: [1, 0] },
      { right: 1, top: 0, into: [-1, 0], out: [0, 1] },
      { right: 1, top: 1, into: [0, -1], out: [-1, 0] },
      { right: 0, top: 1, into: [1, 0], out: [0, -1] },
    ] as const;
    /** How far from a foot's middle a rounding ends on the side of a rib. */
    const along = (half: number): number => Math.sqrt((foot + r) ** 2 - (half + r) ** 2);
    const thickness = (direction: Pair): number => (direction[0] === 0 ? halfY : halfX);
    const inward = foot / (foot + r);

    const below = { plane: { plane: 'xy', offset: -pad.value - plate.value } } as const;
    const rim = p.sketch('rib outline', below, (s) => {
      const outline = corners.map(({ right, top, into, out }) => {
        const middle: Pair = [cx + (right - 0.5) * w, cy + (top - 0.5) * d];
        const [ta, tb] = [thickness(into), thickness(out)];
        return { at: (a: number, b: number) => from(middle, into, out, a, b), ta, tb, ca: along(ta), cb: along(tb) };
      });
      const first = outline[0]!;
      const drawn = s.outline(first.at(first.ca, -first.ta));
      outline.forEach(({ at, ta, tb, ca, cb }, i) => {
        if (i > 0) drawn.lineTo(at(ca, -ta));
        drawn
          .arcTo(at(inward * ca, -inward * (ta + r)), { centre: at(ca, -ta - r), clockwise: true })
          .arcTo(at(-inward * (tb + r), inward * cb), { centre: at(0, 0) })
          .arcTo(at(-tb, cb), { centre: at(-tb - r, cb), clockwise: true });
      });
      drawn.close();
    });
    const body = p.extrude('ribs', rim, { distance: down, direction: 'reverse' });

    const rows = (count: number, span: number): number[] =>
      Array.from({ length: Math.round(count) }, (_, i) => span * (i / (Math.round(count) - 1) - 0.5));
    const [columns, lines] = [rows(alongY.value, w), rows(alongX.value, d)];
    const cells = p.sketch('pocket outlines', below, (s) => {
      for (let i = 1; i < columns.length; i++)
        for (let j = 1; j < lines.length; j++) {
          const x = [columns[i - 1]!, columns[i]!] as const;
          const y = [lines[j - 1]!, lines[j]!] as const;
          const pieces = corners.map(({ right, top, into, out }) => {
            const middle: Pair = [cx + x[right], cy + y[top]];
            const [ta, tb] = [thickness(into), thickness(out)];
            const at = (a: number, b: number) => from(middle, into, out, a, b);
            const outermost = (right ? i === columns.length - 1 : i === 1) && (top ? j === lines.length - 1 : j === 1);
            return { at, ta, tb, isFoot: outermost, ca: along(ta), cb: along(tb) };
          });
          const begin = ({ at, ta, tb, isFoot, ca }: (typeof pieces)[number]) => at(isFoot ? ca : tb + r, ta);
          const drawn = s.outline(begin(pieces[0]!));
          pieces.forEach((piece, k) => {
            const { at, ta, tb, isFoot, ca, cb } = piece;
            if (k > 0) drawn.lineTo(begin(piece));
            if (!isFoot) {
              drawn.arcTo(at(tb, ta + r), { centre: at(tb + r, ta + r) });
              return;
            }
            drawn
              .arcTo(at(inward * ca, inward * (ta + r)), { centre: at(ca, ta + r) })
              .arcTo(at(inward * (tb + r), inward * cb), { centre: at(0, 0), clockwise: true })
              .arcTo(at(tb, cb), { centre: at(tb + r, cb) });
          });
          drawn.close();
        }
    });
    p.extrude('pockets', cells, { throughAll: true, direction: 'symmetric', operation: 'cut' });

    const outline = p.sketch('plate outline', below, (s) => {
      s.centredRectangle([cx, cy], [w + 2 * edge, d + 2 * edge], { round: edge });
    });
    p.extrude('plate', outline, { distance: plate });
    const top = { plane: { plane: 'xy', offset: pad.negated() } } as const;
    const padOutline = p.sketch('pad outline', top, (s) => {
      s.centredRectangle([0, 0], [padX, padY]);
    });
    p.extrude('pad', padOutline, { distance: pad });
    const under = { plane: { plane: 'xy', offset: -pad.value - plate.value - down } } as const;
    const feet = p.sketch('foot outlines', under, (s) => {
      for (const x of [-w / 2, w / 2]) for (const y of [-d / 2, d / 2]) s.circle([cx + x, cy + y], washer);
    });
    p.extrude('feet', feet, { distance: room - down, direction: 'reverse' });

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
