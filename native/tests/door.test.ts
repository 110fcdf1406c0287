import { describe, expect, it } from 'vitest';
import type { SolveProgress, StaticModel } from '../index.d.ts';
import { estimateMemory, meshQuality, solveStatic, version } from '../index.mjs';
import { addTraction, boxMesh, modelOf } from './box-mesh.ts';

const cantilever = (divisions: [number, number, number] = [4, 2, 2]): StaticModel => {
  const model = modelOf(boxMesh([20, 10, 10], divisions), { restrain: (p) => (p[0] < 1e-9 ? [0, 0, 0] : null) });
  addTraction(model, (p) => p[0] > 20 - 1e-9, [0, 0, -1]);
  return model;
};
const failureOf = async (work: Promise<unknown>): Promise<{ code: string; message: string }> =>
  work.then(
    () => {
      throw new Error('it succeeded');
    },
    (error) => error,
  );

describe('bad models are refused, each by name', () => {
  const changed = <T extends Float64Array | Int32Array>(array: T, index: number, value: number): T => {
    const copy = array.slice() as T;
    copy[index] = value;
    return copy;
  };
  const cases: [string, RegExp, (model: StaticModel) => Partial<Record<keyof StaticModel, unknown>>][] = [
    ['a node that is not a number', /nodes\[4\]/, (m) => ({ nodes: changed(m.nodes, 4, Number.NaN) })],
    ['an infinite force', /forces\[7\]/, (m) => ({ forces: changed(m.forces, 7, Number.POSITIVE_INFINITY) })],
    ['a node number too large', /elements\[3\]/, (m) => ({ elements: changed(m.elements, 3, 1e6) })],
    ['a negative node number', /elements\[3\]/, (m) => ({ elements: changed(m.elements, 3, -1) })],
    ['half an element', /10 nodes/, (m) => ({ elements: m.elements.slice(0, -1) })],
    ['too few forces', /forces/, (m) => ({ forces: m.forces.slice(3) })],
    [
      'a material that is not there',
      /elementMaterial\[0\]/,
      (m) => ({ elementMaterial: changed(m.elementMaterial, 0, 1) }),
    ],
    ['too few bodies', /elementBody/, (m) => ({ elementBody: m.elementBody.slice(1) })],
    ['no material', /materials/, () => ({ materials: new Float64Array(0) })],
    ['a stiffness of zero', /Young/, (m) => ({ materials: changed(m.materials, 0, 0) })],
    ['a Poisson ratio of a half', /Poisson/, (m) => ({ materials: changed(m.materials, 1, 0.5) })],
    ['a negative density', /density/, (m) => ({ materials: changed(m.materials, 2, -1) })],
    ['a degree of freedom twice', /ascending/, (m) => ({ fixedDofs: changed(m.fixedDofs, 1, m.fixedDofs[0]!) })],
    [
      'a degree of freedom outside',
      /fixedDofs/,
      (m) => ({ fixedDofs: changed(m.fixedDofs, m.fixedDofs.length - 1, 1e7) }),
    ],
    ['fewer values than restraints', /fixedValues/, (m) => ({ fixedValues: m.fixedValues.slice(1) })],
    ['gravity in a plane', /gravity/, () => ({ gravity: new Float64Array(2) })],
    ['temperatures of some nodes', /temperatureChange/, () => ({ temperatureChange: new Float64Array(3) })],
    [
      'an endless temperature',
      /temperatureChange\[0\]/,
      (m) => ({ temperatureChange: new Float64Array(m.nodes.length / 3).fill(Number.NaN) }),
    ],
    ['a frame without a node', /frames/, () => ({ frames: new Float64Array(9) })],
    [
      'a frame that is not orthonormal',
      /orthonormal/,
      () => ({ frameNodes: new Int32Array(1), frames: new Float64Array(9).fill(1) }),
    ],
    [
      'a support outside',
      /added stiffness/,
      () => ({ addedNodesA: Int32Array.of(-1), addedNodesB: Int32Array.of(0), addedBlocks: new Float64Array(9) }),
    ],
    [
      'a support of nodes far apart',
      /share no element/,
      (m) => ({
        addedNodesA: Int32Array.of(0),
        addedNodesB: Int32Array.of(m.elements[m.elements.length - 10 + 1]!),
        addedBlocks: new Float64Array(9).fill(1),
      }),
    ],
    ['ordinary arrays', /Float64Array/, (m) => ({ nodes: [...m.nodes] })],
    ['the wrong kind of array', /Int32Array/, (m) => ({ elements: Float64Array.from(m.elements) })],
    ['a missing array', /fixedDofs/, () => ({ fixedDofs: undefined })],
  ];
  it.each(cases)('%s', async (_, message, change) => {
    const model = cantilever();
    const failure = await failureOf(solveStatic({ ...model, ...change(model) } as StaticModel));
    expect(failure.message).toMatch(message);
    expect(failure.code).toBe('bad-model');
  });

  it('an inverted element', async () => {
    const model = cantilever();
    const elements = model.elements.slice();
    [elements[0], elements[1]] = [elements[1]!, elements[0]!];
    [elements[5], elements[6]] = [elements[6]!, elements[5]!];
    [elements[7], elements[8]] = [elements[8]!, elements[7]!];
    const failure = await failureOf(solveStatic({ ...model, elements }));
    expect(failure.code).toBe('bad-model');
    expect(failure.message).toMatch(/element 0 is inverted/);
  });

  it('options of the wrong kind', async () => {
    const model = cantilever();
    expect((await failureOf(solveStatic(model, { method: 'magic' as 'auto' }))).code).toBe('bad-model');
    expect((await failureOf(solveStatic(model, { tolerance: 0 }))).code).toBe('bad-model');
    expect((await failureOf(solveStatic(null as unknown as StaticModel))).code).toBe('bad-model');
  });
});

