import { part } from 'artificer';

export default part(
  'Beam link',
  { about: 'A link between two pins: a beam of I-section along X, with a boss about each of two bores along Z.' },
  (p) => {
    const length = p.length('length', '160 mm', { minimum: 100, maximum: 600, note: 'From bore to bore' });
    const height = p.length('height', '24 mm', { minimum: 8, maximum: 60, note: 'Of the beam' });
    const thickness = p.length('thickness', '14 mm', { minimum: 4, maximum: 50, note: 'Of the beam, along Z' });
    const flange = p.length('flange', '4 mm', { minimum: 1.5, maximum: 15 });
    const web = p.length('web', '4 mm', { minimum: 1.5, maximum: 20 });
    const wall = p.length('wall', '6 mm', { minimum: 2, maximum: 15, note: 'Around the bores' });
    const bore1 = p.length('bore_1', '16 mm', { minimum: 5, maximum: 40 });
    const bore2 = p.length('bore_2', '16 mm', { minimum: 5, maximum: 40 });
    const boss1 = p.length('boss_1', '20 mm', { minimum: 5, maximum: 80, note: 'Length of the bore' });
    const boss2 = p.length('boss_2', '20 mm', { minimum: 5, maximum: 80 });
    // Where its own axes stand: turned about an axis through the origin, then shifted.
    const shift = ['at_x', 'at_y', 'at_z'].map((name) => p.length(name, 0, { minimum: -2000, maximum: 2000 }));
    const turn = p.angle('turned_by', 0, { minimum: -180, maximum: 180 });
    const about = ['axis_x', 'axis_y', 'axis_z'].map((name) => p.number(name, 0, { minimum: -1, maximum: 1 }));
    const direction = [about[0]!.value, about[1]!.value, about[2]!.value] as const;
    const turned = turn.value !== 0 && Math.hypot(...direction) > 0;

    const l = length.value;
    const thick = Math.min(thickness.value, boss1.value, boss2.value);
    const [r1, r2] = [bore1.value / 2 + wall.value, bore2.value / 2 + wall.value];
    // The beam runs into its bosses with corners that a cutter leaves; a beam higher than a boss ends round.
    const near = [r1, r2].find((radius) => Math.abs(height.value / 2 - radius) < 0.01);
    const high = near ?? height.value / 2;
    const round = 3;
    const outline = p.sketch('beam outline', 'xy', (s) => {
      const end = (radius: number): { from: number; corner: number } => ({
        from: high < radius ? Math.sqrt((radius + round) ** 2 - (high + round) ** 2) : 0,
        corner: radius / (radius + round),
      });
      const [left, right] = [end(r1), end(r2)];
      const drawn = s.outline([left.from, -high]).lineTo([l - right.from, -high]);
      if (high < r2) {
        const touch = [l - right.corner * right.from, right.corner * (high + round)] as const;
        drawn
          .arcTo([touch[0], -touch[1]], { centre: [l - right.from, -high - round], clockwise: true })
          .arcTo(touch, { centre: [l, 0] })
          .arcTo([l - right.from, high], { centre: [l - right.from, high + round], clockwise: true });
      } else drawn.arcTo([l, high], { centre: [l, 0] });
      drawn.lineTo([left.from, high]);
      if (high < r1) {
        const touch = [left.corner * left.from, left.corner * (high + round)] as const;
        drawn
          .arcTo(touch, { centre: [left.from, high + round], clockwise: true })
          .arcTo([touch[0], -touch[1]], { centre: [0, 0] })
          .arcTo(drawn.start, { centre: [left.from, -high - round], clockwise: true });
      } else drawn.arcTo(drawn.start, { centre: [0, 0] });
    });
    const beam = p.extrude('beam', outline, { distance: thick, direction: 'symmetric' });
    for (const [name, x, radius, boss] of [
      ['first boss', 0, r1, boss1],
      ['second boss', l, r2, boss2],
    ] as const) {
      const circle = p.sketch(`${name} outline`, 'xy', (s) => {
        s.circle([x, 0], radius);
      });
      p.extrude(name, circle, { distance: boss, direction: 'symmetric' });
    }

    // Pockets from both sides, up to where the bosses begin.
    const deep = (thick - web.value) / 2;
    const half = height.value / 2 - flange.value;
    if (deep > 0.2 && half > 1) {
      const [from, to] = [r1 + 2, l - r2 - 2];
      const corner = Math.min(4, 0.45 * Math.min(2 * half, to - from));
      for (const [name, z, normal] of [
        ['upper pocket', thick / 2, 1],
        ['lower pocket', -thick / 2, -1],
      ] as const) {
        const plane = { origin: [0, 0, z], normal: [0, 0, normal], x: [1, 0, 0] } as const;
        const shape = p.sketch(`${name} outline`, plane, (s) => {
          s.rectangle([from, -half], [to - from, 2 * half], { round: corner });
        });
        p.extrude(name, shape, { distance: deep, direction: 'reverse', operation: 'cut' });
      }
    }

    for (const [name, x, diameter, boss] of [
      ['first bore', 0, bore1, boss1],
      ['second bore', l, bore2, boss2],
    ] as const) {
      const centre = p.sketch(`${name} place`, { plane: { plane: 'xy', offset: boss.over(2) } }, (s) => {
        s.point([x, 0]);
      });
      p.hole(name, centre, { diameter });
    }

    if (turned || shift.some((each) => each.value !== 0))
      p.moveBody('place', [beam], {
        by: [shift[0]!, shift[1]!, shift[2]!],
        ...(turned ? { turn: { angle: turn, axis: { origin: [0, 0, 0], direction } } } : {}),
      });
  },
);
