import { part } from 'artificer';

export default part(
  'Shaft',
  {
    about:
      'A turned shaft along Z, solid or hollow: two or three journals, and bodies of larger diameter between them with rounded shoulders.',
  },
  (p) => {
    const d1 = p.length('journal_1', '25 mm', { minimum: 8, maximum: 60, note: 'Diameter' });
    const l1 = p.length('journal_1_length', '20 mm', { minimum: 8, maximum: 120 });
    const d2 = p.length('journal_2', '25 mm', { minimum: 8, maximum: 60 });
    const l2 = p.length('journal_2_length', '20 mm', { minimum: 8, maximum: 120 });
    const d3 = p.length('journal_3', '0 mm', { minimum: 0, maximum: 60, note: 'Between the others; none with nought' });
    const l3 = p.length('journal_3_length', '20 mm', { minimum: 8, maximum: 60 });
    const span = p.length('span', '200 mm', {
      minimum: 220,
      maximum: 1000,
      note: 'From middle to middle of the outer ones',
    });
    const at3 = p.number('journal_3_at', 0.5, {
      minimum: 0.42,
      maximum: 0.58,
      note: 'Its place, as a share of the span',
    });
    const body1 = p.length('body_1', '30 mm', { minimum: 10, maximum: 100, note: 'Diameter after the first journal' });
    const body2 = p.length('body_2', '30 mm', { minimum: 10, maximum: 100, note: 'Diameter before the last journal' });
    const hole = p.length('hole', 0, { minimum: 0, maximum: 90, note: 'Along the axis; none with nought' });
    const shoulder = p.length('shoulder_radius', '1.5 mm', { minimum: 0.5, maximum: 4 });
    // Where its own axes stand: turned about an axis through the origin, then shifted.
    const shift = ['at_x', 'at_y', 'at_z'].map((name) => p.length(name, 0, { minimum: -2000, maximum: 2000 }));
    const turn = p.angle('turned_by', 0, { minimum: -180, maximum: 180 });
    const about = ['axis_x', 'axis_y', 'axis_z'].map((name) => p.number(name, 0, { minimum: -1, maximum: 1 }));
    const direction = [about[0]!.value, about[1]!.value, about[2]!.value] as const;
    const turned = turn.value !== 0 && Math.hypot(...direction) > 0;

    const hasThird = d3.value > 0;
    const f = shoulder.value;
    const [r1, r2, r3] = [d1.value / 2, d2.value / 2, d3.value / 2];
    // A body is thick enough for the rounding at both of its ends.
    const b1 = Math.max(body1.value / 2, r1 + f + 0.5, hasThird ? r3 + f + 0.5 : r2 + f + 0.5);
    const b2 = hasThird ? Math.max(body2.value / 2, r2 + f + 0.5, r3 + f + 0.5) : b1;
    const least = Math.min(r1, r2, hasThird ? r3 : r1);
    const inner = hole.value > 0 ? Math.min(hole.value / 2, 0.85 * least) : 0;
    const third = at3.value * span.value;
    const [low, high] = [-l1.value / 2, span.value + l2.value / 2];
    const section = p.sketch('section', { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] }, (s) => {
      const drawn = s
        .outline([inner, low])
        .lineTo([r1, low], { id: 'start' })
        .lineTo([r1, -low - f], { id: 'journal1' })
        .arcTo([r1 + f, -low], { centre: [r1 + f, -low - f], clockwise: true, id: 'rounding1' })
        .lineTo([b1, -low], { id: 'shoulder1' });
      if (hasThird) {
        const [from, to] = [third - l3.value / 2, third + l3.value / 2];
        drawn
          .lineTo([b1, from], { id: 'body1' })
          .lineTo([r3 + f, from], { id: 'shoulder2' })
          .arcTo([r3, from + f], { centre: [r3 + f, from + f], clockwise: true, id: 'rounding2' })
          .lineTo([r3, to - f], { id: 'journal3' })
          .arcTo([r3 + f, to], { centre: [r3 + f, to - f], clockwise: true, id: 'rounding3' })
          .lineTo([b2, to], { id: 'shoulder3' });
      }
      const until = span.value - l2.value / 2;
      drawn
        .lineTo([b2, until], { id: 'body2' })
        .lineTo([r2 + f, until], { id: 'shoulder4' })
        .arcTo([r2, until + f], { centre: [r2 + f, until + f], clockwise: true, id: 'rounding4' })
        .lineTo([r2, high], { id: 'journal2' })
        .lineTo([inner, high], { id: 'end' })
        .lineTo([inner, low], { id: 'inside' });
    });
    const body = p.revolve('body', section, { axis: 'z' });

    if (turned || shift.some((each) => each.value !== 0))
      p.moveBody('place', [body], {
        by: [shift[0]!, shift[1]!, shift[2]!],
        ...(turned ? { turn: { angle: turn, axis: { origin: [0, 0, 0], direction } } } : {}),
      });
  },
);
