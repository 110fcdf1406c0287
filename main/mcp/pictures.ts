/** Pictures as PNG, made without a browser: a part as it is, a study's result painted. */
import {
  type Api,
  ArtificerError,
  type Client,
  decodeBundle,
  encodeBundle,
  type FieldQuantity,
  FieldQuantitySchema,
} from '../../preload/contract/index.ts';
import { drawPicture } from '../physics/index.ts';

/** From the eye to the part. */
export const DIRECTIONS = {
  iso: [-1, 1, -0.8],
  front: [0, 1, 0],
  back: [0, -1, 0],
  left: [1, 0, 0],
  right: [-1, 0, 0],
  top: [0, 0, -1],
  bottom: [0, 0, 1],
} as const satisfies Record<string, readonly [number, number, number]>;
export type View = keyof typeof DIRECTIONS;
export const isView = (word: string): word is View => Object.hasOwn(DIRECTIONS, word);
export const isQuantity = (word: string): word is FieldQuantity =>
  (FieldQuantitySchema.options as readonly string[]).includes(word);

const SIZE = { width: 800, height: 600 };

interface Source {
  client: Client<Api>;
  blob(hash: string): Promise<Uint8Array | null>;
}

const nothingYet = (message: string, hint: string): ArtificerError =>
  new ArtificerError({ code: 'mcp.no-picture', category: 'refused', message, hint });

/** @throws ArtificerError where the part has no geometry yet */
export async function pictureOfPart({ client, blob }: Source, partId: string, view: View): Promise<Uint8Array> {
  const [part] = await client['geometry.parts']({ partIds: [partId] });
  const meshes: { positions: Float32Array; indices: Uint32Array }[] = [];
  for (const { tessellation } of part?.bodies ?? []) {
    const bytes = await blob(tessellation.hash);
    if (!bytes) continue;
    const { arrays } = decodeBundle(bytes);
    meshes.push({ positions: arrays['positions'] as Float32Array, indices: arrays['indices'] as Uint32Array });
  }
  if (meshes.length === 0)
    throw nothingYet('The part has no geometry to draw.', 'Look at its steps with inspect_part.');
  const nodes = new Float32Array(meshes.reduce((sum, { positions }) => sum + positions.length, 0));
  const triangles = new Uint32Array(meshes.reduce((sum, { indices }) => sum + indices.length, 0));
  let [placed, used] = [0, 0];
  for (const { positions, indices } of meshes) {
    nodes.set(positions, placed);
    triangles.set(
      indices.map((index) => index + placed / 3),
      used,
    );
    placed += positions.length;
    used += indices.length;
  }
  const fields = encodeBundle({ meta: {}, arrays: { nodes, surfaceTriangles: triangles } });
  // The bundle has no such field: what is drawn is bare.
  return drawPicture({ fields, quantity: 'von_mises', direction: [...DIRECTIONS[view]], ...SIZE }).png;
}

/** @throws ArtificerError where the study has no current result with fields */
export async function pictureOfResult(
  { client, blob }: Source,
  studyId: string,
  asked: FieldQuantity | undefined,
  view: View,
): Promise<Uint8Array> {
  const entry = (await client['studies.results']({ studyId })).find(({ current }) => current);
  const fields = entry?.fieldsHash ? await blob(entry.fieldsHash) : null;
  if (!entry || !fields)
    throw nothingYet('The study has no result of the project as it is now.', 'Solve it with solve_study first.');
  const { extremes } = entry.summary;
  const quantity: FieldQuantity =
    asked ?? (extremes['von_mises'] ? 'von_mises' : extremes['temperature'] ? 'temperature' : 'displacement.magnitude');
  const { png, range } = drawPicture({ fields, quantity, edges: true, direction: [...DIRECTIONS[view]], ...SIZE });
  if (asked !== undefined && range[0] === 0 && range[1] === 0)
    throw nothingYet(`The result has no ${asked}, or it is 0 everywhere.`, 'Look at what read_results tells.');
  return png;
}
