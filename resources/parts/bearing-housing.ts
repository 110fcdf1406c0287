import { part } from 'artificer';

export default part(
  'Bearing housing',
  {
    about: 'A plummer block for a ball bearing: a foot with slotted holes, and a barrel with the seat of the bearing.',
  },
  (p) => {
    const bearing = p.length('bearing_diameter', '62 mm', {
      minimum: '47 mm',
      maximum: '80 mm',
      note: 'Outer diameter',
    });
    const seat = p.length('seat_depth', '18 mm', { minimum: '14 mm', maximum: '22 mm', note: 'Width of the bearing' });
    const shaft = p.length('shaft_clearance', '40 mm', {
      minimum: '28 mm',
      maximum: '42 mm',
      note: 'Bore behind the seat',
    });
    const centre = p.length('centre_height', '65 mm', { minimum: '60 mm', maximum: '90 mm', note: 'Of the shaft' });
    const wall = p.length('wall', '11 mm', { minimum: '9 mm', maximum: '14 mm', note: 'Around the bearing' });
    const foot = p.length('foot_length', '180 mm', { minimum: '170 mm', maximum: '230 mm' });
    const footHeight = p.length('foot_height', '18 mm', { minimum: '12 mm', maximum: '22 mm' });
    const depth = p.length('depth', '46 mm', { minimum: '36 mm', maximum: '60 mm', note: 'Along the shaft' });
    const bolt = p.length('bolt_hole', '14 mm', { minimum: '11 mm', maximum: '16 mm' });
    p.material('Cast iron EN-GJS-400-15');

    const outer = bearing.value / 2 + wall.value;
    const [c, d] = [centre.value, depth.value];

    // Drawn from the front: X to the right, Z up. The shaft runs along Y.
    const front = { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] } as const;

    const base = p.sketch('foot outline', 'xy', (s) => {
      s.centredRectangle([0, 0], [foot, depth.minus(6)], { round: 8 });
    });
    p.extrude('foot', base, { distance: footHeight });

    const body = p.sketch('body outline', front, (s) => {
      const x = outer * 0.98;
      const lean = Math.sqrt(outer * outer - x * x);
      s.outline([-x, footHeight.value / 2])
        .lineTo([x, footHeight.value / 2])
        .lineTo([x, c - lean])
        .arcThrough([0, c + outer], [-x, c - lean])
        .close();
    });
    p.extrude('body', body, { distance: depth.minus(10), direction: 'symmetric' });
    const barrel = p.sketch('barrel outline', front, (s) => {
      s.circle([0, c], outer);
    });
    const ring = p.extrude('barrel', barrel, { distance: depth, direction: 'symmetric' });

    p.group('Bearing', () => {
      const bore = p.sketch('shaft bore', front, (s) => {
        s.circle([0, c], shaft.over(2));
      });
      p.extrude('bore', bore, { throughAll: true, direction: 'symmetric', operation: 'cut' });
      const seatCircle = p.sketch('seat circle', { ...front, origin: [0, -d / 2, 0] }, (s) => {
        s.circle([0, c], bearing.over(2));
      });
      const pocket = p.extrude('seat', seatCircle, { distance: seat, direction: 'reverse', operation: 'cut' });
      p.chamfer('lead-in', pocket.edge('side(circle1)', ring.face('end')), { distance: 1 });
    });

    p.group('Foot', () => {
      const slots = p.sketch('slots', { plane: { plane: 'xy', offset: footHeight } }, (s) => {
        const x = (foot.value / 2 + outer) / 2;
        const reach = Math.min(4, foot.value / 2 - x - bolt.value / 2 - 4);
        for (const side of [-1, 1]) s.slot([side * (x - reach), 0], [side * (x + reach), 0], bolt);
      });
      p.extrude('bolt slots', slots, { throughAll: true, direction: 'reverse', operation: 'cut' });
    });
  },
);
