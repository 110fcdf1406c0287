import { describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import { buildModel } from '../model/build.ts';
import { orientSurface } from '../model/surface.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import { boxInfo, boxMesh, joinMeshes } from '../testing/box-mesh.ts';
import { edges, FACE, faces, load, restraint, testBody, vertices } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';

const MAX: Vec3 = [40, 20, 10];
const pull = load({ kind: 'force', force_N: [1, 0, 0] }, faces(FACE.plusX));

/** What the model is said to be free to do: the message of the refusal, or nothing. */
function freedom(...restraints: ResolvedRestraint[]): string {
  const mesh = boxMesh({ max: MAX, divisions: [2, 2, 2] });
  orientSurface(mesh);
  return attempt(() => buildModel(mesh, [testBody([0, 0, 0], MAX)], restraints, [pull], null));
}

function attempt(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    expect((error as ArtificerError).code).toBe('study.under-restrained');
    return (error as Error).message;
  }
}

describe('a body that can still move is refused by name of the motion', () => {
  it('not when it is clamped, or held by three symmetry planes, or by six points rightly placed', () => {
    expect(freedom(restraint({ kind: 'fixed' }, faces(FACE.minusX)))).toBe('');
    expect(freedom(restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY, FACE.minusZ)))).toBe('');
    expect(
      freedom(
        restraint({ kind: 'fixed' }, vertices(0)),
        restraint({ kind: 'displacement', y_mm: 0, z_mm: 0 }, vertices(1)),
        restraint({ kind: 'displacement', z_mm: 0 }, vertices(2)),
      ),
    ).toBe('');
  });

  it('names translations', () => {
    expect(freedom(restraint({ kind: 'symmetry' }, faces(FACE.minusY, FACE.minusZ)))).toContain(
      'can translate along X.',
    );
    const message = freedom(restraint({ kind: 'symmetry' }, faces(FACE.minusZ)));
    expect(message).toContain('translate along X');
    expect(message).toContain('translate along Y');
    expect(message).toContain('rotate about Z');
    expect(message).not.toContain('translate along Z');
    expect(message).not.toContain('rotate about X');
  });

  it('names a rotation and where its axis is', () => {
    expect(freedom(restraint({ kind: 'fixed' }, edges(0)))).toContain('can rotate about X through (20, 0, 0)');
    const point = freedom(restraint({ kind: 'fixed' }, vertices(7)));
    // The point of each axis that is nearest the middle of the body.
    expect(point).toContain('rotate about X through (20, 20, 10)');
    expect(point).toContain('rotate about Y through (40, 10, 10)');
    expect(point).toContain('rotate about Z through (40, 20, 5)');
  });

  it('names an axis askew by its direction', () => {
    expect(freedom(restraint({ kind: 'fixed' }, vertices(0, 7)))).toMatch(
      /rotate about the direction \((0\.8729, 0\.4364, 0\.2182|-0\.8729, -0\.4364, -0\.2182)\)/,
    );
  });

  it('says plainly that nothing holds a body, and names the one of several', () => {
    const gap: Vec3 = [50, 0, 0];
    const far: Vec3 = [60, 10, 10];
    const mesh = joinMeshes([
      boxMesh({ max: MAX, divisions: [2, 2, 2] }),
      boxMesh({ min: gap, max: far, divisions: [1, 1, 1] }),
    ]);
    orientSurface(mesh);
    const bodies = [testBody([0, 0, 0], MAX), testBody(gap, far, 1)];
    const held = restraint({ kind: 'fixed' }, faces(FACE.minusX));
    const message = attempt(() => buildModel(mesh, bodies, [held], [pull], null));
    expect(message).toContain('body 2 (box 2) is not held at all');
    expect(message).not.toContain('body 1');
    const both = restraint({ kind: 'fixed' }, faces(FACE.minusX, 6));
    expect(attempt(() => buildModel(mesh, bodies, [both], [pull], null))).toBe('');
  });

  it('counts springs, but only along the directions that they hold', () => {
    const normal = restraint({ kind: 'elastic-support', normal_N_mm3: 1, tangential_N_mm3: 0 }, faces(FACE.minusX));
    expect(freedom(normal)).toContain('translate along Y');
    expect(
      freedom(restraint({ kind: 'elastic-support', normal_N_mm3: 1, tangential_N_mm3: 1e-6 }, faces(FACE.minusX))),
    ).toBe('');
  });

  it('sees that a shaft held in its bore alone can turn and slide', () => {
    const mesh = boxMesh({
      min: [10, 0, 0],
      max: [15, 4, 20],
      divisions: [1, 5, 2],
      map: ([r, phi, z]) => [r * Math.cos(phi), r * Math.sin(phi), z],
    });
    orientSurface(mesh);
    const body = testBody([0, 0, 0], [15, 15, 20]);
    body.faces = boxInfo([0, 0, 0], MAX).faces.map((face, index) =>
      index === 0 ? { ...face, type: 'cylinder', axis: { origin_mm: [0, 0, 0], direction: [0, 0, 1] } } : face,
    );
    const held = restraint({ kind: 'symmetry' }, faces(0));
    const message = attempt(() => buildModel(mesh, [body], [held], [pull], null));
    expect(message).toContain('can translate along Z, can rotate about Z through (0, 0,');
  });

  it('knows that bodies that share nodes only along an edge are hinged', () => {
    const mesh = joinMeshes([
      boxMesh({ max: [10, 10, 10], divisions: [1, 1, 1] }),
      boxMesh({ min: [10, 10, 0], max: [20, 20, 10], divisions: [1, 1, 1] }),
    ]);
    // Weld the nodes on the common edge x = y = 10.
    const seen = new Map<string, number>();
    const weld = Array.from({ length: mesh.nodes.length / 3 }, (_, node) => {
      const key = mesh.nodes.subarray(3 * node, 3 * node + 3).join();
      if (!seen.has(key)) seen.set(key, node);
      return seen.get(key)!;
    });
    for (const array of [mesh.elements, mesh.facets, mesh.edgeNodes, mesh.vertexNodes])
      array.forEach((node, index) => {
        array[index] = weld[node]!;
      });
    orientSurface(mesh);
    const bodies = [testBody([0, 0, 0], [10, 10, 10]), testBody([10, 10, 0], [20, 20, 10], 1)];
    const held = restraint({ kind: 'fixed' }, faces(FACE.minusX));
    const message = attempt(() => buildModel(mesh, bodies, [held], [pull], null));
    expect(message).toContain('body 2 (box 2) can rotate about Z through (10, 10,');
    expect(message).not.toContain('body 1');
  });
});
