/** Imports, from the bytes of a file to parts, instances, bodies and pictures. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeBundle } from '../../preload/contract/bundle.ts';
import type { TessellationMeta } from '../../preload/contract/geometry.ts';
import { errorOf, watchedContext } from './fixtures.ts';
import { createKernel, type ImportedModel, type ImportRequest } from './index.ts';

const kernel = createKernel({ modellers: 2 });
afterAll(() => kernel.dispose());

const corpus = join(import.meta.dirname, '../../tests/corpus/files');
const request = (path: string, more: Partial<ImportRequest> = {}): ImportRequest => ({
  bytes: readFileSync(join(corpus, path)),
  fileName: basename(path),
  ...more,
});
const read = (path: string, more: Partial<ImportRequest> = {}): Promise<ImportedModel> =>
  kernel.import(request(path, { tessellate: false, ...more }), watchedContext().context);
/** Each crash costs a new reader, so the default is small. */
const FUZZ_ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 10);
const quality = (bundle: Uint8Array | undefined) => decodeBundle<TessellationMeta>(bundle!).meta.quality;

describe('an assembly', () => {
  it('comes with its tree, its parts once each, names, colours and places', async () => {
    const model = await read('step/as1-oc-214.stp');
    expect(model.parts.map((part) => part.name).sort()).toEqual(['bolt', 'l-bracket', 'nut', 'plate', 'rod']);
    expect(model.instances).toHaveLength(28);
    expect(model.depth).toBe(3);
    expect(model.names.slice(0, 4)).toEqual(['as1', 'rod-assembly_1', 'nut_1', 'nut']);
    const plate = model.instances.find((instance) => instance.name === 'plate_1')!;
    expect(plate.parentKey).toBe(model.instances[0]!.key);
    const nut = model.parts.find((part) => part.name === 'nut')!;
    expect(nut.colour).toEqual([1, 0, 0]);
    expect(nut.layer).toBe('256');
    expect(model.instances.filter((instance) => instance.partKey === nut.key)).toHaveLength(8);
    const brackets = model.instances.filter((instance) => instance.name.startsWith('l-bracket-assembly'));
    expect(brackets.map((bracket) => bracket.transform)).toMatchObject([
      expect.not.arrayContaining([Number.NaN]),
      expect.not.arrayContaining([Number.NaN]),
    ]);
    expect(brackets[0]!.transform).not.toEqual(brackets[1]!.transform);
  });
  it('has the same keys when the same bytes are read again', async () => {
    const keys = ({ parts, instances }: ImportedModel) => [parts.map((p) => p.key), instances.map((i) => i.key)];
    expect(keys(await read('step/as1-oc-214.stp'))).toEqual(keys(await read('step/as1-oc-214.stp')));
  });
  it('is shown coarsely before it is shown finely, in named stages', async () => {
    const { context, stages } = watchedContext();
    let first: ImportedModel | undefined;
    const model = await kernel.import(request('step/as1-oc-214.stp'), context, {
      firstPicture: (coarse) => {
        first = coarse;
        expect(stages).not.toContain('Fine tessellation');
      },
    });
    const bodies = (m: ImportedModel) => m.parts.flatMap((part) => part.bodies);
    expect(bodies(first!).map((body) => quality(body.tessellation))).toEqual(Array(5).fill('coarse'));
    expect(bodies(model).map((body) => quality(body.tessellation))).toEqual(Array(5).fill('fine'));
    for (const stage of ['Reading', 'Transferring', 'Describing bodies', 'Coarse tessellation', 'Fine tessellation'])
      expect(stages).toContain(stage);
  });
  it('may have several roots', async () => {
    const model = await read('step/red_cube_blue_cylinder.step');
    expect(model.instances.map(({ name, parentKey }) => ({ name, parentKey }))).toEqual([
      { name: 'blue_cylinder', parentKey: null },
      { name: 'red_cube', parentKey: null },
    ]);
    const cube = model.parts.find((part) => part.name === 'red_cube')!.bodies[0]!.info;
    expect(cube.faces.map((face) => face.colour?.[0])).toEqual(Array(6).fill(expect.closeTo(0.866667, 4)));
  });
  it('may be deeper than any real one', async () => {
    const model = await read('nasty/deep_120_levels.step');
    expect(model.depth).toBe(120);
  });
});

describe('names', () => {
  it.each([
    ['nasty/names_utf8_raw.step', ['歯車箱アセンブリ', 'Gehäuse für Ölpumpe']],
    ['nasty/names_latin1_raw.step', ['Gehäuse für Ölpumpe Ø25']],
  ])('of %s are read whatever their encoding', async (path, names) => {
    expect((await read(path)).names).toEqual(expect.arrayContaining(names));
  });
});

describe('units', () => {
  it('become mm', async () => {
    const model = await read('step/red_cube_blue_cylinder.step');
    expect(model.lengthUnit).toBe('m');
    expect(model.parts.find((part) => part.name === 'red_cube')!.bodies[0]!.info.mass.volume_mm3).toBeCloseTo(1000, 6);
  });
  it('are doubted where the size is hard to believe', async () => {
    const codes = (await read('nasty/tiny_4um_part.step')).warnings.map((warning) => warning.code);
    expect(codes).toContain('import.suspicious-size');
    expect((await read('step/hole_model.stp')).warnings).toEqual([]);
  });
});

