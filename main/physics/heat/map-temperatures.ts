/** Temperatures of one mesh at the nodes of another: the same where the meshes are one, else by the element around each node. */
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { refuseStudy } from '../errors.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { frameArrays } from '../results/fields.ts';
import { Locator } from '../results/locate.ts';
import { at } from '../vector.ts';

export interface MappedTemperatures {
  /** n, degC. */
  temperature: Float64Array;
  /** Largest distance of a node from where its temperature was taken, mm. */
  farthest_mm: number;
}

/** Nodes farther than this part of the element size from the other mesh lie on another part. */
const MOST_DISTANCE = 0.5;

/** @param frame index of the picture in the bundle */
export function mapTemperatures(fields: Uint8Array, frame: number, mesh: VolumeMesh): MappedTemperatures {
  const { arrays } = decodeBundle(fields);
  const source = frameArrays(arrays, frame)['temperature'];
  const nodes = arrays['nodes'];
  const elements = arrays['elements'];
  if (!source || !nodes || !elements)
    throw refuseStudy('no-temperatures', 'The result named for temperatures has none.', 'Name a thermal study.');
  if (isSameMesh(nodes, mesh)) return { temperature: Float64Array.from(source), farthest_mm: 0 };
  const locator = new Locator(nodes, elements);
  const temperature = new Float64Array(mesh.nodes.length / 3);
  let farthest_mm = 0;
  for (let node = 0; node < temperature.length; node++) {
    const { element, shape, distance_mm } = locator.locate(at(mesh.nodes, node));
    farthest_mm = Math.max(farthest_mm, distance_mm);
    let value = 0;
    for (let k = 0; k < 10; k++) value += shape[k]! * source[elements[10 * element + k]!]!;
    temperature[node] = value;
  }
  if (farthest_mm > MOST_DISTANCE * mesh.size_mm)
    throw refuseStudy(
      'other-part',
      `The temperatures are of another part: a node lies ${farthest_mm.toPrecision(3)} mm from it.`,
      'Choose a thermal study of this part.',
    );
  return { temperature, farthest_mm };
}

/** Fields keep coordinates in single precision. */
function isSameMesh(nodes: ArrayLike<number>, mesh: VolumeMesh): boolean {
  if (nodes.length !== mesh.nodes.length) return false;
  for (let i = 0; i < nodes.length; i++) if (nodes[i] !== Math.fround(mesh.nodes[i]!)) return false;
  return true;
}
