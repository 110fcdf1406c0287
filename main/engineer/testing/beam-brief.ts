/** A brief that is solved in a second: a cantilever of rectangular section. */
export const BEAM_SCRIPT = `import { part } from 'artificer';

export default part('Cantilever', { about: 'A beam of rectangular section.' }, (p) => {
  const width = p.length('width', '10 mm', { minimum: '4 mm', maximum: '30 mm' });
  const height = p.length('height', '14 mm', { minimum: '4 mm', maximum: '30 mm' });
  const section = p.sketch('section', 'yz', (s) => {
    s.centredRectangle([0, 0], [width, height]);
  });
  p.extrude('beam', section, { distance: 100 });
});
`;

export const BEAM_BRIEF = `name: Cantilever
materials: [Al 6061-T6]
envelope: {min: [0, -10 mm, -13 mm], max: [100 mm, 10 mm, 13 mm]}
concepts:
  - name: beam
    part: beam.ts
    vary: {width: [5 mm, 15 mm], height: [8 mm, 25 mm]}
    faces: {root: "faces <X", tip: "faces >X"}
cases:
  tip load:
    restraints: [{on: root, fix: all}]
    loads: [{on: tip, force: [0, 0, -300]}]
requirements:
  - max(displacement on tip) <= 0.5 mm
  - max(von_mises) <= yield / 1.2
budget: {minutes: 2, solves: 12}
`;

/** What the brief's folder has. */
export const readBeamFile = async (path: string): Promise<{ bytes: Uint8Array; fileName: string }> => {
  if (!path.endsWith('beam.ts')) throw new Error(`the brief asks for ${path}`);
  return { bytes: new TextEncoder().encode(BEAM_SCRIPT), fileName: 'beam.ts' };
};
