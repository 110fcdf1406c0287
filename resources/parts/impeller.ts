import { part } from 'artificer';

export default part(
  'Impeller',
  {
    about:
      'An open centrifugal impeller: a hub that turns the flow outwards, and blades that lean back from the direction of turning.',
  },
  (p) => {
    const outer = p.length('outer_diameter', '160 mm', { minimum: '130 mm', maximum: '220 mm' });
    const eye = p.length('eye_diameter', '76 mm', {
      minimum: '66 mm',
      maximum: '84 mm',
      note: 'Where the flow comes in',
    });
    const hub = p.length('hub_diameter', '36 mm', { minimum: '30 mm', maximum: '42 mm' });
    const height = p.length('height', '48 mm', { minimum: '40 mm', maximum: '64 mm' });
    const exit = p.length('exit_width', '10 mm', {
      minimum: '7 mm',
      maximum: '16 mm',
      note: 'Height of the blades at the rim',
    });
    const blades = p.number('blades', 7, { minimum: 5, maximum: 9, note: 'How many' });
    const thickness = p.length('blade_thickness', '3 mm', { minimum: '2 mm', maximum: '4 mm' });
    const wrap = p.angle('wrap', '70 deg', { minimum: '40 deg', maximum: '100 deg', note: 'How far a blade winds' });
    const bore = p.length('bore', '16 mm', { minimum: '12 mm', maximum: '20 mm' });
    p.material('Al 6061-T6');

    const [R, rh, h, plate] = [outer.value / 2, hub.value / 2, height.value, 4];
    const half = { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] } as const;

    const section = p.sketch('hub section', half, (s) => {
      // From the rim the hub rises flat, then steep: the flow is turned from along the axis to across it.
      const rise = (u: number): [number, number] => [R + (rh - R) * u, plate + (h - plate) * u ** 2.6];
      s.outline([0, 0])
        .lineTo([R, 0])
        .lineTo([R, plate])
        .splineThrough([0.2, 0.4, 0.6, 0.8, 1].map(rise))
        .lineTo([0, h])
        .close();
    });
    p.revolve('hub', section, { axis: 'z' });

    const camber = p.sketch('blade outline', { plane: { plane: 'xy', offset: plate / 2 } }, (s) => {
      const [from, to] = [rh * 0.9, R * 0.985];
      const radius = (u: number): number => from + (to - from) * u;
      // Wound backwards, most of it near the hub.
      const turn = (u: number): number => -wrap.radians * u ** 0.8 * (1 - 0.25 * u ** 2);
      const side =
        (sign: number) =>
        (u: number): [number, number] => {
          const place = (v: number): [number, number] => [radius(v) * Math.cos(turn(v)), radius(v) * Math.sin(turn(v))];
          const [x, y] = place(u);
          const [[x1, y1], [x2, y2]] = [place(Math.max(0, u - 1e-4)), place(Math.min(1, u + 1e-4))];
          const span = Math.hypot(x2 - x1, y2 - y1);
          const offset = (sign * thickness.value) / 2;
          return [x - ((y2 - y1) / span) * offset, y + ((x2 - x1) / span) * offset];
        };
      const along = Array.from({ length: 11 }, (_, i) => i / 10);
      const outline = s.outline(side(-1)(0));
      outline.splineThrough(along.slice(1).map(side(-1)));
      outline.lineTo(side(1)(1));
      outline.splineThrough(along.slice(0, -1).reverse().map(side(1)));
      outline.close();
    });
    const blade = p.extrude('blade', camber, { distance: h - plate / 2 - 1 });
    p.circularPattern('blades', { features: [blade], axis: 'z', count: blades });

    // Where the casing will be: the blades end a line that runs from the eye down to the rim.
    const casing = p.sketch('casing section', half, (s) => {
      const fall = (u: number): [number, number] => [
        eye.value / 2 + (R - eye.value / 2) * u ** 0.55,
        h - (h - plate - exit.value) * u,
      ];
      s.outline([eye.value / 2, h + 6])
        .lineTo(fall(0))
        .splineThrough([0.2, 0.4, 0.6, 0.8, 1].map(fall))
        .lineTo([R + 6, plate + exit.value])
        .lineTo([R + 6, h + 6])
        .close();
    });
    p.revolve('casing line', casing, { axis: 'z', operation: 'cut' });

    const shaft = p.sketch('bore outline', 'xy', (s) => {
      s.circle([0, 0], bore.over(2));
    });
    p.extrude('bore', shaft, { throughAll: true, direction: 'symmetric', operation: 'cut' });
  },
);
