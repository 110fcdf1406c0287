/** How the rules do on parts with planted faults and on their clean twins. */
import { type ManufacturingReport, silentContext } from '../../preload/contract/index.ts';
import { recogniseFeatures } from '../kernel/index.ts';
import type { Kernel } from '../kernel/port.ts';
import { materialByName } from '../physics/index.ts';
import { resolveScriptedPart, runPartScript } from '../scripting/index.ts';
import { checkManufacturing, type ManufacturingRequest } from './check.ts';
import { PLANTED, type Planted } from './fixtures/planted.ts';

export { PLANTED, type Planted } from './fixtures/planted.ts';

/** How the faulty part is asked about. */
export const faultyOf = (planted: Planted): Planted => ({
  ...planted,
  material: planted.faultyMaterial ?? planted.material,
});

export interface PlantedOutcome {
  planted: Planted;
  found: boolean;
  /** Rules that had something to say about the clean twin, whatever it was. */
  alarms: string[];
  /** Of one check, the mean of both. */
  seconds: number;
}

type Bodies = ManufacturingRequest['bodies'];

/** Parts by their source: many clean twins are the same part. */
export class PlantedParts {
  readonly #kernel: Kernel;
  readonly #made = new Map<string, Promise<Bodies>>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** @throws Error where the part of a script can't be made */
  async check(
    source: string,
    { process, material, options }: Pick<Planted, 'process' | 'material' | 'options'>,
    signal?: AbortSignal,
  ): Promise<ManufacturingReport> {
    const made = this.#made.get(source) ?? this.#make(source, signal);
    this.#made.set(source, made);
    return checkManufacturing({
      bodies: await made,
      process,
      material: materialByName(material),
      ...(options ? { options } : {}),
    });
  }

  async #make(source: string, signal: AbortSignal | undefined): Promise<Bodies> {
    const context = silentContext(signal);
    const scripted = await runPartScript({ source, fileName: 'planted.ts' }, context);
    const { steps } = resolveScriptedPart(scripted);
    const want = { info: 'describe', tessellation: 'fine' } as const;
    const { bodies, outcomes } = await this.#kernel.evaluate({ partKey: 'planted', steps, imports: {}, want }, context);
    const failed = outcomes.find(({ state }) => state === 'failed');
    if (failed) throw new Error(`${failed.name}: ${failed.error?.message}`);
    return bodies.map(({ info, tessellation }, index) => ({
      info: info!,
      tessellation: tessellation!,
      features: recogniseFeatures(info!, index).features,
    }));
  }
}

export async function measurePlanted(kernel: Kernel, signal?: AbortSignal): Promise<PlantedOutcome[]> {
  const parts = new PlantedParts(kernel);
  const outcomes: PlantedOutcome[] = [];
  for (const planted of PLANTED) {
    const faulty = await parts.check(planted.faulty, faultyOf(planted), signal);
    const clean = await parts.check(planted.clean, planted, signal);
    outcomes.push({
      planted,
      found: faulty.findings.some(({ rule }) => rule === planted.rule),
      alarms: clean.findings.map(({ rule, message }) => `${rule}: ${message}`),
      seconds: (faulty.seconds + clean.seconds) / 2,
    });
  }
  return outcomes;
}
