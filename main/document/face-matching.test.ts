import { describe, expect, it } from 'vitest';
import type { BodyInfo, FaceInfo, Vector3 } from '../../preload/contract/geometry.ts';
import { boxWithBore } from './box.fixture.ts';
import { matchEdge, matchFaces, matchVertex } from './face-matching.ts';

/** Faces 0-5 of the box are -X +X -Y +Y -Z +Z, 6 is the bore; further bores are put along x. */
function bored(size: Vector3, bores: readonly number[]): BodyInfo {
  const body = boxWithBore(size);
  const [wall] = body.faces.splice(6);
  const [, ...rims] = body.edges.splice(12);
  for (const edge of body.edges) {
    const [from, to] = edge.vertices as [number, number];
    edge.faces = [0, 1, 2].flatMap((axis) => ((from ^ to) & (1 << axis) ? [] : [2 * axis + ((from >> axis) & 1)]));
  }
  for (const x of bores) {
    const face = body.faces.length;
    const centre: Vector3 = [x, size[1] / 2, size[2] / 2];
    body.faces.push({ ...wall!, centroid_mm: centre, axis: { origin_mm: [x, size[1] / 2, 0], direction: [0, 0, 1] } });
    for (const [side, z] of [
      [4, 0],
      [5, size[2]],
    ] as const)
      body.edges.push({ ...rims[0]!, centre_mm: [x, size[1] / 2, z], faces: [side, face] });
  }
  for (const face of body.faces) face.box = boxAround(face, size);
  return body;
}
const boxAround = ({ normal, type, centroid_mm }: FaceInfo, size: Vector3): FaceInfo['box'] => {
  const flat = ([0, 1, 2] as const).map((axis) => type === 'plane' && Math.abs(normal![axis]) > 0.5);
  const at = (edge: (axis: 0 | 1 | 2) => number): Vector3 => [edge(0), edge(1), edge(2)];
  if (type !== 'plane')
    return {
      min: at((axis) => (axis === 2 ? 0 : centroid_mm[axis] - 3)),
      max: at((axis) => (axis === 2 ? size[2] : centroid_mm[axis] + 3)),
    };
  return {
    min: at((axis) => (flat[axis] ? centroid_mm[axis] : 0)),
    max: at((axis) => (flat[axis] ? centroid_mm[axis] : size[axis])),
  };
};
/** The same body with its faces in another order. */
function shuffled(body: BodyInfo, order: readonly number[]): BodyInfo {
  return {
    ...body,
    faces: order.map((index) => body.faces[index]!),
    edges: body.edges.map((edge) => ({ ...edge, faces: edge.faces.map((face) => order.indexOf(face)) })),
  };
}
const matched = (before: BodyInfo, after: BodyInfo): string[] =>
  [...matchFaces(before, after).faces].map(([old, { face, how }]) => `${old}>${face} ${how}`).sort();

describe('faces of a new revision', () => {
  it('are found in whatever order they come', () => {
    const body = bored([40, 20, 10], [10, 30]);
    const order = [7, 3, 1, 0, 6, 5, 2, 4];
    const { faces, lost, added } = matchFaces(body, shuffled(body, order));
    for (const [index, face] of order.entries()) expect(faces.get(face)).toEqual({ face: index, how: 'same' });
    expect([lost, added]).toEqual([[], []]);
  });

  it('are followed on their surface, and by their neighbours where that moved', () => {
    expect(matched(bored([40, 20, 10], [10]), bored([40, 20, 14], [10]))).toEqual([
      '0>0 changed',
      '1>1 changed',
      '2>2 changed',
      '3>3 changed',
      '4>4 same',
      '5>5 moved',
      '6>6 changed',
    ]);
    expect(matched(bored([40, 20, 10], [10]), bored([40, 20, 10], [25])).at(-1)).toBe('6>6 moved');
  });

  it('are lost where they could be any of several, and never given to two', () => {
    const { faces, lost, added } = matchFaces(bored([40, 20, 10], [10, 20]), bored([40, 20, 10], [14, 33]));
    expect([...faces.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect([lost, added]).toEqual([
      [6, 7],
      [6, 7],
    ]);
    const fewer = matchFaces(bored([40, 20, 10], [10, 20]), bored([40, 20, 10], [20]));
    expect(fewer.faces.get(7)).toEqual({ face: 6, how: 'same' });
    expect(fewer.lost).toEqual([6]);
  });

  it('take edges and vertices along', () => {
    const [before, after] = [bored([40, 20, 10], [10]), bored([50, 20, 14], [10])];
    const matches = matchFaces(before, after);
    const edge = before.edges.findIndex(({ faces }) => faces.includes(1) && faces.includes(5));
    expect(after.edges[matchEdge(edge, before, after, matches)!]!.faces).toEqual([1, 5]);
    expect(matchVertex(7, before, after, matches)).toBe(7);
    expect(matchEdge(edge, before, after, { ...matches, faces: new Map() })).toBeUndefined();
  });
});
