/** Real kernel and real mesher: what stands through the walls of a mesh is counted by straight lines through it. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { MeshControl } from '../../../preload/contract/studies.ts';
import { createKernel, type Kernel, type PrimitiveShape } from '../../kernel/index.ts';
import { materialByName } from '../materials.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { orientSurface } from '../model/surface.ts';
import { findMesher, loadCore } from '../native-core.ts';
import { type MadeBodies, makeBodies } from '../solve-primitives.ts';
import { boxMesh } from '../testing/box-mesh.ts';
import { type Crossing, crossings } from '../testing/elements-through.ts';
import { checkedMesh } from '../workers/solve-task.ts';
import { type MeshedStudy, meshStudy } from './mesh-study.ts';
import { readMesh } from './read-mesh.ts';
import { type SingleLayerWalls, wallWarning } from './walls.ts';

const core = loadCore().core;
const ready = core !== null && findMesher() !== null;

let kernel: Kernel;
beforeAll(() => {
  kernel = createKernel();
});
afterAll(() => kernel.dispose());

const made = (shape: PrimitiveShape): Promise<MadeBodies> =>
  makeBodies(kernel, [{ name: 'part', shape }], materialByName('Al 6061-T6'), silentContext());

const meshOf = ({ brep, bodies }: Pick<MadeBodies, 'brep' | 'bodies'>, control: Partial<MeshControl> = {}) =>
  meshStudy(
    {
      mesherPath: findMesher()!,
      brep,
      infos: bodies.map(({ info }) => info),
      control: { order: 2, accuracy: 'draft', refinements: [], ...control },
      refinements: [],
      limits: { seconds: 100, memory_MiB: 4000 },
      cache: undefined,
      workingFolder: undefined,
    },
    silentContext(),
  );

function linesThrough(meshed: MeshedStudy): { mesh: VolumeMesh; lines: Crossing[] } {
  const mesh = readMesh(meshed.bytes, meshed.size_mm);
  orientSurface(mesh);
  return { mesh, lines: crossings(mesh, { every: Math.ceil(mesh.facetFace.length / 300) }) };
}

/** Of the lines straight through the wall: how many, and which part meets two elements, none of them from face to face. */
function through(lines: readonly Crossing[], wall_mm: number): { count: number; layered: number } {
  const thin = lines.filter(({ thickness_mm }) => Math.abs(thickness_mm - wall_mm) < 0.08 * wall_mm);
  return {
    count: thin.length,
    layered: thin.filter(({ elements, spanned }) => elements >= 2 && !spanned).length / thin.length,
  };
}

const box = (min_mm: [number, number, number], max_mm: [number, number, number]): PrimitiveShape => ({
  box: { min_mm, max_mm },
});
const cylinder = (radius_mm: number, from: number, height_mm: number): PrimitiveShape => ({
  cylinder: { origin_mm: [0, 0, from], axis: [0, 0, 1], radius_mm, height_mm },
});
const triangle = (...[a, b, c]: [number, number, number][]): PrimitiveShape => ({
  extrude: {
    profile: [
      { line: { from_mm: a!, to_mm: b! } },
      { line: { from_mm: b!, to_mm: c! } },
      { line: { from_mm: c!, to_mm: a! } },
    ],
    vector_mm: [0, 3, 0],
  },
});
const bracket: PrimitiveShape = {
  union: [
    box([0, 0, 0], [80, 50, 8]),
    box([0, 0, 0], [8, 50, 60]),
    triangle([8, 23.5, 8], [60, 23.5, 8], [8, 23.5, 50]),
  ],
};

