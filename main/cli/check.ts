/** `artificer check FILE --process NAME`: whether and how the parts of a file, a script or a project can be made. */
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type AnyRecord,
  type Api,
  ArtificerError,
  type Client,
  type ManufacturingOptions,
  type ManufacturingReport,
  type Material,
  MOST_PIECES,
  type PartRecord,
  PROCESS_TITLES,
  PROCESSES,
  type Process,
} from '../../preload/contract/index.ts';
import { readInputFile } from '../host/index.ts';
import { createKernel, type Kernel, recogniseFeatures } from '../kernel/index.ts';
import { checkInWorker, type ManufacturingRequest, processNamed } from '../manufacture/index.ts';
import { materialByName } from '../physics/index.ts';
import { disposePartScripts, resolveScriptedPart, runPartScript } from '../scripting/index.ts';
import { waitForJob, withTemporaryEngine } from './engine-client.ts';
import { type Command, type CommandIo, terminalContext, usageError } from './output.ts';
import { buildPart, checkSettings, isFailed, parseSettings } from './scripted-part.ts';

interface Question {
  process: Process;
  quantity: number;
  /** Undefined where the file may say. */
  material: Material | undefined;
  options: ManufacturingOptions;
}

export const check: Command = {
  name: 'check',
  usage: `check FILE --process ${PROCESSES.join('|')} [--quantity N] [--material M] [--direction 0,0,1] [--part NAME] [--set NAME=VALUE]...`,
  summary: 'whether and how a part can be made: findings, stock, set-ups, time and cost',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        process: { type: 'string' },
        quantity: { type: 'string' },
        material: { type: 'string' },
        direction: { type: 'string' },
        part: { type: 'string' },
        set: { type: 'string', multiple: true },
      },
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1)
      throw usageError('`check` takes one file.', `artificer ${check.usage}`);
    if (values.process === undefined) throw usageError('Say the process with --process.', `artificer ${check.usage}`);
    const question: Question = {
      process: processNamed(values.process),
      quantity: quantityOf(values.quantity),
      material: values.material === undefined ? undefined : materialByName(values.material),
      options: values.direction === undefined ? {} : { direction: directionOf(values.direction) },
    };
    const ending = extname(path).toLowerCase();
    if (values.set && ending !== '.ts') throw usageError('--set is for part scripts.');
    const parts =
      ending === '.artificer'
        ? await checkProject(path, values.part, question, io)
        : await checkFile(path, values.part, values.set ?? [], question, io);
    const canBeMade = parts.every(({ report }) => report.canBeMade);
    return {
      data: {
        file: basename(path),
        process: question.process,
        quantity: question.quantity,
        can_be_made: canBeMade,
        parts: parts.map(asData),
      },
      text: parts.map(inWords).join('\n\n'),
      exitCode: canBeMade ? 0 : 4,
    };
  },
};

interface CheckedPart {
  name: string;
  report: ManufacturingReport;
}

function quantityOf(text: string | undefined): number {
  if (text === undefined) return 1;
  const quantity = Number(text);
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST_PIECES)
    throw usageError('--quantity takes a whole number of pieces, from 1 on.');
  return quantity;
}

function directionOf(text: string): [number, number, number] {
  const values = text.split(',').map(Number);
  if (values.length !== 3 || !values.every(Number.isFinite) || Math.hypot(...values) === 0)
    throw usageError('--direction takes three numbers, such as 0,0,1.');
  return values as [number, number, number];
}

/** Of a copy, so that looking leaves the project as it is. */
function checkProject(
  path: string,
  name: string | undefined,
  { process, quantity, material, options }: Question,
  io: CommandIo,
): Promise<CheckedPart[]> {
  return withTemporaryEngine({ front: 'Command line' }, async ({ client, dataFolder }) => {
    await client['project.open']({ path: resolve(path) });
    await client['project.saveAs']({ path: join(dataFolder, 'copy.artificer') });
    const checked: CheckedPart[] = [];
    for (const part of await partsOf(client, name)) {
      const { jobId } = await client['manufacture.check']({
        partId: part.id,
        process,
        quantity,
        ...(material ? { material } : {}),
        options,
      });
      checked.push({ name: part.name, report: (await waitForJob(client, jobId, io)) as ManufacturingReport });
    }
    return checked;
  });
}

async function partsOf(client: Client<Api>, name: string | undefined): Promise<PartRecord[]> {
  const { records } = await client['document.snapshot']({});
  const parts = records.filter((record: AnyRecord): record is PartRecord => record.type === 'part');
  return chosen(parts, name);
}

function chosen<Part extends { name: string }>(parts: readonly Part[], name: string | undefined): Part[] {
  const found = name === undefined ? [...parts] : parts.filter((part) => part.name === name);
  if (found.length === 0)
    throw usageError(
      name === undefined ? 'There is no part in it.' : `There is no part "${name}".`,
      `There are: ${parts.map((part) => part.name).join(', ') || 'none'}.`,
    );
  return found;
}

async function checkFile(
  path: string,
  name: string | undefined,
  settings: readonly string[],
  question: Question,
  io: CommandIo,
): Promise<CheckedPart[]> {
  const { bytes, fileName } = await readInputFile(path);
  const context = terminalContext(io);
  const kernel = createKernel();
  try {
    const parts = fileName.toLowerCase().endsWith('.ts')
      ? [await scripted(kernel, new TextDecoder().decode(bytes), fileName, settings, question, io)]
      : await imported(kernel, bytes, fileName, io);
    const checked: CheckedPart[] = [];
    for (const { name: called, bodies, material } of chosen(parts, name)) {
      const { process, quantity, options } = question;
      const used = question.material ?? material;
      checked.push({
        name: called,
        report: await checkInWorker(
          { bodies, process, quantity, options, ...(used ? { material: used } : {}) },
          context,
        ),
      });
    }
    return checked;
  } finally {
    disposePartScripts();
    await kernel.dispose();
  }
}

