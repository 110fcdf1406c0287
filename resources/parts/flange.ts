import { part } from 'artificer';

export default part(
  'Weld-neck flange',
  { about: 'A pipe flange with a raised face, a conical neck to weld the pipe to, and bolts on a circle.' },
  (p) => {
    const bore = p.length('bore', '54.5 mm', { minimum: '40 mm', maximum: '60 mm', note: 'Inside of the pipe' });
    const wall = p.length('pipe_wall', '3.5 mm', { minimum: '2.5 mm', maximum: '5 mm' });
    const outer = p.length('outer_diameter', '165 mm', { minimum: '155 mm', maximum: '200 mm' });
    const thickness = p.length('thickness', '18 mm', { minimum: '12 mm', maximum: '26 mm', note: 'Of the disc' });
    const circle = p.length('bolt_circle', '125 mm', { minimum: '120 mm', maximum: '132 mm', note: 'Its diameter' });
    const bolts = p.number('bolts', 8, { minimum: 4, maximum: 8, note: 'How many' });
    const hole = p.length('bolt_hole', '18 mm', { minimum: '11 mm', maximum: '18 mm' });
    const neck = p.length('neck_height', '27 mm', { minimum: '20 mm', maximum: '40 mm', note: 'Above the disc' });
    p.material('Stainless 1.4307 (304L)');

    // Half of the section: X is the radius, Z the height; the raised face lies at the bottom.
    const section = p.sketch('section', { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] }, (s) => {
      const [r, raised] = [bore.value / 2, 2];
      const pipe = r + wall.value;
      const top = thickness.value + neck.value;
      s.polyline(
        [
          [r, -raised],
          [r + 23, -raised],
          [r + 23, 0],
          [outer.over(2), 0],
          [outer.over(2), thickness],
          [pipe + 8, thickness],
          [pipe, top - 8],
          [pipe, top],
          [r, top],
        ],
        { closed: true },
      );
    });
    const body = p.revolve('body', section, { axis: 'z' });
    p.fillet('neck root', body.edge('side(line5)', 'side(line6)'), { radius: 4 });

    const places = p.sketch('bolt place', { plane: { plane: 'xy', offset: thickness } }, (s) => {
      s.point([circle.over(2), 0]);
    });
    const bolt = p.hole('bolt hole', places, { diameter: hole });
    p.circularPattern('bolt circle', { features: [bolt], axis: 'z', count: bolts });
    p.chamfer('weld bevel', body.edge('side(line7)', 'side(line8)'), { distance: wall.times(0.6) });
  },
);
