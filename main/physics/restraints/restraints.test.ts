import { describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import type { FaceInfo } from '../../../preload/contract/geometry.ts';
import { orientSurface } from '../model/surface.ts';
import { TargetFinder } from '../model/target.ts';
import { boxInfo, boxMesh } from '../testing/box-mesh.ts';
import { edges, FACE, faces, restraint, vertices } from '../testing/study.ts';
import type { Vec3 } from '../vector.ts';
import { applyRestraints, type ResolvedRestraint } from './apply.ts';
import { totalStiffness } from './elastic-support.ts';

const MAX: Vec3 = [40, 20, 10];
const mesh = boxMesh({ max: MAX, divisions: [4, 2, 2] });
orientSurface(mesh);
const finder = new TargetFinder(mesh);
const info = boxInfo([0, 0, 0], MAX).faces;
const apply = (...list: ResolvedRestraint[]) => applyRestraints(finder, list, info);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as ArtificerError).code;
  }
  return 'no error';
};
const dofsAt = (applied: ReturnType<typeof apply>, node: number): number[] =>
  [...applied.fixedDofs].filter((dof) => Math.floor(dof / 3) === node).map((dof) => dof % 3);

describe('fixed and prescribed', () => {
  it('hold all three axes of every node of a face, midsides too', () => {
    const applied = apply(restraint({ kind: 'fixed' }, faces(FACE.minusX)));
    let onFace = 0;
    for (let node = 0; node < mesh.nodes.length / 3; node++) if (mesh.nodes[3 * node] === 0) onFace++;
    expect(applied.fixedDofs).toHaveLength(3 * onFace);
    expect([...applied.fixedDofs]).toEqual([...applied.fixedDofs].sort((a, b) => a - b));
    expect(applied.frameNodes).toHaveLength(0);
  });

  it('hold only the axes that have a value, and give it', () => {
    const applied = apply(restraint({ kind: 'displacement', y_mm: 0.25 }, edges(0)));
    expect(new Set([...applied.fixedDofs].map((dof) => dof % 3))).toEqual(new Set([1]));
    expect(new Set(applied.fixedValues)).toEqual(new Set([0.25]));
    expect(apply(restraint({ kind: 'displacement', x_mm: 1 }, vertices(3))).fixedDofs).toHaveLength(1);
  });

  it('may overlap where they agree, and are an error that names both where not', () => {
    const clamp = restraint({ kind: 'fixed', name: 'clamp' }, faces(FACE.minusX));
    expect(codeOf(() => apply(clamp, restraint({ kind: 'fixed' }, faces(FACE.minusX, FACE.minusY))))).toBe('no error');
    const pull = restraint({ kind: 'displacement', x_mm: 1, name: 'pull' }, faces(FACE.minusY));
    try {
      apply(clamp, pull);
      expect.unreachable();
    } catch (error) {
      expect((error as ArtificerError).code).toBe('study.conflicting-restraints');
      expect((error as Error).message).toMatch(/"clamp".*"pull"/);
    }
  });

  it('are refused when they restrain nothing or lie on nothing', () => {
    expect(codeOf(() => apply(restraint({ kind: 'displacement' }, faces(0))))).toBe('study.restraint-empty');
    expect(codeOf(() => apply(restraint({ kind: 'fixed' }, faces(77))))).toBe('study.nothing-there');
  });
});

