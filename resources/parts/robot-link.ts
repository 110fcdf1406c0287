import { part } from 'artificer';

export default part(
  'Cantilever robot link',
  {
    about:
      'A link of a robot arm: a driven joint with its bolt circle, a tapered arm lightened from both sides, and a bearing at the tip.',
  },
  (p) => {
    const length = p.length('length', '260 mm', { minimum: '200 mm', maximum: '360 mm', note: 'From joint to joint' });
    const root = p.length('root_diameter', '96 mm', {
      minimum: '86 mm',
      maximum: '110 mm',
      note: 'Of the driven joint',
    });
    const tip = p.length('tip_diameter', '58 mm', { minimum: '50 mm', maximum: '66 mm' });
    const rootBore = p.length('root_bore', '44 mm', { minimum: '30 mm', maximum: '46 mm' });
    const tipBore = p.length('tip_bore', '32 mm', { minimum: '22 mm', maximum: '34 mm', note: 'Seat of the bearing' });
    const joint = p.length('joint_width', '40 mm', { minimum: '36 mm', maximum: '52 mm' });
    const arm = p.length('arm_width', '28 mm', { minimum: '22 mm', maximum: '32 mm' });
    const web = p.length('web', '5 mm', { minimum: '3 mm', maximum: '8 mm', note: 'Left between the pockets' });
    const wall = p.length('wall', '6 mm', { minimum: '4 mm', maximum: '8 mm', note: 'Around the pockets' });
    const bolts = p.number('bolts', 6, { minimum: 4, maximum: 10, note: 'At the driven joint' });
    p.material('Al 7075-T6');

    const [l, r1, r2, t] = [length.value, root.value / 2, tip.value / 2, wall.value];
    // The arm is narrower than its joints, so that its sides run into their barrels.
    const [a1, a2] = [r1 * 0.82, r2 * 0.8];

    const joints = p.sketch('joints', 'xy', (s) => {
      s.circle([0, 0], root.over(2), { id: 'root' });
      s.circle([length, 0], tip.over(2), { id: 'tip' });
    });
    const flank = p.sketch('arm outline', 'xy', (s) => {
      s.polyline(
        [
          [0, -a1],
          [l, -a2],
          [l, a2],
          [0, a1],
        ],
        { closed: true },
      );
    });
    p.extrude('arm', flank, { distance: arm, direction: 'symmetric' });
    p.extrude('root joint', joints.regions(['root']), { distance: joint, direction: 'symmetric' });
    p.extrude('tip joint', joints.regions(['tip']), { distance: joint.times(0.9), direction: 'symmetric' });

    p.group('Pockets', () => {
      const [from, to] = [r1 + t, l - r2 - t];
      const halfAt = (x: number): number => a1 + ((a2 - a1) * x) / l - t;
      for (const [name, side] of [
        ['upper pocket', 1],
        ['lower pocket', -1],
      ] as const) {
        const pocket = p.sketch(`${name} outline`, { plane: { plane: 'xy', offset: arm.times(side / 2) } }, (s) => {
          // Two bays with a bridge between them.
          const middle = (from + to) / 2;
          for (const [x1, x2] of [
            [from, middle - t / 2],
            [middle + t / 2, to],
          ] as const)
            s.polyline(
              [
                [x1, -halfAt(x1)],
                [x2, -halfAt(x2)],
                [x2, halfAt(x2)],
                [x1, halfAt(x1)],
              ],
              { closed: true, round: 5 },
            );
        });
        p.extrude(name, pocket, {
          distance: `(${arm} - ${web}) / 2`,
          direction: side > 0 ? 'reverse' : 'normal',
          operation: 'cut',
        });
      }
    });

    p.group('Joints', () => {
      const bores = p.sketch('bores', 'xy', (s) => {
        s.circle([0, 0], rootBore.over(2));
        s.circle([length, 0], tipBore.over(2));
      });
      p.extrude('joint bores', bores, { throughAll: true, direction: 'symmetric', operation: 'cut' });
      const place = p.sketch('bolt place', { plane: { plane: 'xy', offset: joint.over(2) } }, (s) => {
        s.point([(r1 + rootBore.value / 2) / 2, 0]);
      });
      const bolt = p.hole('bolt', place, { type: 'tapped', standard: 'iso', size: 'M6', depth: 14, tip: 118 });
      p.circularPattern('bolt circle', { features: [bolt], axis: 'z', count: bolts });
      p.chamfer('lead-in', ['%CIRCLE and >Z', '%CIRCLE and <Z'], { distance: 0.8 });
    });
  },
);
