/** What goes out comes back: shapes, names, colours and structure. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../preload/contract/jobs.ts';
import { sumsOf } from '../../tests/corpus/corpus.ts';
import { BLOCK_WITH_HOLE, BOX, errorOf, exportParts } from './fixtures.ts';
import { createKernel, type ExportRequest, type ImportedModel, type PrimitiveShape } from './index.ts';

const kernel = createKernel({ modellers: 1 });
afterAll(() => kernel.dispose());
const context = silentContext();
const corpus = join(import.meta.dirname, '../../tests/corpus/files');
const read = (path: string): Promise<ImportedModel> =>
  kernel.import({ bytes: readFileSync(join(corpus, path)), fileName: path }, context);

async function roundTrip(model: ImportedModel, more: Omit<ExportRequest, 'parts' | 'instances'>) {
  const { bytes, warnings } = await kernel.export(
    { parts: exportParts(model), instances: model.instances, ...more },
    context,
  );
  return { bytes, warnings, model: await kernel.import({ bytes, fileName: `again.${more.format}` }, context) };
}
const colourOfFaces = (model: ImportedModel): string[] =>
  model.parts.flatMap((part) =>
    part.bodies.flatMap(({ info }) =>
      info.faces.map((face) => (face.colour ?? info.colour ?? part.colour ?? []).map((c) => c.toFixed(3)).join()),
    ),
  );
const treeOf = ({ instances }: ImportedModel) =>
  instances.map(({ name, parentKey, transform }) => ({
    name,
    parent: instances.find((instance) => instance.key === parentKey)?.name,
    transform: transform.map((x) => Math.round(x * 1e6) / 1e6 + 0),
  }));

const assembly = await read('step/as1-oc-214.stp');
const coloured = await read('step/red_cube_blue_cylinder.step');
const japanese = await read('nasty/names_utf8_raw.step');

describe.each(['AP203', 'AP214', 'AP242'] as const)('STEP %s', (schema) => {
  it('keeps the tree, the names and what every part is made of', async () => {
    const again = (await roundTrip(assembly, { format: 'step', schema })).model;
    expect(again.schema).toBe(schema);
    expect(again.originatingSystem).toBe('Artificer');
    expect(sumsOf(again)).toEqual({
      ...sumsOf(assembly),
      volume_mm3: expect.closeTo(sumsOf(assembly).volume_mm3, 3),
      area_mm2: expect.closeTo(sumsOf(assembly).area_mm2, 3),
    });
    expect(again.parts.map((part) => part.name)).toEqual(assembly.parts.map((part) => part.name));
    expect(treeOf(again)).toEqual(treeOf(assembly));
    expect(colourOfFaces(again)).toEqual(colourOfFaces(assembly));
  });
  it('keeps the colours of single faces', async () => {
    const again = (await roundTrip(coloured, { format: 'step', schema })).model;
    expect(colourOfFaces(again)).toEqual(colourOfFaces(coloured));
  });
});

describe('STEP', () => {
  it('keeps names in any script', async () => {
    const again = (await roundTrip(japanese, { format: 'step' })).model;
    expect(again.names).toEqual(japanese.names);
    expect(again.names).toContain('歯車箱アセンブリ');
  });
  it('keeps several bodies of one part, each with its colour', async () => {
    const model = await kernel.primitives([BOX, BLOCK_WITH_HOLE], context);
    const bodies = exportParts(model).flatMap((part) => part.bodies);
    const parts = [{ key: 'p', name: 'pair', bodies: bodies.map((body, i) => ({ ...body, colour: [i, 0.5, 0] })) }];
    const instances = [{ ...model.instances[0]!, partKey: 'p', name: 'pair' }];
    const { bytes } = await kernel.export({ format: 'step', parts, instances }, context);
    const again = await kernel.import({ bytes, fileName: 'pair.step' }, context);
    expect(again.parts).toHaveLength(1);
    expect(again.parts[0]!.bodies.map(({ info }) => [info.name, info.faces.length, info.colour])).toEqual([
      ['box', 6, [0, 0.5, 0]],
      ['block', 7, [1, 0.5, 0]],
    ]);
  });
  it('keeps a part where it stands, also when it is there twice', async () => {
    const model = await kernel.primitives([BOX], context);
    const at = (key: string, x: number) => ({
      ...model.instances[0]!,
      key,
      name: `box ${key}`,
      transform: [0, -1, 0, x, 1, 0, 0, 0, 0, 0, 1, 0],
    });
    const instances = [at('a', 5), at('b', 50)];
    const { bytes } = await kernel.export({ format: 'step', parts: exportParts(model), instances }, context);
    const again = await kernel.import({ bytes, fileName: 'two.step' }, context);
    expect(again.parts).toHaveLength(1);
    const leaves = again.instances.filter((instance) => instance.partKey !== null);
    expect(leaves.map(({ name, transform }) => ({ name, transform }))).toEqual(
      instances.map(({ name, transform }) => ({ name, transform: transform.map((x) => expect.closeTo(x, 9)) })),
    );
  });
});

describe('IGES', () => {
  it('keeps solids where they stand, with names and colours, and says what it cannot keep', async () => {
    const { model: again, warnings } = await roundTrip(assembly, { format: 'iges' });
    expect(warnings.map((warning) => warning.code)).toEqual(['export.flattened']);
    const [was, is] = [sumsOf(assembly), sumsOf(again)];
    expect(is).toMatchObject({ solids: was.solids, faces: was.faces });
    expect(is.volume_mm3 / was.volume_mm3).toBeCloseTo(1, 6);
    expect(again.names).toEqual(expect.arrayContaining(['nut_1', 'l-bracket_1', 'plate_1']));
    expect(new Set(colourOfFaces(again))).toEqual(new Set(colourOfFaces(assembly)));
  });
});

describe('BREP', () => {
  it('keeps every instance in its place', async () => {
    const again = (await roundTrip(assembly, { format: 'brep' })).model;
    expect(sumsOf(again).volume_mm3).toBeCloseTo(sumsOf(assembly).volume_mm3, 6);
    expect(again.parts[0]!.bodies).toHaveLength(18);
  });
});

describe.each(['stl', 'obj', 'ply', '3mf', 'gltf', 'glb'] as const)('%s', (format) => {
  it('holds closed meshes of the right volume', async () => {
    const { model: again } = await roundTrip(assembly, { format });
    const bodies = again.parts.flatMap((part) => part.bodies);
    expect(bodies.every((body) => body.info.kind === 'mesh')).toBe(true);
    expect(bodies.every((body) => body.info.closed)).toBe(true);
    expect(sumsOf(again).volume_mm3 / sumsOf(assembly).volume_mm3).toBeCloseTo(1, 3);
  });
  it('is finer where a smaller deflection is asked for', async () => {
    const ball: PrimitiveShape = { sphere: { centre_mm: [0, 0, 0], radius_mm: 20 } };
    const model = await kernel.primitives([{ name: 'ball', shape: ball }], context);
    const triangles = async (deflection_mm: number) =>
      (await roundTrip(model, { format, deflection_mm })).model.parts[0]!.bodies[0]!.info.triangles!;
    expect(await triangles(0.02)).toBeGreaterThan(3 * (await triangles(0.5)));
  });
});

describe('views', () => {
  const text = async (format: 'svg' | 'dxf', view: ExportRequest['view']) => {
    const model = await kernel.primitives([BLOCK_WITH_HOLE], context);
    const request: ExportRequest = { format, parts: exportParts(model), instances: model.instances };
    const { bytes } = await kernel.export(view ? { ...request, view } : request, context);
    return new TextDecoder().decode(bytes);
  };
  it('are drawings in millimetres', async () => {
    expect(await text('svg', 'top')).toMatch(/^(<\?xml[^>]*>\s*)?<svg/);
    expect(await text('dxf', 'iso')).toMatch(/SECTION/);
  });
  it('differ with the side one looks from', async () => {
    const views = ['front', 'top', 'right', 'iso'] as const;
    expect(new Set(await Promise.all(views.map((view) => text('svg', view)))).size).toBe(4);
  });
});

describe('what cannot be written', () => {
  it('is said: meshes have no exact shape', async () => {
    const model = await kernel.primitives([BOX], context);
    const parts = exportParts(model).map((part) => ({
      ...part,
      bodies: part.bodies.map(({ brep: _brep, ...body }) => body),
    }));
    const error = await errorOf(kernel.export({ format: 'step', parts, instances: model.instances }, context));
    expect(error).toMatchObject({ code: 'export.no-exact-bodies', category: 'usage' });
  });
  it('is said: an instance of nothing', async () => {
    const model = await kernel.primitives([BOX], context);
    const instances = [{ ...model.instances[0]!, partKey: 'nowhere' }];
    const error = await errorOf(kernel.export({ format: 'stl', parts: exportParts(model), instances }, context));
    expect(error).toMatchObject({ code: 'export.structure', category: 'usage' });
  });
});