interface ReadPart {
  name: string;
  bodies: ManufacturingRequest['bodies'];
  material?: Material;
}

async function scripted(
  kernel: Kernel,
  source: string,
  fileName: string,
  settings: readonly string[],
  question: Question,
  io: CommandIo,
): Promise<ReadPart> {
  const context = terminalContext(io);
  const values = parseSettings(settings);
  const usual = await runPartScript({ source, fileName }, context);
  checkSettings(values, resolveScriptedPart(usual).variables);
  const want = { info: 'describe', tessellation: 'fine' } as const;
  const built = await buildPart(kernel, { source, fileName, values }, want, context);
  const failed = built.evaluated.outcomes.find(isFailed);
  if (failed)
    throw new ArtificerError({
      code: failed.error?.code ?? 'feature.failed',
      category: 'refused',
      message: `The step "${failed.name}" can't be made: ${failed.error?.message ?? 'it failed.'}`,
      ...(failed.error?.hint ? { hint: failed.error.hint } : {}),
    });
  const { name, material } = built.scripted;
  return {
    name,
    bodies: built.evaluated.bodies.map(({ info, tessellation }, index) => ({
      info: info!,
      tessellation: tessellation!,
      features: recogniseFeatures(info!, index).features,
    })),
    ...(material !== undefined && !question.material ? { material: materialByName(material) } : {}),
  };
}

async function imported(kernel: Kernel, bytes: Uint8Array, fileName: string, io: CommandIo): Promise<ReadPart[]> {
  const { parts } = await kernel.import({ bytes, fileName }, terminalContext(io));
  return parts.map((part) => ({
    name: part.name,
    bodies: part.bodies.map(({ info, tessellation }, index) => ({
      info,
      tessellation: tessellation!,
      features: recogniseFeatures(info, index).features,
    })),
  }));
}

const UNIT_KEYS = { mm: '_mm', deg: '_deg', '1': '' } as const;

function asData({ name, report }: CheckedPart) {
  const { plan } = report;
  return {
    name,
    material: report.material,
    material_class: report.materialClass,
    can_be_made: report.canBeMade,
    findings: report.findings.map(({ measured, limit, unit, sense, at_mm, fixes, ...finding }) => ({
      ...finding,
      at_mm,
      [`measured${UNIT_KEYS[unit]}`]: measured,
      [`limit${UNIT_KEYS[unit]}`]: limit,
      sense,
      fixes,
    })),
    rules: report.rules,
    plan: {
      stock: plan.stock,
      set_ups: plan.setUps.map(({ words, direction, faces, operations, setUpMinutes, minutesPerPiece }) => ({
        words,
        direction,
        faces,
        operations,
        set_up_minutes: setUpMinutes,
        minutes_per_piece: minutesPerPiece,
      })),
      once_minutes: plan.time.onceMinutes,
      minutes_per_piece: plan.time.minutesPerPiece,
      lot_hours: plan.time.lotHours,
      [`cost_per_piece_${plan.cost.currency}`]: plan.cost.perPiece,
      [`cost_of_lot_${plan.cost.currency}`]: plan.cost.lot,
      cost_items: plan.cost.items,
      assumptions: plan.assumptions,
      notes: plan.notes,
    },
    seconds: report.seconds,
  };
}

const short = (value: number): string => Number(value.toPrecision(3)).toString();

function inWords({ name, report }: CheckedPart): string {
  const { plan, findings } = report;
  const { currency, perPiece, lot } = plan.cost;
  return [
    `${name}: ${PROCESS_TITLES[report.process]}, ${report.material ?? `${report.materialClass} (no material given)`}, ${report.quantity} ${report.quantity === 1 ? 'piece' : 'pieces'}`,
    ...(findings.length === 0 ? ['  nothing stands against it'] : []),
    ...findings.flatMap(({ severity, title, message, places, faces, fixes, source }) => [
      `  ${severity}: ${title}${places > 1 ? ` (${places} places)` : ''}: ${message}`,
      `    ${fixes.map(({ words }) => words).join(' ')}`,
      `    faces ${faces.map((face) => face + 1).join(', ') || 'none'}; ${source.name}, ${source.section}`,
    ]),
    `  stock: ${plan.stock.words}, ${short(plan.stock.mass_kg)} kg, ${short(100 * plan.stock.used)} % of it used${plan.stock.special ? ', to be ordered specially' : ''}`,
    ...plan.setUps.map(
      ({ words, minutesPerPiece, setUpMinutes }) =>
        `  ${words}: ${short(minutesPerPiece)} min a piece${setUpMinutes > 0 ? `, ${short(setUpMinutes)} min once` : ''}`,
    ),
    `  time: ${short(plan.time.minutesPerPiece)} min a piece, ${short(plan.time.onceMinutes)} min once, ${short(plan.time.lotHours)} h for the lot`,
    `  cost: ${short(perPiece)} ${currency} a piece, ${short(lot)} ${currency} for the lot (${plan.cost.items.map(({ what, perPiece: each }) => `${what} ${short(each)}`).join(', ')})`,
    `  ${plan.assumptions.length} assumptions, all in resources/manufacture/rates.json; --json lists them`,
  ].join('\n');
}
