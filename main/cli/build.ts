/** `artificer build part.ts`: a part script to a file of its bodies, with other values for its variables. */
import { parseArgs } from 'node:util';
import {
  ArtificerError,
  type BoundingBox,
  IDENTITY_TRANSFORM,
  type JobContext,
  type VariableValue,
} from '../../preload/contract/index.ts';
import { readInputFile, writeFileAtomically } from '../host/index.ts';
import { createKernel, type EvaluatedPart, type Kernel, type WritableFormat } from '../kernel/index.ts';
import { disposePartScripts, readSamplePart, resolveScriptedPart, runPartScript } from '../scripting/index.ts';
import { formatOfEnding } from './convert.ts';
import { type Command, terminalContext, usageError } from './output.ts';
import { type BuiltPart, buildPart, checkSettings, isFailed, parseSettings, variableInWords } from './scripted-part.ts';

const MESH_FORMATS: readonly WritableFormat[] = ['stl', 'obj', 'ply', '3mf', 'gltf', 'glb'];

export const build: Command = {
  name: 'build',
  usage: 'build PART.ts [--set NAME=VALUE]... [--out FILE] [--schema AP242] [--deflection 0.1]',
  summary: 'makes the part that a script describes',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        set: { type: 'string', multiple: true },
        out: { type: 'string' },
        schema: { type: 'string' },
        deflection: { type: 'string' },
        sample: { type: 'string' },
      },
    });
    const [path] = positionals;
    if ((path === undefined) === (values.sample === undefined) || positionals.length > 1)
      throw usageError('`build` takes one part script.', `artificer ${build.usage}`);
    const format = values.out === undefined ? undefined : formatOfEnding(values.out);
    const deflection_mm = values.deflection === undefined ? undefined : Number(values.deflection);
    if (deflection_mm !== undefined && !(deflection_mm > 0))
      throw usageError('--deflection takes a length in mm above zero.');
    const schema = (['AP203', 'AP214', 'AP242'] as const).find((known) => known === values.schema?.toUpperCase());
    if (values.schema !== undefined && !schema) throw usageError('--schema is one of AP203, AP214, AP242.');
    const settings = parseSettings(values.set ?? []);
    const context = terminalContext(io);
    const script = path === undefined ? await readSamplePart(values.sample!) : await readScript(path);
    const kernel = createKernel();
    try {
      // Run once as it is, to know what may be set and to what.
      const usual = await runPartScript(script, context);
      checkSettings(settings, resolveScriptedPart(usual).variables);
      const want = { brep: true, info: 'describe' as const, tessellation: 'none' as const };
      const built = await buildPart(kernel, { ...script, values: settings }, want, context);
      refuseFailures(built);
      const file =
        values.out !== undefined && format
          ? await write(kernel, built, { path: values.out, format, schema, deflection_mm }, context)
          : undefined;
      const data = { script: script.fileName, ...summaryOf(built), ...(file ? { out: file } : {}) };
      return { data, text: inWords(built, file?.file), exitCode: data.valid ? 0 : 4 };
    } finally {
      disposePartScripts();
      await kernel.dispose();
    }
  },
};

async function readScript(path: string): Promise<{ source: string; fileName: string }> {
  const { bytes, fileName } = await readInputFile(path);
  return { source: new TextDecoder().decode(bytes), fileName };
}

/** The first step that failed is the error; nothing is written then. */
function refuseFailures({ evaluated, scripted }: BuiltPart): void {
  const failed = evaluated.outcomes.filter(isFailed);
  const first = failed.find(({ state }) => state === 'failed') ?? failed[0];
  if (!first) return;
  const error = first.error;
  throw new ArtificerError({
    code: error?.code ?? 'feature.failed',
    category: 'refused',
    message: `The step "${first.name}" of ${scripted.name} can't be made: ${error?.message ?? 'it failed.'}`,
    ...(error?.cause ? { cause: error.cause } : {}),
    ...(error?.hint ? { hint: error.hint } : {}),
    details: { outcomes: outcomesOf(evaluated) },
  });
}