describe('symmetry', () => {
  it('holds the normal only, and both normals where two planes meet', () => {
    const applied = apply(restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY)));
    const corner = mesh.vertexNodes[0]!;
    expect(dofsAt(applied, corner)).toEqual([0, 1]);
    expect(dofsAt(applied, mesh.vertexNodes[1]!)).toEqual([1]);
    expect(dofsAt(applied, mesh.vertexNodes[2]!)).toEqual([0]);
    expect(applied.frameNodes).toHaveLength(0);
    const separate = apply(
      restraint({ kind: 'symmetry' }, faces(FACE.minusX)),
      restraint({ kind: 'symmetry' }, faces(FACE.minusY)),
    );
    expect([...separate.fixedDofs]).toEqual([...applied.fixedDofs]);
  });

  it('gives skewed planes a frame whose first axis is the normal', () => {
    const angle = Math.PI / 6;
    const turn = ([x, y, z]: Vec3): Vec3 => [
      x * Math.cos(angle) - y * Math.sin(angle),
      x * Math.sin(angle) + y * Math.cos(angle),
      z,
    ];
    const turned = boxMesh({ max: MAX, divisions: [2, 2, 2], map: turn });
    orientSurface(turned);
    const skew = applyRestraints(
      new TargetFinder(turned),
      [restraint({ kind: 'symmetry' }, faces(FACE.minusX, FACE.minusY))],
      [],
    );
    const list = [...skew.frameNodes];
    const alone = list.indexOf(turned.vertexNodes[2]!);
    const row = [...skew.frames.subarray(9 * alone, 9 * alone + 3)];
    expect(Math.abs(row[0]! * Math.cos(angle) + row[1]! * Math.sin(angle))).toBeCloseTo(1, 10);
    // Where they meet both normals are held: the two planes span X and Y, so no frame is needed there.
    expect(list).not.toContain(turned.vertexNodes[0]);
    expect(dofsAt(skew, turned.vertexNodes[0]!)).toEqual([0, 1]);
  });

  it('is exactly radial on a cylinder, whatever the mesh', () => {
    const bent = boxMesh({
      min: [10, 0, 0],
      max: [15, 2, 20],
      divisions: [1, 3, 2],
      map: ([r, phi, z]) => [r * Math.cos(phi), r * Math.sin(phi), z],
    });
    orientSurface(bent);
    const cylinder: FaceInfo = {
      ...info[0]!,
      type: 'cylinder',
      axis: { origin_mm: [0, 0, 5], direction: [0, 0, 1] },
      radius_mm: 10,
    };
    const held = applyRestraints(
      new TargetFinder(bent),
      [restraint({ kind: 'symmetry' }, faces(0))],
      [cylinder, ...info.slice(1)],
    );
    for (const { node, direction } of held.conditions) {
      const x = bent.nodes[3 * node]!;
      const y = bent.nodes[3 * node + 1]!;
      expect(Math.abs(direction[0] * y - direction[1] * x)).toBeLessThan(1e-12 * 10);
      expect(Math.abs(direction[2])).toBeLessThan(1e-12);
    }
  });

  it('keeps both conditions where a skewed plane meets a prescribed displacement', () => {
    const turned = boxMesh({ max: MAX, divisions: [2, 2, 2], map: ([x, y, z]) => [x - 0.5 * y, y, z] });
    orientSurface(turned);
    const held = applyRestraints(
      new TargetFinder(turned),
      [
        restraint({ kind: 'displacement', y_mm: 0.3 }, faces(FACE.minusZ)),
        restraint({ kind: 'symmetry' }, faces(FACE.minusX)),
      ],
      [],
    );
    // The plane x = -y / 2 has the normal (2, 1, 0) / sqrt 5: u . n = 0 and u_y = 0.3 give u_x = -0.15.
    const node = turned.vertexNodes[0]!;
    const values = new Map([...held.fixedDofs].map((dof, index) => [dof, held.fixedValues[index]!]));
    expect(values.get(3 * node)).toBeCloseTo(-0.15, 12);
    expect(values.get(3 * node + 1)).toBeCloseTo(0.3, 12);
  });

  it('on edges is refused', () => {
    expect(codeOf(() => apply(restraint({ kind: 'symmetry' }, edges(0))))).toBe('study.needs-faces');
  });
});

describe('elastic support', () => {
  it('adds up to stiffness per area times area, along the normal and across it', () => {
    const applied = apply(
      restraint({ kind: 'elastic-support', normal_N_mm3: 3, tangential_N_mm3: 0.5 }, faces(FACE.plusX)),
    );
    const total = totalStiffness({
      nodesA: applied.addedNodesA,
      nodesB: applied.addedNodesB,
      blocks: applied.addedBlocks,
    });
    [3 * 200, 0, 0, 0, 0.5 * 200, 0, 0, 0, 0.5 * 200].forEach((value, entry) => {
      expect(total[entry]).toBeCloseTo(value, 9);
    });
    expect(applied.fixedDofs).toHaveLength(0);
  });
});
