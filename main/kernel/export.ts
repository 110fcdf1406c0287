/** One export: chooses who writes the format, and brings the bodies into the form that it takes. */
import type { JobContext } from '../../preload/contract/jobs.ts';
import { worldTransforms } from './assembly.ts';
import { usage } from './errors.ts';
import { MESH_FORMATS, type MeshFormat } from './formats/index.ts';
import type { Crews } from './import.ts';
import { MODELLER_LIMITS } from './limits.ts';
import type { MeshExportArgument } from './modeller/mesh-export.ts';
import type { TessellateArgument } from './modeller/operations.ts';
import type { ProjectArgument } from './modeller/projection.ts';
import type { StepExportArgument } from './modeller/step-export.ts';
import type { ExportBody, ExportPart, ExportRequest, Warning } from './port.ts';
import type { IgesExportArgument } from './reader/write-iges.ts';

export interface Exported {
  bytes: Uint8Array;
  warnings: Warning[];
}

export async function exportModel(crews: Crews, request: ExportRequest, context: JobContext): Promise<Exported> {
  const { format, instances } = request;
  const run = { ...MODELLER_LIMITS, signal: context.signal };
  const warnings: Warning[] = [];
  checkReferences(request);
  context.progress('Writing', null);

  if ((MESH_FORMATS as readonly string[]).includes(format)) {
    const parts = await tessellated(crews, request, context);
    const argument: MeshExportArgument = { format: format as MeshFormat, parts, instances };
    return { bytes: await crews.modellers.run<Uint8Array>('writeMesh', argument, run), warnings };
  }

  const parts = exactOnly(request.parts, warnings, format);
  if (format === 'step') {
    const argument: StepExportArgument = { schema: request.schema ?? 'AP214', parts, instances: keep(request, parts) };
    return { bytes: await crews.modellers.run<Uint8Array>('exportStep', argument, run), warnings };
  }
  const bodies = placedBodies(request, parts);
  if (format === 'brep')
    return { bytes: await crews.modellers.run<Uint8Array>('exportBrep', { bodies }, run), warnings };
  if (format === 'iges') {
    if (instances.some((instance) => instance.parentKey !== null))
      warnings.push({
        code: 'export.flattened',
        message: 'IGES has no assemblies: every instance was written as a body of its own.',
      });
    if (bodies.some(({ name }) => /[^ -~]/.test(name)))
      warnings.push({
        code: 'export.names-changed',
        message: 'IGES names are ASCII: other characters were written as "_".',
      });
    const argument: IgesExportArgument = { bodies };
    return { bytes: await crews.reader.run<Uint8Array>('exportIges', argument, run), warnings };
  }
  const argument: ProjectArgument = {
    format: format as 'dxf' | 'svg',
    view: request.view ?? 'iso',
    title: instances[0]?.name ?? parts[0]?.name ?? '',
    shapes: bodies,
    ...(request.deflection_mm === undefined ? {} : { deflection_mm: request.deflection_mm }),
  };
  return { bytes: await crews.modellers.run<Uint8Array>('project', argument, run), warnings };
}

function checkReferences({ parts, instances }: ExportRequest): void {
  const parents = new Set<string | null>([null]);
  const keys = new Set(parts.map((part) => part.key));
  for (const { key, parentKey, partKey, name } of instances) {
    if (!parents.has(parentKey))
      throw usage('export.structure', `${JSON.stringify(name)} stands before its parent, or has none.`);
    if (partKey !== null && !keys.has(partKey))
      throw usage('export.structure', `${JSON.stringify(name)} is an instance of a part that is not there.`);
    parents.add(key);
  }
}

type ExactPart = Omit<ExportPart, 'bodies'> & { bodies: (ExportBody & { brep: Uint8Array })[] };

/** Bodies made of triangles have no exact shape: they are left out of exact formats, and that is said. */
function exactOnly(parts: ExportPart[], warnings: Warning[], format: string): ExactPart[] {
  const left: string[] = [];
  const exact = parts.map((part) => ({
    ...part,
    bodies: part.bodies.filter((body): body is ExportBody & { brep: Uint8Array } => {
      if (!body.brep) left.push(body.name);
      return body.brep !== undefined;
    }),
  }));
  const whole = exact.filter((part) => part.bodies.length > 0);
  if (whole.length === 0)
    throw usage(
      'export.no-exact-bodies',
      `There is nothing that ${format.toUpperCase()} can hold: no body has an exact shape.`,
      'Meshes can be exported as STL, OBJ, PLY, 3MF or glTF.',
    );
  if (left.length > 0)
    warnings.push({
      code: 'export.meshes-left-out',
      message: `${left.length} mesh bodies were left out, because ${format.toUpperCase()} holds exact shapes only (first: ${JSON.stringify(left[0])}).`,
    });
  return whole;
}

/** Without the instances of parts that were left out. */
function keep({ instances }: ExportRequest, parts: ExactPart[]): ExportRequest['instances'] {
  const keys = new Set(parts.map((part) => part.key));
  return instances.filter(({ partKey }) => partKey === null || keys.has(partKey));
}

function placedBodies({ instances }: ExportRequest, parts: ExactPart[]): IgesExportArgument['bodies'] {
  const byKey = new Map(parts.map((part) => [part.key, part]));
  const world = worldTransforms(instances);
  return instances.flatMap((instance) => {
    const part = instance.partKey === null ? undefined : byKey.get(instance.partKey);
    return (part?.bodies ?? []).map(({ name, colour, faceColours, brep }) => {
      const shown = colour ?? instance.colour;
      return {
        name: part!.bodies.length === 1 ? instance.name : `${instance.name} ${name}`,
        ...(shown ? { colour: shown } : {}),
        ...(faceColours ? { faceColours } : {}),
        brep,
        transform: world.get(instance.key)!,
      };
    });
  });
}

/** Every body with triangles: those it has, or new ones where another deflection is wanted. */
async function tessellated(
  { modellers }: Crews,
  { parts, deflection_mm }: ExportRequest,
  context: JobContext,
): Promise<MeshExportArgument['parts']> {
  const total = parts.reduce((sum, part) => sum + part.bodies.length, 0);
  let done = 0;
  const triangles = async ({ name, brep, tessellation }: ExportBody): Promise<Uint8Array> => {
    if (tessellation && (!brep || deflection_mm === undefined)) return tessellation;
    if (!brep) throw usage('export.no-geometry', `${JSON.stringify(name)} has neither a shape nor triangles.`);
    const argument: TessellateArgument = {
      brep,
      quality: 'fine',
      ...(deflection_mm === undefined ? {} : { deflection: { linearDeflection_mm: deflection_mm } }),
    };
    const bundle = await modellers.run<Uint8Array>('tessellate', argument, {
      ...MODELLER_LIMITS,
      signal: context.signal,
    });
    context.progress('Fine tessellation', ++done / total);
    return bundle;
  };
  return Promise.all(
    parts.map(async ({ key, name, bodies }) => ({
      key,
      name,
      bodies: await Promise.all(
        bodies.map(async (body) => {
          const { brep: _brep, ...rest } = body;
          return { ...rest, tessellation: await triangles(body) };
        }),
      ),
    })),
  );
}
