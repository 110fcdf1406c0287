/** Made-up sensitivities of the fixture's bar, in the shape of real ones: for the page that shows them. Never shipped. */
import { decodeBundle, encodeBundle, type SensitivityAnswer } from '../../preload/contract/index.ts';

/** The bar's skin with a made-up density: more metal on top helps, less at the far end. */
export function sensitivityFields(fields: Uint8Array): Uint8Array {
  const { meta, arrays } = decodeBundle<Record<string, unknown>>(fields);
  const { nodes, surfaceTriangles, surfaceFace, surfaceBody } = arrays;
  const sensitivity = Float32Array.from(
    { length: nodes!.length / 3 },
    (_, i) => 0.01 - 0.05 * (1 - nodes![3 * i]! / 200) * (nodes![3 * i + 2]! / 30),
  );
  return encodeBundle({
    meta,
    arrays: {
      nodes: nodes!,
      surfaceTriangles: surfaceTriangles!,
      surfaceFace: surfaceFace!,
      surfaceBody: surfaceBody!,
      sensitivity,
    },
  });
}

export const sensitivitiesOf = (studyId: string): SensitivityAnswer => ({
  studyId,
  fieldsHash: '0'.repeat(64),
  summary: {
    inputHash: 'fixture',
    functionals: [
      {
        functional: { quantity: 'compliance' },
        name: 'compliance',
        unit: 'N mm',
        value: 420,
        faces: [
          { body: 0, face: 0, perMillimetre: -30 },
          { body: 0, face: 1, perMillimetre: 2 },
        ],
        places: [
          { at_mm: [20, 20, 30], normal: [0, 0, 1], body: 0, face: 0, density: -0.04 },
          { at_mm: [180, 20, 30], normal: [0, 0, 1], body: 0, face: 0, density: 0.01 },
        ],
        variables: [
          { name: 'height', perUnit: -41.5 },
          { name: 'length', perUnit: 6.2 },
        ],
      },
    ],
    variables: [
      { name: 'height', unit: 'mm', value: 30, step: 0.03, largestMovement_mm: 1 },
      { name: 'length', unit: 'mm', value: 200, step: 0.2, largestMovement_mm: 1 },
    ],
    leftOut: [{ name: 'bolts', reason: 'the part is put together differently: it has 12 faces instead of 10' }],
    warnings: [],
    mesh: { nodes: 1000, elements: 500, size_mm: 8 },
    seconds: { mesh: 1, follow: 1, solve: 1, total: 3 },
  },
});
