/**
 * Second-order tetrahedra of a Gmsh mesh in ASCII format 2.2. Gmsh's last two midside nodes (edges 23 and 13) are those of
 * C3D10 the other way round. Source: Gmsh Reference Manual 4.8, "MSH file format version 2 (Legacy)" and "Node ordering".
 */
import { refuseFile } from '../exchange/account.ts';
import type { ForeignElements } from '../exchange/foreign-mesh.ts';

const TETRAHEDRON_10 = 11;
/** Where each node of a C3D10 is among the ten of a Gmsh tetrahedron. */
const FROM_GMSH = [0, 1, 2, 3, 4, 5, 6, 7, 9, 8] as const;

/** @throws ArtificerError `exchange.not-msh` where the text is no mesh of that format */
export function readMsh(text: string): ForeignElements {
  const format = linesOf(text, 'MeshFormat')[0]?.trim().split(/\s+/) ?? [];
  if (format[0] !== '2.2' || format[1] !== '0')
    throw refuseFile('not-msh', 'The file is no Gmsh mesh in ASCII format 2.2.', 'Write it with -format msh2.');
  const foreign: ForeignElements = { nodeNumbers: [], coordinates: [], elementNumbers: [], elements: [] };
  for (const line of linesOf(text, 'Elements').slice(1)) {
    const [number, type, tags, ...rest] = line.trim().split(/\s+/).map(Number) as [number, number, number];
    if (type !== TETRAHEDRON_10) continue;
    const nodes = (rest as number[]).slice(tags);
    if (nodes.length !== 10 || !nodes.every(Number.isInteger))
      throw refuseFile('not-msh', `"${line}" is no tetrahedron of ten nodes.`);
    foreign.elementNumbers.push(number);
    foreign.elements.push(FROM_GMSH.map((k) => nodes[k]!));
  }
  // Nodes of the geometry's curves and surfaces that no tetrahedron has would have no answer.
  const used = new Set(foreign.elements.flat());
  for (const line of linesOf(text, 'Nodes').slice(1)) {
    const [number, x, y, z] = line.trim().split(/\s+/).map(Number) as [number, number, number, number];
    if (![number, x, y, z].every(Number.isFinite)) throw refuseFile('not-msh', `"${line}" is no node of a Gmsh mesh.`);
    if (!used.has(number)) continue;
    foreign.nodeNumbers.push(number);
    foreign.coordinates.push(x, y, z);
  }
  return foreign;
}

function linesOf(text: string, section: string): string[] {
  const start = text.indexOf(`$${section}\n`);
  const end = text.indexOf(`$End${section}`, start);
  return start < 0 || end < 0
    ? []
    : text
        .slice(start + section.length + 2, end)
        .trimEnd()
        .split('\n');
}

const TRIANGLE_6 = 9;

/** Which surface each triangle lies on, by its corners' node numbers, and which volume each tetrahedron is of; from 1 on. */
export function readMshSurface(text: string): {
  triangles: { corners: number[]; surface: number }[];
  volumes: [element: number, volume: number][];
} {
  const triangles: { corners: number[]; surface: number }[] = [];
  const volumes: [number, number][] = [];
  for (const line of linesOf(text, 'Elements').slice(1)) {
    const [number, type, tags, _physical, entity, ...rest] = line.trim().split(/\s+/).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    if (tags < 2) continue;
    if (type === TRIANGLE_6) triangles.push({ corners: (rest as number[]).slice(tags - 2, tags + 1), surface: entity });
    else if (type === TETRAHEDRON_10) volumes.push([number, entity]);
  }
  return { triangles, volumes };
}
