/** `artificer convert IN OUT`: by the endings. */
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { ArtificerError } from '../../preload/contract/index.ts';
import { readInputFile, writeFileAtomically } from '../host/index.ts';
import {
  createKernel,
  type ExportRequest,
  type ImportedModel,
  WRITABLE_FORMATS,
  type WritableFormat,
} from '../kernel/index.ts';
import { type Command, terminalContext, usageError } from './output.ts';

const ENDINGS: Record<string, WritableFormat> = { stp: 'step', p21: 'step', igs: 'iges', brp: 'brep' };
const VIEWS = ['iso', 'front', 'back', 'left', 'right', 'top', 'bottom'] as const;
const SCHEMAS = ['AP203', 'AP214', 'AP242'] as const;

/** The format that a file's ending asks for. */
export function formatOfEnding(path: string): WritableFormat {
  const ending = extname(path).slice(1).toLowerCase();
  const format = ENDINGS[ending] ?? WRITABLE_FORMATS.find((known) => known === ending);
  if (!format)
    throw usageError(
      `Nothing can be written as .${ending || '(no ending)'}.`,
      `Use one of: ${WRITABLE_FORMATS.join(', ')}.`,
    );
  return format;
}

/** The same model, as the export operation takes it. */
export function exportRequestOf(model: ImportedModel, format: WritableFormat): ExportRequest {
  return {
    format,
    instances: model.instances,
    parts: model.parts.map((part) => ({
      key: part.key,
      name: part.name,
      bodies: part.bodies.map((body) => {
        const colour = body.info.colour ?? part.colour;
        return {
          name: body.info.name,
          ...(colour ? { colour } : {}),
          faceColours: body.info.faces.map((face) => face.colour ?? null),
          ...(body.brep ? { brep: body.brep } : {}),
          ...(body.tessellation ? { tessellation: body.tessellation } : {}),
        };
      }),
    })),
  };
}

export const convert: Command = {
  name: 'convert',
  usage: 'convert IN OUT [--deflection 0.1] [--schema AP242] [--view iso]',
  summary: 'converts between formats by the endings',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        deflection: { type: 'string' },
        schema: { type: 'string' },
        view: { type: 'string' },
        heal: { type: 'boolean' },
      },
    });
    const [input, output] = positionals;
    if (!input || !output || positionals.length > 2)
      throw usageError('`convert` takes an input and an output file.', convert.usage);
    const format = formatOfEnding(output);
    const deflection_mm = values.deflection === undefined ? undefined : Number(values.deflection);
    if (deflection_mm !== undefined && !(deflection_mm > 0))
      throw usageError('--deflection takes a length in mm above zero.');
    const schema = SCHEMAS.find((known) => known === values.schema?.toUpperCase());
    if (values.schema !== undefined && !schema) throw usageError(`--schema is one of ${SCHEMAS.join(', ')}.`);
    const view = VIEWS.find((known) => known === values.view);
    if (values.view !== undefined && !view) throw usageError(`--view is one of ${VIEWS.join(', ')}.`);
    const { bytes, fileName } = await readInputFile(input);
    const kernel = createKernel();
    try {
      const started = performance.now();
      const needsTriangles = ['stl', 'obj', 'ply', '3mf', 'gltf', 'glb'].includes(format);
      const model = await kernel.import(
        {
          bytes,
          fileName,
          tessellate: needsTriangles,
          heal: values.heal ?? false,
          ...(deflection_mm ? { deflection_mm } : {}),
        },
        terminalContext(io),
      );
      const answer = await kernel.export(
        {
          ...exportRequestOf(model, format),
          ...(deflection_mm ? { deflection_mm } : {}),
          ...(schema ? { schema } : {}),
          ...(view ? { view } : {}),
        },
        terminalContext(io),
      );
      if (io.signal.aborted)
        throw new ArtificerError({ code: 'cancelled', category: 'cancelled', message: 'Cancelled.' });
      await writeFileAtomically(output, answer.bytes);
      const data = {
        file: output,
        format,
        bytes: answer.bytes.length,
        warnings: [...model.warnings, ...answer.warnings],
        seconds: (performance.now() - started) / 1000,
      };
      return {
        data,
        text: [`${output}: ${answer.bytes.length} bytes`, ...data.warnings.map((w) => `warning: ${w.message}`)].join(
          '\n',
        ),
      };
    } finally {
      await kernel.dispose();
    }
  },
};