describe('a model that can move is singular, and the motion is named', () => {
  const none = new Int32Array(0);
  it('without any restraint', async () => {
    const failure = await failureOf(
      solveStatic({ ...cantilever(), fixedDofs: none, fixedValues: new Float64Array(0) }),
    );
    expect(failure.code).toBe('singular');
    expect(failure.message).toMatch(/Body 0 .*freely/);
  });

  it('on a hinge', async () => {
    const mesh = boxMesh([20, 10, 10], [4, 2, 2]);
    const model = modelOf(mesh, { restrain: (p) => (p[0] < 1e-9 && p[2] < 1e-9 ? [0, 0, 0] : null) });
    const failure = await failureOf(solveStatic(model));
    expect(failure.code).toBe('singular');
    expect(failure.message).toMatch(/turn about y/);
  });

  it('on a slide', async () => {
    const mesh = boxMesh([20, 10, 10], [4, 2, 2]);
    const model = modelOf(mesh, { restrain: (p) => (p[0] < 1e-9 ? [0, null, 0] : null) });
    expect((await failureOf(solveStatic(model))).message).toMatch(/move along y/);
  });
});

describe('cancelling', () => {
  // About 180,000 degrees of freedom: the direct method needs many seconds.
  const large = (): StaticModel => cantilever([28, 22, 22]);

  it.each([
    ['assemble', 'auto'],
    ['factorise', 'direct'],
    ['solve', 'multigrid'],
  ] as const)('during %s takes effect within a second', async (stage, method) => {
    const model = large();
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    let cancelledAt = 0;
    const failure = await failureOf(
      solveStatic(model, {
        method,
        cancel,
        onProgress: (progress) => {
          if (cancelledAt === 0 && progress.stage === stage) {
            cancelledAt = performance.now();
            // Well into the stage, not at its start.
            setTimeout(
              () => {
                cancelledAt = performance.now();
                cancel[0] = 1;
              },
              stage === 'factorise' ? 2500 : 0,
            );
          }
        },
      }),
    );
    expect(performance.now() - cancelledAt).toBeLessThan(1000);
    expect(failure.code).toBe('cancelled');
  });

  it('before the start never solves', async () => {
    const failure = await failureOf(solveStatic(cantilever(), { cancel: Int32Array.of(1) }));
    expect(failure.code).toBe('cancelled');
  });
});

describe('while it solves', () => {
  it('the event loop stays free and progress only grows', async () => {
    const model = cantilever([24, 12, 12]);
    const seen: SolveProgress[] = [];
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await solveStatic(model, { method: 'direct', onProgress: (progress) => seen.push(progress) });
    clearInterval(timer);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ticks).toBeGreaterThan(10);
    expect(seen.length).toBeGreaterThan(4);
    for (let i = 1; i < seen.length; i++) expect(seen[i]!.fraction).toBeGreaterThanOrEqual(seen[i - 1]!.fraction);
    expect(seen.at(-1)).toMatchObject({ stage: 'recover', fraction: 1 });
    expect(new Set(seen.map((progress) => progress.stage))).toEqual(
      new Set(['assemble', 'factorise', 'solve', 'recover']),
    );
  });

  it('two solutions can run at once', async () => {
    const [a, b] = await Promise.all([solveStatic(cantilever()), solveStatic(cantilever([6, 3, 3]))]);
    expect(a.displacement.length).toBeLessThan(b.displacement.length);
  });
});

describe('the rest of the door', () => {
  it('measures meshes', () => {
    const mesh = boxMesh([3, 4, 5], [2, 2, 2]);
    const quality = meshQuality(mesh.nodes, mesh.elements);
    expect(quality.volume_mm3).toBeCloseTo(60, 10);
    expect(quality.minimumScaledJacobian).toBeCloseTo(1, 10);
    expect(quality.invertedElements.length).toBe(0);
    // A midside node pulled past a quarter of its edge inverts the corner.
    const nodes = mesh.nodes.slice();
    const [corner, midside] = [mesh.elements[0]!, mesh.elements[4]!];
    for (let axis = 0; axis < 3; axis++)
      nodes[3 * midside + axis] = 0.6 * nodes[3 * corner + axis]! + 0.4 * nodes[3 * midside + axis]!;
    expect([...meshQuality(nodes, mesh.elements).invertedElements]).toContain(0);
    expect(() => meshQuality(nodes, Int32Array.of(0, 1, 2))).toThrow(/10 values/);
    expect(() => meshQuality(nodes, new Int32Array(10).fill(99999))).toThrow(/outside/);
  });

  it('estimates memory that grows with the mesh and with the direct method', () => {
    expect(estimateMemory(100_000, 70_000, 'direct')).toBeGreaterThan(estimateMemory(100_000, 70_000, 'multigrid'));
    expect(estimateMemory(300_000, 200_000, 'multigrid')).toBeGreaterThan(estimateMemory(100_000, 70_000, 'multigrid'));
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
