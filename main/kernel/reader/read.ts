/** Reads a STEP, IGES or BREP file into parts, instances and bodies. */
import { ArtificerError } from '../../../preload/contract/errors.ts';
import { IDENTITY_TRANSFORM } from '../../../preload/contract/geometry.ts';
import { PoisonedError, refused } from '../errors.ts';
import { type PreparedStep, prepareStep, type StepScan, scanBrep, scanIges } from '../formats/index.ts';
import type { Warning } from '../port.ts';
import { type Own, scoped } from '../scope.ts';
import type { Report } from '../workers/protocol.ts';
import type { Bindings, Document, Reader } from './bindings.ts';
import { bytesOf, takeApart } from './bodies.ts';
import { newDocument, withFile } from './document.ts';
import { heal } from './healing.ts';
import type { ReadModel } from './model.ts';
import type { ReadingKernel } from './occt.ts';
import { checkTree } from './step-tree.ts';
import { type Structure, structureOf } from './structure.ts';

export interface ReadArgument {
  format: 'step' | 'iges' | 'brep';
  bytes: Uint8Array;
  fileName: string;
  heal: boolean;
}

export function read(kernel: ReadingKernel, argument: ReadArgument, report: Report): ReadModel {
  kernel.takeMessages();
  report('Reading');
  const model = READERS[argument.format](kernel, argument, report);
  if (model.parts.length === 0) {
    const cause = kernel.takeMessages().join('\n');
    throw refused(
      'import.no-geometry',
      `${JSON.stringify(argument.fileName)} was read, but no geometry came out of it.`,
      'The file may hold only drawings, tessellated shapes or references to other files. Export solids or surfaces.',
      cause === '' ? undefined : cause,
    );
  }
  return model;
}

const READERS = { step: readStep, iges: readIges, brep: readBrepFile };

const EMPTY = { pmi: { dimensions: 0, tolerances: 0, datums: 0, texts: [] }, layers: [], colours: 0 };

function readStep(kernel: ReadingKernel, argument: ReadArgument, report: Report): ReadModel {
  const started = performance.now();
  const { bytes, restoreName, scan } = prepareStep(argument.bytes);
  if (scan.fatal) throw new ArtificerError(scan.fatal);
  checkTree(bytes);
  try {
    return transferStep(kernel, argument, report, { bytes, restoreName, scan }, started);
  } catch (thrown) {
    if (thrown instanceof ArtificerError || scan.dangling.count === 0) throw thrown;
    throw danglingReferences(scan, thrown);
  }
}

/** What the kernel stumbled over, which it cannot say itself. */
function danglingReferences({ dangling }: StepScan, thrown: unknown): PoisonedError {
  const { id, line } = dangling.first[0]!;
  const count =
    dangling.count === 1 ? 'an entity that it does not hold' : `${dangling.count} entities that it does not hold`;
  return new PoisonedError({
    code: 'import.corrupt',
    category: 'refused',
    message: `The STEP file refers to ${count} (#${id} in line ${line}), and cannot be read without.`,
    hint: 'Export the file again from the system it came from.',
    cause: `line ${line}, entity #${id}: ${thrown instanceof Error ? thrown.message : 'refused by the kernel'}`,
  });
}

function transferStep(
  kernel: ReadingKernel,
  argument: ReadArgument,
  report: Report,
  { bytes, restoreName, scan }: PreparedStep,
  started: number,
): ReadModel {
  const { oc } = kernel;
  return scoped((own) => {
    const reader = own(new oc.STEPCAFControl_Reader_1());
    // Names of faces and bodies, which the kernel does not keep by default. The parameter exists after the first reader.
    oc.Interface_Static.SetIVal('read.stepcaf.subshapes.name', 1);
    reader.SetColorMode(true);
    reader.SetNameMode(true);
    reader.SetLayerMode(true);
    reader.SetPropsMode(false);
    // Found in the text already, and the kernel's reading of them fails on some files.
    reader.SetGDTMode(false);
    reader.SetMatMode(false);
    reader.SetViewMode(false);
    withFile(oc, '/input.stp', bytes, () => load(kernel, reader, '/input.stp', 'STEP'));
    const loaded = performance.now();
    report('Transferring');
    const { document, handle } = newDocument(oc, own);
    const done = reader.Transfer_1(handle, own(new oc.Message_ProgressRange_1()));
    const transferred = performance.now();
    const healing: string[] | undefined = argument.heal ? [] : undefined;
    const structure = done
      ? structureOf(oc, document, { restoreName, healing, report })
      : { parts: [], instances: [], scaled: 0 };
    return {
      format: 'step',
      schema: scan.schema,
      originatingSystem: scan.originatingSystem,
      lengthUnit: scan.lengthUnit,
      ...partsAndWarnings(structure, scan.warnings),
      pmi: {
        dimensions: scan.pmi.dimensions,
        tolerances: scan.pmi.tolerances,
        datums: scan.pmi.datums,
        texts: scan.pmi.texts,
      },
      layers: scan.layers,
      colours: countColours(oc, own, document),
      healing: healing ?? [],
      seconds: { read: (loaded - started) / 1000, transfer: (transferred - loaded) / 1000 },
    };
  });
}