interface Target {
  path: string;
  format: WritableFormat;
  schema: 'AP203' | 'AP214' | 'AP242' | undefined;
  deflection_mm: number | undefined;
}

async function write(
  kernel: Kernel,
  { scripted, evaluated }: BuiltPart,
  { path, format, schema, deflection_mm }: Target,
  context: JobContext,
): Promise<{ file: string; format: string; bytes: number; warnings: unknown[] }> {
  const bodies = [];
  for (const [index, { brep, info }] of evaluated.bodies.entries()) {
    const name = evaluated.bodies.length > 1 ? `${scripted.name} ${index + 1}` : scripted.name;
    const size = diagonalOf(info!.box);
    const accuracy = { linearDeflection_mm: deflection_mm ?? size / 2000, angularDeflection_rad: 0.2 };
    const tessellation = MESH_FORMATS.includes(format)
      ? { tessellation: await kernel.tessellate(brep!, accuracy, context) }
      : {};
    bodies.push({ name, brep: brep!, ...tessellation });
  }
  const answer = await kernel.export(
    {
      format,
      parts: [{ key: 'part', name: scripted.name, bodies }],
      instances: [
        { key: 'instance', parentKey: null, partKey: 'part', name: scripted.name, transform: IDENTITY_TRANSFORM },
      ],
      ...(schema ? { schema } : {}),
      ...(deflection_mm ? { deflection_mm } : {}),
    },
    context,
  );
  await writeFileAtomically(path, answer.bytes);
  return { file: path, format, bytes: answer.bytes.length, warnings: answer.warnings };
}

const diagonalOf = ({ min, max }: BoundingBox): number => Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]);

const outcomesOf = ({ outcomes }: EvaluatedPart) =>
  outcomes.map(({ id, name, state, seconds, warnings, error }) => ({
    id,
    name,
    state,
    seconds,
    warnings,
    ...(error ? { error } : {}),
  }));

const UNIT_KEYS = { length: '_mm', angle: '_rad', number: '' } as const;

function variableData({ name, dimension, expression, value, minimum, maximum, note }: VariableValue) {
  const unit = UNIT_KEYS[dimension];
  return {
    name,
    dimension,
    expression,
    [`value${unit}`]: value,
    ...(minimum === undefined ? {} : { [`minimum${unit}`]: minimum }),
    ...(maximum === undefined ? {} : { [`maximum${unit}`]: maximum }),
    ...(note === undefined ? {} : { note }),
  };
}

function summaryOf({ scripted, variables, evaluated, seconds }: BuiltPart) {
  const bodies = evaluated.bodies.map(({ name, info, volume_mm3, valid }) => ({
    name,
    volume_mm3,
    area_mm2: info!.mass.area_mm2,
    centroid_mm: info!.mass.centroid_mm,
    bounding_box_mm: info!.box,
    faces: info!.faces.length,
    edges: info!.edges.length,
    valid,
  }));
  return {
    name: scripted.name,
    ...(scripted.about === undefined ? {} : { about: scripted.about }),
    ...(scripted.material === undefined ? {} : { material: scripted.material }),
    volume_mm3: bodies.reduce((sum, { volume_mm3 }) => sum + volume_mm3, 0),
    valid: bodies.length > 0 && bodies.every(({ valid }) => valid),
    bodies,
    variables: variables.map(variableData),
    outcomes: outcomesOf(evaluated),
    warnings: evaluated.outcomes.flatMap(({ warnings }) => warnings),
    seconds: { ...seconds, ...evaluated.seconds },
  };
}

function inWords(built: BuiltPart, file: string | undefined): string {
  const { name, volume_mm3, valid, bodies, warnings } = summaryOf(built);
  return [
    `${name}: ${bodies.length} ${bodies.length === 1 ? 'body' : 'bodies'}, ${volume_mm3.toPrecision(6)} mm^3, ${valid ? 'valid' : 'NOT VALID'}`,
    ...built.variables.map((each) => `  ${variableInWords(each)}`),
    ...warnings.map(({ message }) => `warning: ${message}`),
    ...(file === undefined ? [] : [file]),
  ].join('\n');
}
