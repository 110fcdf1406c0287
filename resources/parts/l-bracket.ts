import { part } from 'artificer';

export default part(
  'L-bracket with ribs',
  { about: 'A mounting bracket: two legs with screw holes, a rounded inner corner, and ribs that keep it square.' },
  (p) => {
    const width = p.length('width', '70 mm', { minimum: '60 mm', maximum: '120 mm', note: 'Along the corner' });
    const depth = p.length('depth', '60 mm', { minimum: '50 mm', maximum: '100 mm', note: 'Of the lying leg' });
    const height = p.length('height', '70 mm', { minimum: '50 mm', maximum: '120 mm', note: 'Of the standing leg' });
    const thickness = p.length('thickness', '6 mm', { minimum: '4 mm', maximum: '10 mm', note: 'Of both legs' });
    const ribs = p.length('rib_thickness', '5 mm', { minimum: '3 mm', maximum: '8 mm' });
    const hole = p.length('hole_diameter', '9 mm', { minimum: '5 mm', maximum: '11 mm', note: 'Of the screw holes' });
    const corner = p.length('corner_radius', '8 mm', {
      minimum: '4 mm',
      maximum: '12 mm',
      note: 'Of the outer corners',
    });
    const inner = p.length('inner_radius', '5 mm', { minimum: '2 mm', maximum: '8 mm', note: 'Between the legs' });
    p.material('Steel S235JR');

    const t = thickness.value;
    const [d, h, w] = [depth.value, height.value, width.value];

    // An L, drawn from the side: to the front, against Y, lies the one leg, along Z stands the other.
    const seen = (x: number) => ({ origin: [x, 0, 0], normal: [-1, 0, 0], x: [0, -1, 0] }) as const;
    const side = p.sketch('side view', seen(0), (s) => {
      s.polyline(
        [
          [0, 0],
          [d, 0],
          [d, t],
          [t, t],
          [t, h],
          [0, h],
        ],
        { closed: true },
      );
    });
    const legs = p.extrude('legs', side, { distance: width, direction: 'symmetric' });
    p.fillet('inner corner', legs.edge('side(line3)', 'side(line4)'), { radius: inner });

    p.group('Ribs', () => {
      for (const [name, x, inwards] of [
        ['left rib', -w / 2, 'reverse'],
        ['right rib', w / 2, 'normal'],
      ] as const) {
        // Reaches into both legs, so that it grows together with them.
        const outline = p.sketch(`${name} outline`, seen(x), (s) => {
          const [y, z] = [t + 0.7 * (d - t), t + 0.7 * (h - t)];
          s.polyline(
            [
              [t / 2, t / 2],
              [y, t / 2],
              [y, t],
              [t, z],
              [t / 2, z],
            ],
            { closed: true },
          );
        });
        p.extrude(name, outline, { distance: ribs, direction: inwards });
      }
    });

    p.group('Screw holes', () => {
      const across = w / 2 - ribs.value - Math.max(hole.value, corner.value) - 2;
      const onTop = p.sketch('places on the lying leg', { plane: { plane: 'xy', offset: thickness } }, (s) => {
        for (const x of [-across, across]) s.point([x, -t - 0.62 * (d - t)]);
      });
      p.hole('holes in the lying leg', onTop, { diameter: hole });
      const onWall = p.sketch(
        'places on the standing leg',
        { origin: [0, -t, 0], normal: [0, -1, 0], x: [1, 0, 0] },
        (s) => {
          for (const x of [-across, across]) s.point([x, t + 0.62 * (h - t)]);
        },
      );
      p.hole('holes in the standing leg', onWall, { diameter: hole });
    });

    p.fillet('outer corners', ['|Z and <Y', '|Y and >Z'], { radius: corner });
  },
);