function readIges(kernel: ReadingKernel, argument: ReadArgument, report: Report): ReadModel {
  const { oc } = kernel;
  const started = performance.now();
  const scan = scanIges(argument.bytes);
  if (scan.fatal) throw new ArtificerError(scan.fatal);
  return scoped((own) => {
    const reader = own(new oc.IGESCAFControl_Reader_1());
    reader.SetColorMode(true);
    reader.SetNameMode(true);
    reader.SetLayerMode(true);
    withFile(oc, '/input.igs', argument.bytes, () => load(kernel, reader, '/input.igs', 'IGES'));
    const loaded = performance.now();
    report('Transferring');
    const { document, handle } = newDocument(oc, own);
    const done = reader.Transfer(handle, own(new oc.Message_ProgressRange_1()));
    const transferred = performance.now();
    const healing: string[] | undefined = argument.heal ? [] : undefined;
    const structure = done
      ? structureOf(oc, document, { restoreName: (name) => name, healing, report })
      : { parts: [], instances: [], scaled: 0 };
    return {
      format: 'iges',
      schema: scan.schema,
      originatingSystem: scan.originatingSystem,
      lengthUnit: scan.lengthUnit,
      ...partsAndWarnings(structure, scan.warnings),
      ...EMPTY,
      layers: layersOf(structure),
      colours: countColours(oc, own, document),
      healing: healing ?? [],
      seconds: { read: (loaded - started) / 1000, transfer: (transferred - loaded) / 1000 },
    };
  });
}

function readBrepFile(kernel: ReadingKernel, argument: ReadArgument, report: Report): ReadModel {
  const { oc } = kernel;
  const started = performance.now();
  const scan = scanBrep(argument.bytes);
  if (scan.fatal) throw new ArtificerError(scan.fatal);
  return scoped((own) => {
    const shape = own(new oc.TopoDS_Shape());
    const progress = own(new oc.Message_ProgressRange_1());
    const done = withFile(oc, '/input.brep', argument.bytes, () =>
      scan.form === 'binary'
        ? oc.BinTools.Read_2(shape, '/input.brep', progress)
        : oc.BRepTools.Read_2(shape, '/input.brep', own(new oc.BRep_Builder()), progress),
    );
    if (!done || shape.IsNull())
      throw refused('import.corrupt', `${JSON.stringify(argument.fileName)} is not a whole BREP file.`);
    const loaded = performance.now();
    report('Transferring');
    const name = argument.fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'Part';
    const healing: string[] = [];
    const raw = takeApart(oc, own, shape);
    const bodies = raw.map((body, index) => {
      const bodyName = raw.length === 1 ? name : `${name} ${index + 1}`;
      const healed = argument.heal ? heal(oc, own, body, bodyName, healing).body : body;
      return { name: bodyName, brep: bytesOf(oc, healed.shape), faces: [] };
    });
    return {
      format: 'brep',
      schema: `BREP ${scan.version}`,
      originatingSystem: 'Open CASCADE',
      lengthUnit: 'mm',
      parts: bodies.length > 0 ? [{ key: '1', name, bodies }] : [],
      instances: [{ key: '1', parentKey: null, partKey: '1', name, transform: IDENTITY_TRANSFORM }],
      warnings: scan.warnings,
      ...EMPTY,
      healing,
      seconds: { read: (loaded - started) / 1000, transfer: (performance.now() - loaded) / 1000 },
    };
  });
}

function load(kernel: ReadingKernel, reader: Reader, path: string, label: string): void {
  const status = reader.ReadFile(path);
  if (status === kernel.oc.IFSelect_ReturnStatus.IFSelect_RetDone) return;
  const cause = kernel.takeMessages().join('\n');
  throw refused(
    'import.corrupt',
    `The kernel cannot read this ${label} file: it is damaged or is something else.`,
    'Export the file again from the system it came from.',
    cause === '' ? undefined : cause,
  );
}

function partsAndWarnings({ parts, instances, scaled }: Structure, warnings: Warning[]) {
  const all = [...warnings];
  if (scaled > 0)
    all.push({
      code: 'import.scaled-instances',
      message: `${scaled} instances are placed with a scale; they are drawn so, but cannot be moved as rigid parts.`,
    });
  return { parts, instances, warnings: all };
}

const layersOf = ({ parts }: Structure): string[] => [
  ...new Set(
    parts
      .flatMap((part) => [part, ...part.bodies, ...part.bodies.flatMap((body) => body.faces)])
      .flatMap(({ layer }) => layer ?? []),
  ),
];

function countColours(oc: Bindings, own: Own, document: Document): number {
  const labels = own(new oc.TDF_LabelSequence_1());
  own(oc.XCAFDoc_DocumentTool.ColorTool(own(document.Main())))
    .get()
    .GetColors(labels);
  return labels.Length();
}
