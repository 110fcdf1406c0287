import { part } from 'artificer';

export default part(
  'Manifold block',
  { about: 'A hydraulic manifold: a gallery from end to end, ports that open into it from above and from the side.' },
  (p) => {
    const ports = p.number('ports', 4, { minimum: 2, maximum: 5, note: 'On the top' });
    const pitch = p.length('port_pitch', '36 mm', { minimum: '34 mm', maximum: '46 mm' });
    const height = p.length('height', '60 mm', { minimum: '52 mm', maximum: '75 mm' });
    const depth = p.length('depth', '64 mm', { minimum: '58 mm', maximum: '80 mm' });
    const gallery = p.length('gallery_diameter', '16 mm', { minimum: '12 mm', maximum: '20 mm' });
    const drill = p.length('port_drill', '9 mm', { minimum: '6 mm', maximum: '11 mm' });
    const spot = p.length('port_face', '24 mm', {
      minimum: '20 mm',
      maximum: '28 mm',
      note: 'Diameter of the spot face',
    });
    const mount = p.length('mounting_hole', '9 mm', { minimum: '6.6 mm', maximum: '9 mm' });
    p.material('Al 6061-T6');

    const margin = 26;
    const [n, h, d] = [ports.value, height.value, depth.value];
    const long = (n - 1) * pitch.value + 2 * margin;

    const plan = p.sketch('plan', 'xy', (s) => {
      s.rectangle([0, 0], [long, d]);
    });
    const block = p.extrude('block', plan, { distance: height });
    p.chamfer('edges', block.edges(['side(line1)', 'side(line2)', 'side(line3)', 'side(line4)'], 'end'), {
      distance: 2,
    });

    p.group('Oil ways', () => {
      const end = p.sketch('gallery end', { plane: { plane: 'yz', offset: long } }, (s) => {
        s.point([d / 2, h * 0.42]);
      });
      p.hole('gallery', end, { diameter: gallery, depth: long - 10, tip: 118 });
      const top = p.sketch('port places', { plane: { plane: 'xy', offset: height } }, (s) => {
        for (let i = 0; i < n; i++) s.point([margin + i * pitch.value, d / 2]);
      });
      p.hole('ports', top, {
        type: 'counterbore',
        diameter: drill,
        depth: h * 0.58,
        counterbore: { diameter: spot, depth: 3 },
      });
      const front = p.sketch('drain places', { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] }, (s) => {
        for (let i = 0; i + 1 < n; i++) s.point([margin + (i + 0.5) * pitch.value, h * 0.42]);
      });
      p.hole('drains', front, { diameter: drill, depth: d / 2 });
    });

    p.group('Mounting', () => {
      const places = p.sketch('mounting places', { plane: { plane: 'xy', offset: height } }, (s) => {
        for (const x of [9, long - 9]) for (const y of [9, d - 9]) s.point([x, y]);
      });
      p.hole('mounting holes', places, { diameter: mount });
    });
  },
);