describe('damaged files', () => {
  it('name the entity that is missing, and cost only a worker', async () => {
    const error = await errorOf(read('nasty/dangling_references.step'));
    expect(error).toMatchObject({ code: 'import.corrupt', category: 'refused' });
    expect(error.message).toMatch(/#\d+ in line \d+/);
    expect((await read('step/hole_model.stp')).parts).toHaveLength(1);
  });
  it('that end early name the line', async () => {
    const whole = readFileSync(join(corpus, 'step/hole_model.stp'));
    const bytes = whole.subarray(0, whole.length / 2);
    const error = await errorOf(kernel.import({ bytes, fileName: 'half.stp' }, watchedContext().context));
    expect(error).toMatchObject({
      code: 'import.truncated',
      category: 'refused',
      cause: expect.stringMatching(/line \d+/),
    });
  });
  it('with nothing in them are an error, not an empty model', async () => {
    expect(await errorOf(read('nasty/ap242_tessellated.stp'))).toMatchObject({
      code: 'import.no-geometry',
      category: 'refused',
    });
  });
  it('with flaws are read and said to have them', async () => {
    const model = await read('nasty/open_solid.brep');
    expect(model.parts[0]!.bodies[0]!.info.valid).toBe(false);
    expect(model.warnings.map((warning) => warning.code)).toContain('import.invalid-bodies');
  });
  it('made of edges are read as wires, with a warning', async () => {
    const model = await read('brep/edge.brep');
    expect(model.parts[0]!.bodies[0]!.info).toMatchObject({ kind: 'wire', faces: [] });
    expect(model.warnings.map((warning) => warning.code)).toContain('import.wires');
  });
  it(
    'of many kinds never take the kernel down',
    async () => {
      const whole = readFileSync(join(corpus, 'nasty/unknown_schema.step'));
      // A fixed sequence, so that a failure can be seen again.
      let state = 20_240_607;
      const random = (below: number): number => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        return state % below;
      };
      const outcomes = new Set<string>();
      // Each one that traps costs the start of another reader, so that the default run takes a few; a long run takes many.
      const rounds = process.env['ARTIFICER_LONG_TESTS'] ? 200 : 10;
      for (let round = 0; round < rounds; round++) {
        const bytes = Uint8Array.from(whole);
        for (let change = 0; change <= round % 8; change++) bytes[400 + random(bytes.length - 400)] = 32 + random(95);
        const outcome = await kernel
          .import(
            { bytes, fileName: 'fuzz.step', tessellate: false, limits: { seconds: 20 } },
            watchedContext().context,
          )
          .then(
            () => 'read',
            (error: { data?: { category: string } }) => error.data?.category ?? String(error),
          );
        outcomes.add(outcome);
      }
      expect([...outcomes].filter((outcome) => outcome !== 'read' && outcome !== 'refused')).toEqual([]);
    },
    30_000 + 30_000 * FUZZ_ROUNDS,
  );
});

describe('files that cannot be read', () => {
  it('are told apart by their content', async () => {
    const parasolid = new TextEncoder().encode(
      '**ABCDEFGHIJKLMNOPQRSTUVWXYZ**\n**PARASOLID !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~0123456789**\n**PART1;\n',
    );
    const error = await errorOf(kernel.import({ bytes: parasolid, fileName: 'part.stp' }, watchedContext().context));
    expect(error).toMatchObject({
      code: 'import.unsupported-format',
      category: 'refused',
      message: expect.stringContaining('Parasolid'),
    });
  });
  it('because they are too large are refused before they are looked at', async () => {
    expect(await errorOf(read('step/hole_model.stp', { limits: { fileBytes: 1000 } }))).toMatchObject({
      code: 'import.too-large',
      category: 'refused',
    });
  });
});

describe('healing', () => {
  it('says what it changed, and keeps the shape', async () => {
    const model = await read('iges/single_rounded_cube.iges', { heal: true });
    const area = model.parts.reduce((sum, part) => sum + part.bodies.reduce((s, b) => s + b.info.mass.area_mm2, 0), 0);
    expect(area).toBeCloseTo(14_581.53, 0);
    expect(Array.isArray(model.healing)).toBe(true);
  });
  it('turns what is open or inside out into what it should be, where it can', async () => {
    const model = await read('nasty/open_solid.brep', { heal: true });
    expect(model.healing.join(' ')).toMatch(/open_solid/);
  });
  it('keeps the colours of faces', async () => {
    const healed = await read('step/red_cube_blue_cylinder.step', { heal: true });
    const colours = healed.parts.flatMap((part) =>
      part.bodies.flatMap((body) => body.info.faces.map((face) => face.colour)),
    );
    expect(colours.filter(Boolean)).toHaveLength(9);
  });
});

describe('mesh files', () => {
  it('become mesh bodies', async () => {
    const corners = [
      [0, 0, 0],
      [10, 0, 0],
      [0, 10, 0],
      [0, 0, 10],
    ];
    const facets = [
      [0, 2, 1],
      [0, 1, 3],
      [1, 2, 3],
      [0, 3, 2],
    ].map(
      (f) =>
        `facet normal 0 0 0\nouter loop\n${f.map((v) => `vertex ${corners[v]!.join(' ')}`).join('\n')}\nendloop\nendfacet`,
    );
    const bytes = new TextEncoder().encode(`solid tetra\n${facets.join('\n')}\nendsolid tetra\n`);
    const model = await kernel.import({ bytes, fileName: 'tetra.stl' }, watchedContext().context);
    const { info, brep, tessellation } = model.parts[0]!.bodies[0]!;
    expect(info).toMatchObject({ kind: 'mesh', closed: true, triangles: 4 });
    expect(info.mass.volume_mm3).toBeCloseTo(1000 / 6, 6);
    expect(brep).toBeUndefined();
    expect(quality(tessellation)).toBe('fine');
  });
});
