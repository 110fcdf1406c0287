import { part } from 'artificer';

export default part(
  'Wing rib',
  {
    about:
      'A rib of a wing with a four-digit NACA profile: a thin web with lightening holes inside a rim that the skin is riveted to.',
  },
  (p) => {
    const chord = p.length('chord', '600 mm', { minimum: '400 mm', maximum: '900 mm' });
    const thickness = p.number('thickness_ratio', 0.14, { minimum: 0.12, maximum: 0.18, note: 'Thickness to chord' });
    const camber = p.number('camber', 0.02, { minimum: 0, maximum: 0.04, note: 'Height of the mean line to chord' });
    const rim = p.length('rim_width', '18 mm', {
      minimum: '12 mm',
      maximum: '24 mm',
      note: 'Of the flange under the skin',
    });
    const rimWall = p.length('rim_wall', '2.5 mm', { minimum: '1.6 mm', maximum: '4 mm' });
    const web = p.length('web', '2 mm', { minimum: '1.2 mm', maximum: '3 mm' });
    const holes = p.number('holes', 4, { minimum: 2, maximum: 5, note: 'Lightening holes' });
    const spar = p.number('spar_place', 0.28, { minimum: 0.22, maximum: 0.34, note: 'Of the spar, along the chord' });
    p.material('Al 2024-T3');

    const c = chord.value;
    // NACA four digits: the height of the mean line, at 40 % of the chord, and the thickness around it.
    const [m, q, t] = [camber.value, 0.4, thickness.value];
    const mean = (x: number): number =>
      x < q ? (m / q ** 2) * (2 * q * x - x * x) : (m / (1 - q) ** 2) * (1 - 2 * q + 2 * q * x - x * x);
    const halfThickness = (x: number): number =>
      5 * t * (0.2969 * Math.sqrt(x) - 0.126 * x - 0.3516 * x ** 2 + 0.2843 * x ** 3 - 0.1015 * x ** 4);
    const upper = (x: number): [number, number] => [c * x, c * (mean(x) + halfThickness(x))];
    const lower = (x: number): [number, number] => [c * x, c * (mean(x) - halfThickness(x))];
    // Dense at the nose, where the profile bends; it ends blunt, as a rib does.
    const stations = Array.from({ length: 15 }, (_, i) => 0.96 * (1 - Math.cos((Math.PI * i) / 28)) ** 1.2);

    // Drawn from the side: the chord along X, height along Z.
    const side = { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] } as const;
    const profile = p.sketch('profile', side, (s) => {
      const end = stations.length - 1;
      const outline = s.outline(lower(stations[end]!));
      outline.lineTo(upper(stations[end]!));
      outline.splineThrough([
        ...stations.slice(0, -1).reverse().map(upper),
        ...stations.slice(1, -1).map(lower),
        outline.start,
      ]);
    });
    p.extrude('rib', profile, { distance: rim });

    /** Inside of the rim, which is a little thicker where the profile leans. */
    const inset = rimWall.value * 1.1;
    const roof = (x: number): [number, number] => [upper(x)[0], upper(x)[1] - inset];
    const floor = (x: number): [number, number] => [lower(x)[0], lower(x)[1] + inset];
    const post = 0.03;
    const bays = [
      ['nose bay', 0.045, spar.value - post],
      ['main bay', spar.value + post, 0.86],
    ] as const;
    for (const [name, from, to] of bays) {
      const bay = p.sketch(`${name} outline`, { ...side, origin: [0, -rim.value, 0] }, (s) => {
        const along = Array.from({ length: 7 }, (_, i) => from + ((to - from) * i) / 6);
        s.outline(floor(from))
          .splineThrough(along.slice(1).map(floor))
          .lineTo(roof(to))
          .splineThrough(along.slice(0, -1).reverse().map(roof))
          .close();
      });
      p.extrude(name, bay, { distance: `${rim} - ${web}`, direction: 'reverse', operation: 'cut' });
    }

    p.group('Openings', () => {
      const lightening = p.sketch('lightening outline', side, (s) => {
        const [from, to] = [spar.value + 0.1, 0.76];
        for (let i = 0; i < holes.value; i++) {
          const x = from + ((to - from) * i) / (holes.value - 1);
          const room = (roof(x)[1] - floor(x)[1]) / 2;
          const pitch = (c * (to - from)) / (holes.value - 1);
          s.circle([c * x, (roof(x)[1] + floor(x)[1]) / 2], Math.min(0.62 * room, 0.4 * pitch));
        }
      });
      p.extrude('lightening holes', lightening, { throughAll: true, direction: 'symmetric', operation: 'cut' });
      const opening = p.sketch('spar outline', side, (s) => {
        const x = spar.value;
        const room = roof(x)[1] - floor(x)[1];
        s.centredRectangle([c * x, (roof(x)[1] + floor(x)[1]) / 2], [0.6 * post * c, 0.6 * room], { round: 2 });
      });
      p.extrude('spar opening', opening, { throughAll: true, direction: 'symmetric', operation: 'cut' });
    });
  },
);
