import { part } from 'artificer';

export default part(
  'Finned heat sink',
  { about: 'An extruded heat sink: a base with a row of thin fins, screwed down at its four corners.' },
  (p) => {
    const length = p.length('length', '100 mm', { minimum: '60 mm', maximum: '150 mm', note: 'Along the fins' });
    const width = p.length('width', '80 mm', { minimum: '60 mm', maximum: '120 mm', note: 'Across the fins' });
    const base = p.length('base_thickness', '6 mm', { minimum: '4 mm', maximum: '10 mm' });
    const height = p.length('fin_height', '28 mm', { minimum: '10 mm', maximum: '45 mm' });
    const thickness = p.length('fin_thickness', '1.6 mm', { minimum: '1 mm', maximum: '2 mm' });
    const count = p.number('fins', 12, { minimum: 6, maximum: 16, note: 'How many' });
    const screw = p.length('screw_hole', '4.5 mm', { minimum: '3.4 mm', maximum: '5.5 mm' });
    p.material('Al 6063-T6');

    const margin = 10;
    const plan = p.sketch('base outline', 'xy', (s) => {
      s.centredRectangle([0, 0], [length, width]);
    });
    p.extrude('base', plan, { distance: base });

    const first = -width.value / 2 + margin;
    const foot = p.sketch('fin foot', { plane: { plane: 'xy', offset: base } }, (s) => {
      s.rectangle([length.over(-2), first], [length, thickness]);
    });
    const fin = p.extrude('fin', foot, { distance: height });
    p.linearPattern('fins', {
      features: [fin],
      direction: 'y',
      spacing: `(${width} - ${2 * margin} mm - ${thickness}) / (${count} - 1)`,
      count,
    });

    const corners = p.sketch('screw places', { plane: { plane: 'xy', offset: base } }, (s) => {
      for (const x of [-1, 1])
        for (const y of [-1, 1]) s.point([x * (length.value / 2 - 6), y * (width.value / 2 - margin / 2)]);
    });
    p.hole('screw holes', corners, { diameter: screw });
  },
);