describe.skipIf(!ready)('thin walls', () => {
  const parts: [string, PrimitiveShape, number, number][] = [
    ['a plate of 2 mm', box([0, 0, 0], [100, 60, 2]), 2, 1],
    ['a tube with a wall of 1.5 mm', { difference: [cylinder(15, 0, 60), cylinder(13.5, -1, 62)] }, 1.5, 1],
    ['the rib of 3 mm on a bracket', bracket, 3, 1],
    // Beside the hole a line from its rim may graze the face.
    [
      'a plate of 2 mm with a hole',
      {
        difference: [
          box([0, 0, 0], [100, 60, 2]),
          { cylinder: { origin_mm: [50, 30, -1], axis: [0, 0, 1], radius_mm: 10, height_mm: 4 } },
        ],
      },
      2,
      0.99,
    ],
  ];
  it.each(parts)('get two elements through everywhere: %s', { timeout: 60_000 }, async (_, shape, wall_mm, least) => {
    const meshed = await meshOf(await made(shape));
    const { mesh, lines } = linesThrough(meshed);
    const { count, layered } = through(lines, wall_mm);
    expect(count).toBeGreaterThan(20);
    expect(layered).toBeGreaterThanOrEqual(least);
    expect(mesh.walls!.dividedEdges).toBeGreaterThan(100);
    expect(wallWarning(mesh.walls, 0)).toBeNull();
    // Halves keep the part's volume and stay sound.
    const quality = core!.meshQuality(mesh.nodes, mesh.elements);
    expect(quality.invertedElements).toHaveLength(0);
    expect(quality.minimumScaledJacobian).toBeGreaterThan(0.1);
  });

  it('of an imported plate get two elements through but for one line in a hundred', { timeout: 60_000 }, async () => {
    const bytes = await readFile(
      new URL('../../../tests/corpus/files/step/base_interface_AP214.STEP', import.meta.url),
    );
    const model = await kernel.import({ bytes, fileName: 'base.step', tessellate: false }, silentContext());
    const bodies = model.parts.flatMap((part) => part.bodies);
    const brep = await kernel.brepText(
      bodies.map((body) => body.brep!),
      silentContext(),
    );
    const meshed = await meshOf({
      brep,
      bodies: bodies.map(({ info }, index) => ({ index, name: info.name, info, material: null })),
    });
    const { count, layered } = through(linesThrough(meshed).lines, 4.7625);
    expect(count).toBeGreaterThan(100);
    expect(layered).toBeGreaterThan(0.99);
  });

  it('too large for that keep one, and say where and how thick', { timeout: 60_000 }, async () => {
    const meshed = await meshOf(await made(box([0, 0, 0], [1500, 1000, 1])));
    const { mesh } = checkedMesh(core!, meshed.bytes, meshed.size_mm, 2);
    const { warnings } = checkedMesh(core!, meshed.bytes, meshed.size_mm, 2);
    expect(mesh.elements.length / 10).toBeLessThan(30_000);
    const warning = warnings.find(({ code }) => code === 'mesh.thin-wall');
    expect(warning!.message).toMatch(
      /^One element alone stands through a wall in \d+ places, the thinnest of 1 mm at \(/,
    );
    expect(warning!.message).toContain(
      `two would make the mesh too large (it has ${mesh.elements.length / 10} elements`,
    );
  });
});

describe('walls whose element size a person chose', () => {
  it('keep it, with a warning that says what to do', () => {
    const walls = { dividedEdges: 0, singleEdges: 12, full: false, kept: true, thickness_mm: 2.0004, at_mm: [1, 2, 3] };
    expect(wallWarning(walls as SingleLayerWalls, 500)!.message).toBe(
      'One element alone stands through a wall in 12 places, the thinnest of 2 mm at (1, 2, 3) mm: the element size was given, ' +
        'and is kept (leave it out, or halve it there, to have two). Bending there is less certain.',
    );
    expect(wallWarning({ ...walls, singleEdges: 0 } as SingleLayerWalls, 500)).toBeNull();
  });
});

describe('the count of elements through a wall', () => {
  it('sees one layer as one: elements that reach from face to face', () => {
    const share = (layers: number): number => {
      const mesh = boxMesh({ max: [40, 20, 2], divisions: [4, 2, layers] });
      orientSurface(mesh);
      return through(crossings(mesh, { faces: [4, 5] }), 2).layered;
    };
    expect(share(1)).toBe(0);
    expect(share(2)).toBe(1);
  });
});
