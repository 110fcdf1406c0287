/**
 * A whole CalculiX .frd result file: nodes, tetrahedra and the last of each nodal block.
 * Source: cgx User's Manual, "Result Format": records 2C (nodes), 3C (elements; type 3 is tet4, type 6 tet10), 100C (results).
 */
import { type FrdBlock, readFrdSets } from '../export/calculix-results.ts';
import { refuseFile } from './account.ts';
import { type ForeignMesh, foreignMesh, withMidsides } from './foreign-mesh.ts';

/** Nodal fields in our order and units of the file; what the file does not have is left out. */
export interface ForeignNodalFields {
  displacement?: Float64Array;
  stress?: Float64Array;
  temperature?: Float64Array;
}

export interface ForeignResult extends ForeignMesh, ForeignNodalFields {
  /** The same at each step that the file holds, where these were asked for. */
  steps?: ForeignNodalFields[];
  /** Element types that were passed over, with how many. */
  passedOver: Map<string, number>;
}

const NODES_OF_TYPE = new Map([
  [3, 4],
  [6, 10],
]);

/**
 * @param withSteps the fields at every step too, and not those at the end alone
 * @throws ArtificerError `exchange.*`
 */
export function readFrdModel(text: string, withSteps = false): ForeignResult {
  const nodeNumbers: number[] = [];
  const coordinates: number[] = [];
  const elementNumbers: number[] = [];
  const elements: number[][] = [];
  const passedOver = new Map<string, number>();
  let section: 'nodes' | 'elements' | null = null;
  let current: number[] | null = null;
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, end);
    start = end + 1;
    const key = line.slice(0, 6).trim();
    if (key === '2C') section = 'nodes';
    else if (key === '3C') section = 'elements';
    else if (key.startsWith('-3')) section = null;
    else if (section === 'nodes' && line.startsWith(' -1')) {
      nodeNumbers.push(Number(line.slice(3, 13)));
      for (let axis = 0; axis < 3; axis++) coordinates.push(Number(line.slice(13 + 12 * axis, 25 + 12 * axis)));
    } else if (section === 'elements' && line.startsWith(' -1')) {
      const type = Number(line.slice(13, 18));
      if (NODES_OF_TYPE.has(type)) {
        current = [];
        elements.push(current);
        elementNumbers.push(Number(line.slice(3, 13)));
      } else {
        current = null;
        passedOver.set(`element type ${type}`, (passedOver.get(`element type ${type}`) ?? 0) + 1);
      }
    } else if (section === 'elements' && line.startsWith(' -2') && current) {
      for (let at = 3; at + 10 <= line.trimEnd().length + 9 && line.slice(at, at + 10).trim(); at += 10)
        current.push(Number(line.slice(at, at + 10)));
    } else if (line.startsWith('  100C') || key === '100C') break;
  }
  if (![...coordinates, ...nodeNumbers].every(Number.isFinite))
    throw refuseFile('frd-numbers', 'The result file has coordinates that are no numbers.');
  const wrong = elements.findIndex((nodes) => nodes.length !== 4 && nodes.length !== 10);
  if (wrong >= 0)
    throw refuseFile('frd-element', `Element ${elementNumbers[wrong]} has ${elements[wrong]!.length} nodes.`);
  const foreign = foreignMesh({ nodeNumbers, coordinates, elementNumbers, elements });
  const most = nodeNumbers.reduce((a, b) => Math.max(a, b), 0);
  const sets = text.includes(' -4') ? readFrdSets(text, most) : [];
  const fieldsOf = (blocks: Map<string, FrdBlock>): ForeignNodalFields => {
    const inOurOrder = (name: string, width: number): Float64Array | undefined => {
      const block = blocks.get(name);
      if (!block || block.components.length < width) return undefined;
      const out = new Float64Array(width * nodeNumbers.length);
      nodeNumbers.forEach((number, index) => {
        for (let k = 0; k < width; k++)
          out[width * index + k] = block.values[(number - 1) * block.components.length + k]!;
      });
      return withMidsides(foreign, out, width);
    };
    const displacement = inOurOrder('DISP', 3);
    const stress = inOurOrder('STRESS', 6);
    const temperature = inOurOrder('NDTEMP', 1);
    return {
      ...(displacement ? { displacement } : {}),
      ...(stress ? { stress } : {}),
      ...(temperature ? { temperature } : {}),
    };
  };
  return {
    ...foreign,
    passedOver,
    ...fieldsOf(new Map(sets.flatMap((set) => [...set]))),
    ...(withSteps ? { steps: sets.map(fieldsOf) } : {}),
  };
}
