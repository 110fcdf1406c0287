import { part } from 'artificer';

export default part(
  'Pressure vessel with nozzle',
  { about: 'A standing vessel with hemispherical heads, a flanged nozzle in its wall, and a skirt to stand on.' },
  (p) => {
    const diameter = p.length('diameter', '500 mm', { minimum: '400 mm', maximum: '700 mm', note: 'Inside' });
    const length = p.length('length', '700 mm', { minimum: '500 mm', maximum: '1200 mm', note: 'Of the cylinder' });
    const wall = p.length('wall', '12 mm', { minimum: '6 mm', maximum: '20 mm' });
    const nozzle = p.length('nozzle_diameter', '100 mm', { minimum: '60 mm', maximum: '150 mm', note: 'Inside' });
    const nozzleWall = p.length('nozzle_wall', '8 mm', { minimum: '5 mm', maximum: '14 mm' });
    const reach = p.length('nozzle_reach', '110 mm', {
      minimum: '70 mm',
      maximum: '160 mm',
      note: 'From wall to flange',
    });
    const height = p.number('nozzle_height', 0.6, {
      minimum: 0.3,
      maximum: 0.75,
      note: 'Its place along the cylinder',
    });
    const skirt = p.length('skirt_height', '260 mm', {
      minimum: '240 mm',
      maximum: '320 mm',
      note: 'Below the cylinder',
    });
    p.material('Stainless 1.4404 (316L)');

    const [r, l, t] = [diameter.value / 2, length.value, wall.value];
    const R = r + t;
    const half = { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] } as const;
    /** Half of a cylinder with round ends, to be turned about Z. */
    const capsule = (name: string, radius: number) =>
      p.sketch(name, half, (s) => {
        const turned = s.outline([0, -radius]);
        turned
          .arcTo([radius, 0], { centre: [0, 0] })
          .lineTo([radius, l])
          .arcTo([0, l + radius], { centre: [0, l] })
          .close();
      });

    p.group('Body', () => {
      p.revolve('shell', capsule('outside', R), { axis: 'z' });
      const ring = p.sketch('skirt outline', { plane: { plane: 'xy', offset: skirt.negated() } }, (s) => {
        s.circle([0, 0], R * 0.9);
        s.circle([0, 0], R * 0.9 - 8);
      });
      // Up into the head, whose inside is cut out afterwards.
      p.extrude('skirt', ring, { distance: skirt.value - R * 0.42 });
      const footRing = p.sketch('foot outline', { plane: { plane: 'xy', offset: skirt.negated() } }, (s) => {
        s.circle([0, 0], R * 0.9 + 40);
        s.circle([0, 0], R * 0.9 - 30);
      });
      p.extrude('foot', footRing, { distance: 16 });
    });

    p.group('Nozzle', () => {
      const place = { origin: [0, 0, l * height.value], normal: [1, 0, 0], x: [0, 1, 0] } as const;
      const tube = p.sketch('tube outline', place, (s) => {
        s.circle([0, 0], `${nozzle} / 2 + ${nozzleWall}`);
      });
      p.extrude('tube', tube, { distance: `${diameter} / 2 + ${wall} + ${reach}` });
      const flange = p.sketch('flange outline', { ...place, origin: [R + reach.value, 0, l * height.value] }, (s) => {
        s.circle([0, 0], `${nozzle} * 0.5 + ${nozzleWall} + 38 mm`);
      });
      p.extrude('flange', flange, { distance: 22, direction: 'reverse' });
      const bolt = p.sketch('bolt places', { ...place, origin: [R + reach.value, 0, l * height.value] }, (s) => {
        const circle = nozzle.value / 2 + nozzleWall.value + 20;
        for (let i = 0; i < 8; i++) {
          const turn = ((i + 0.5) * Math.PI) / 4;
          s.point([circle * Math.cos(turn), circle * Math.sin(turn)]);
        }
      });
      p.hole('bolt holes', bolt, { diameter: 18, depth: 30 });
    });

    p.group('Inside', () => {
      p.revolve('room', capsule('inside', r), { axis: 'z', operation: 'cut' });
      const way = { origin: [0, 0, l * height.value], normal: [1, 0, 0], x: [0, 1, 0] } as const;
      const passage = p.sketch('passage outline', way, (s) => {
        s.circle([0, 0], nozzle.over(2));
      });
      p.extrude('passage', passage, { distance: R + reach.value + 10, operation: 'cut' });
    });
  },
);
