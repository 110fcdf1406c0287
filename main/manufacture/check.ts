/** One question, one answer: can these bodies be made by this process, what stands against it, and what would it take. */
import {
  ArtificerError,
  type BodyInfo,
  type ManufacturingOptions,
  type ManufacturingReport,
  type Material,
  MOST_PIECES,
  PROCESS_TITLES,
  PROCESSES,
  type Process,
  type RecognisedFeature,
} from '../../preload/contract/index.ts';
import { Shape } from './geometry/shape.ts';
import { length, scale } from './geometry/vectors.ts';
import { classOf, type MaterialClass } from './material-class.ts';
import { checkCasting } from './rules/casting/index.ts';
import { Findings } from './rules/findings.ts';
import { checkMilling } from './rules/milling/index.ts';
import { checkFusedFilament, checkLaserPowderBed } from './rules/printing/index.ts';
import type { ProcessCheck } from './rules/process.ts';
import { defaultMaterialOf, materialsOf, rulesOf } from './rules/rule-book.ts';
import { checkSheetMetal } from './rules/sheet-metal/index.ts';
import { checkTurning } from './rules/turning/index.ts';

/** Raised when the same bodies come out with other findings or another plan. */
export const MANUFACTURE_VERSION = 1;

export interface ManufacturingRequest {
  bodies: readonly {
    info: BodyInfo;
    /** A fine tessellation bundle of the body, as the kernel makes it. */
    tessellation: Uint8Array;
    /** What `recogniseFeatures` of the kernel says of the body. */
    features: readonly RecognisedFeature[];
  }[];
  process: Process;
  /** How many pieces are made at once. 1 where left out. */
  quantity?: number;
  /** The usual one of the process where left out. */
  material?: Pick<Material, 'name' | 'category' | 'properties'>;
  options?: ManufacturingOptions;
}

/** Called between steps: may throw to end it. */
export interface CheckObserver {
  step?(stage: string): void;
}

const CHECKS: Record<Process, ProcessCheck> = {
  milling: checkMilling,
  turning: checkTurning,
  'sheet-metal': checkSheetMetal,
  casting: checkCasting,
  'fused-filament': checkFusedFilament,
  'laser-powder-bed': checkLaserPowderBed,
};

/** Where no material is said. */
const USUAL_kg_m3: Record<MaterialClass, number> = {
  aluminium: 2700,
  magnesium: 1800,
  copper: 8500,
  zinc: 6700,
  steel: 7850,
  stainless: 7900,
  'tool-steel': 7800,
  'cast-iron': 7200,
  titanium: 4430,
  nickel: 8300,
  plastic: 1100,
  other: 7850,
};

/** @throws ArtificerError `manufacture.*` where bodies or options can't be checked; whatever the observer throws */
export function checkManufacturing(request: ManufacturingRequest, observer: CheckObserver = {}): ManufacturingReport {
  const started = performance.now();
  const { process, quantity = 1, material, options = {} } = request;
  const check = refuse(request);
  const materialClass = material ? classOf(material) : defaultMaterialOf(process);
  const findings = new Findings(process, materialClass);
  const step = (stage: string): void => observer.step?.(stage);
  const shapes = request.bodies.map(({ info, tessellation, features }, body) => {
    step('Reading the body');
    return new Shape(body, info, tessellation, features);
  });
  applyMaterial(findings, shapes, process, materialClass, material?.name);
  const plan = check({
    shapes,
    material: materialClass,
    density_kg_m3: material?.properties.density_kg_m3 ?? USUAL_kg_m3[materialClass],
    quantity,
    options: normalised(options),
    findings,
    step,
  });
  const all = findings.all();
  return {
    process,
    quantity,
    material: material?.name ?? null,
    materialClass,
    canBeMade: !all.some(({ severity }) => severity === 'error'),
    findings: all,
    rules: findings.standings(),
    plan,
    seconds: (performance.now() - started) / 1000,
  };
}

function applyMaterial(
  findings: Findings,
  shapes: readonly Shape[],
  process: Process,
  materialClass: MaterialClass,
  name: string | undefined,
): void {
  const takes = materialsOf(process);
  const rule = `${process}.material`;
  if (!rulesOf(process).some(({ id }) => id === rule)) return;
  for (const shape of shapes)
    findings.apply(rule, shape, {
      measured: takes.includes(materialClass) ? 1 : 0,
      faces: [],
      at_mm: shape.info.mass.centroid_mm,
      say: () =>
        `${name ?? materialClass} can't be used: ${PROCESS_TITLES[process].toLowerCase()} takes ${takes.join(', ')}.`,
      fix: () => [{ words: 'Choose another material, or another process.' }],
    });
}

function refuse({ bodies, process, quantity = 1, options }: ManufacturingRequest): ProcessCheck {
  const check = Object.hasOwn(CHECKS, process) ? CHECKS[process] : undefined;
  if (!check)
    throw refusal('unknown-process', `There is no process "${process}".`, `There are: ${PROCESSES.join(', ')}.`);
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST_PIECES)
    throw refusal('bad-quantity', `${quantity} is no number of pieces.`, 'Give a whole number from 1 on.');
  if (bodies.length === 0) throw refusal('no-bodies', 'There is no body to check.', 'Check a part that has a solid.');
  for (const { info } of bodies) {
    if (info.kind !== 'solid')
      throw refusal(
        'not-solid',
        `"${info.name}" is ${info.kind === 'mesh' ? 'a triangle mesh' : 'no solid'}: its faces can't be measured.`,
        'Check the part as STEP, IGES, BREP or a script.',
      );
    if (info.mass.volume_mm3 <= 0)
      throw refusal('not-solid', `"${info.name}" encloses no volume.`, 'Repair the body, or import it with healing.');
  }
  if (options?.direction && !(length(options.direction) > 1e-9))
    throw refusal('bad-direction', 'The direction has no length.', 'Give it as three numbers, such as 0, 0, 1.');
  return check;
}

const normalised = (options: ManufacturingOptions): ManufacturingOptions =>
  options.direction ? { ...options, direction: scale(options.direction, 1 / length(options.direction)) } : options;

const refusal = (code: string, message: string, hint: string): ArtificerError =>
  new ArtificerError({ code: `manufacture.${code}`, category: 'refused', message, hint });

/** `sheet metal`, `Sheet-Metal`, `SLM`: what people call it. @throws ArtificerError `manufacture.unknown-process` */
export function processNamed(text: string): Process {
  const simple = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const found = PROCESSES.find((each) => each === simple) ?? ALSO[simple];
  if (found) return found;
  throw new ArtificerError({
    code: 'manufacture.unknown-process',
    category: 'usage',
    message: `There is no process "${text}".`,
    hint: `There are: ${PROCESSES.map((each) => `${each} (${PROCESS_TITLES[each]})`).join(', ')}.`,
  });
}

const ALSO: Readonly<Record<string, Process>> = {
  mill: 'milling',
  cnc: 'milling',
  machining: 'milling',
  turn: 'turning',
  lathe: 'turning',
  sheet: 'sheet-metal',
  sheetmetal: 'sheet-metal',
  cast: 'casting',
  'sand-casting': 'casting',
  fff: 'fused-filament',
  fdm: 'fused-filament',
  'fused-filament-fabrication': 'fused-filament',
  lpbf: 'laser-powder-bed',
  slm: 'laser-powder-bed',
  dmls: 'laser-powder-bed',
  'laser-powder-bed-fusion': 'laser-powder-bed',
};
