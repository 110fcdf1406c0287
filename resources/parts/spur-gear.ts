import { part } from 'artificer';

export default part(
  'Spur gear',
  { about: 'A spur gear with true involute flanks, rounded roots, a turned web, and a bore with a keyway.' },
  (p) => {
    const modul = p.length('module', '3 mm', { minimum: '2 mm', maximum: '5 mm', note: 'Pitch diameter per tooth' });
    const teeth = p.number('teeth', 28, { minimum: 22, maximum: 48, note: 'How many' });
    const pressure = p.angle('pressure_angle', '20 deg', { minimum: '17.5 deg', maximum: '22.5 deg' });
    const face = p.length('face_width', '24 mm', { minimum: '14 mm', maximum: '40 mm' });
    const bore = p.length('bore', '16 mm', { minimum: '10 mm', maximum: '18 mm' });
    const web = p.number('web_ratio', 0.45, {
      minimum: 0.3,
      maximum: 0.8,
      note: 'Thickness of the web to the face width',
    });
    p.material('Steel 42CrMo4+QT');

    const [m, z] = [modul.value, teeth.value];
    const pitch = (m * z) / 2;
    const base = pitch * Math.cos(pressure.radians);
    const [tip, root] = [pitch + m, pitch - 1.25 * m];
    const involute = (angle: number): number => Math.tan(angle) - angle;
    /** Half the angle of a tooth at a radius, seen from the axis of the gear. */
    const halfTooth = (r: number): number =>
      Math.PI / (2 * z) + involute(pressure.radians) - involute(Math.acos(Math.min(1, base / r)));
    const at = (r: number, angle: number): [number, number] => [r * Math.cos(angle), r * Math.sin(angle)];

    const outline = p.sketch('teeth outline', 'xy', (s) => {
      const start = Math.max(base, root + 0.3 * m);
      // Denser towards the root, where an involute bends most.
      const radii = Array.from({ length: 9 }, (_, i) => start + (tip - start) * (i / 8) ** 1.6);
      const teethOutline = s.outline(at(start, -halfTooth(start)));
      for (let i = 0; i < z; i++) {
        const middle = (2 * Math.PI * i) / z;
        teethOutline
          .splineThrough(radii.slice(1).map((r) => at(r, middle - halfTooth(r))))
          .arcTo(at(tip, middle + halfTooth(tip)), { centre: s.origin })
          .splineThrough(
            radii
              .slice(0, -1)
              .reverse()
              .map((r) => at(r, middle + halfTooth(r))),
          );
        const next = middle + (2 * Math.PI) / z;
        const end = i + 1 < z ? at(start, next - halfTooth(start)) : teethOutline.start;
        teethOutline.arcThrough(at(root, middle + Math.PI / z), end);
      }
    });
    p.extrude('gear', outline, { distance: face, direction: 'symmetric' });

    p.group('Web', () => {
      const [hub, rim] = [bore.value * 0.85, root - 2 * m];
      if (rim - hub < 2) return;
      for (const [name, side] of [
        ['front recess', 1],
        ['back recess', -1],
      ] as const) {
        const ring = p.sketch(`${name} outline`, { plane: { plane: 'xy', offset: face.times(side / 2) } }, (s) => {
          s.circle([0, 0], hub);
          s.circle([0, 0], rim);
        });
        p.extrude(name, ring, {
          distance: `${face} * (1 - ${web}) / 2`,
          direction: side > 0 ? 'reverse' : 'normal',
          operation: 'cut',
        });
      }
    });

    p.group('Bore', () => {
      const shaft = p.sketch('bore outline', 'xy', (s) => {
        // A bore with its keyway in one outline: the key is a quarter as wide as the shaft.
        const [r, half] = [bore.value / 2, bore.value / 8];
        const y = Math.sqrt(r * r - half * half);
        const keyway = s.outline([half, y]);
        keyway
          .lineTo([half, r + half])
          .lineTo([-half, r + half])
          .lineTo([-half, y])
          .arcTo(keyway.start, { centre: s.origin });
      });
      p.extrude('bore', shaft, { throughAll: true, direction: 'symmetric', operation: 'cut' });
    });
  },
);
