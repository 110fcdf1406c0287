/** The way to a lighter design: sensitivities say where to go, and only what was solved counts. */
import type {
  Functional,
  PartRecord,
  SensitivityAnswer,
  SensitivityFunctional,
  StudyRecord,
} from '../../../../preload/contract/index.ts';
import { toErrorData } from '../../../../preload/contract/index.ts';
import { figure, kilograms, percentChange, variableText } from './figures.ts';
import { finish, refusal, variablesOf } from './project-view.ts';
import { headlineOf, solve } from './solving.ts';
import type { ToolAnswer, ToolContext } from './tool.ts';
import { type Dimension, type Limit, tradeOff } from './trade-off.ts';
import { setVariables } from './variables.ts';

/** What must hold, and how far to go. */
export interface Limits {
  minimum_safety_factor?: number | undefined;
  maximum_displacement_mm?: number | undefined;
  minimum_frequency_Hz?: number | undefined;
  only_meet?: boolean | undefined;
  most_tries?: number | undefined;
}

/** Solved designs have to hold by this much, so that rounding a dimension does not break them. */
const RESERVE = 1.01;
const TRIES = 8;
/** Dimensions are given in steps of this, mm: nobody makes a wall of 5.8317 mm. */
export const STEP_mm = 0.1;
const TRUST = 0.35;

interface Figures {
  mass_kg: number;
  safety_factor?: number;
  max_displacement_mm?: number;
  first_frequency_Hz?: number;
}
interface Candidate {
  values: number[];
  figures: Figures;
}

export function goalInWords(input: Limits, target: number | undefined): string {
  const limits = [
    input.minimum_safety_factor === undefined ? null : `the safety factor is at least ${input.minimum_safety_factor}`,
    input.maximum_displacement_mm === undefined
      ? null
      : `it moves no more than ${figure(input.maximum_displacement_mm, 'mm')}`,
    input.minimum_frequency_Hz === undefined
      ? null
      : `the first frequency is at least ${figure(input.minimum_frequency_Hz, 'Hz')}`,
  ].filter((each) => each !== null);
  return [target === undefined ? null : `it weighs ${kilograms(target)} or less`, ...limits]
    .filter((each) => each !== null)
    .join(' and ');
}

/** Of each quantity that was asked for, its answer in the load case where it is the largest. */
function governing(asked: readonly Functional[], found: readonly SensitivityFunctional[]): SensitivityFunctional[] {
  return asked.map(({ quantity }) =>
    found
      .filter(({ functional }) => functional.quantity === quantity)
      .reduce((most, one) => (one.value > most.value ? one : most)),
  );
}

export class Search {
  readonly #context: ToolContext;
  readonly #study: StudyRecord;
  readonly #part: PartRecord;
  readonly #dimensions: Dimension[];
  readonly #input: Limits;
  readonly #target: number | undefined;
  readonly #modal: boolean;
  #solves = 0;
  /** What solutions said beyond what was predicted, as a difference of logarithms, by limit. */
  #bias: number[] = [];

  constructor(
    context: ToolContext,
    study: StudyRecord,
    part: PartRecord,
    dimensions: Dimension[],
    input: Limits,
    target: number | undefined,
    modal: boolean,
  ) {
    this.#context = context;
    this.#study = study;
    this.#part = part;
    this.#dimensions = dimensions;
    this.#input = input;
    this.#target = target;
    this.#modal = modal;
  }

  async run(): Promise<ToolAnswer> {
    const before = await this.#evaluate(
      this.#dimensions.map(({ value }) => value),
      'Solving the design as it is',
      false,
    );
    let best = before;
    let stoppedBy: string | null = null;
    try {
      best = await this.#improve(before);
    } catch (thrown) {
      const error = toErrorData(thrown);
      // Whatever ends it: the design is left as the best one that was solved, or as it was.
      await this.#set(this.#best ?? before, { ...this.#context, signal: new AbortController().signal });
      if (error.code !== 'agent.budget') throw thrown;
      best = this.#best ?? before;
      stoppedBy = error.message;
    }
    await this.#set(best, this.#context);
    return this.#answer(before, best, stoppedBy);
  }

  #best: Candidate | null = null;

  async #improve(before: Candidate): Promise<Candidate> {
    let best = before;
    let trust = TRUST;
    let slopes = await this.#slopes();
    const tries = this.#input.most_tries ?? TRIES;
    for (let attempt = 0; attempt < tries; attempt++) {
      if (this.#done(best.figures)) break;
      const values = this.#next(best, slopes, trust);
      if (!values) break;
      let candidate: Candidate;
      try {
        candidate = await this.#evaluate(values, `Try ${attempt + 1} of ${tries}`, true);
      } catch (thrown) {
        const { code, category } = toErrorData(thrown);
        if (code === 'agent.budget' || category === 'cancelled' || category === 'fault') throw thrown;
        // It cannot be built or solved like that: nearer by.
        trust /= 2;
        if (trust < 0.02) break;
        continue;
      }
      this.#learn(best, candidate, slopes);
      if (!this.#isBetter(candidate, best)) {
        trust /= 2;
        if (trust < 0.02) break;
        continue;
      }
      const gain = 1 - candidate.figures.mass_kg / best.figures.mass_kg;
      const held = this.#broken(best.figures) <= 0;
      best = candidate;
      this.#best = candidate;
      if (this.#done(best.figures)) break;
      if (held && gain < 0.004) break;
      await this.#set(best, this.#context);
      this.#dimensions.forEach((dimension, k) => {
        dimension.value = best.values[k]!;
      });
      slopes = await this.#slopes();
      this.#bias = [];
    }
    return best;
  }

  #done(figures: Figures): boolean {
    if (this.#broken(figures) > 0) return false;
    if (this.#input.only_meet) return true;
    return this.#target !== undefined && figures.mass_kg <= this.#target;
  }

  /** How far the worst limit is broken, as a logarithm; 0 or less where all hold. */
  #broken(figures: Figures): number {
    return Math.max(...this.#uses(figures).map((use) => -use));
  }
  /** What is left of each limit, as a logarithm. */
  #uses(figures: Figures): number[] {
    const {
      minimum_safety_factor: safety,
      maximum_displacement_mm: moves,
      minimum_frequency_Hz: frequency,
    } = this.#input;
    const missing = (what: string): never => {
      throw refusal(
        'agent.no-such-quantity',
        `The result of "${this.#study.name}" has no ${what}.`,
        what === 'safety factor' ? 'The material needs a yield strength.' : undefined,
      );
    };
    return [
      ...(safety === undefined ? [] : [Math.log((figures.safety_factor ?? missing('safety factor')) / safety)]),
      ...(moves === undefined ? [] : [Math.log(moves / (figures.max_displacement_mm ?? missing('displacement')))]),
      ...(frequency === undefined ? [] : [Math.log((figures.first_frequency_Hz ?? missing('frequency')) / frequency)]),
    ];
  }

  /** Lighter and within limits; or, while limits are broken, broken less. */
  #isBetter(candidate: Candidate, best: Candidate): boolean {
    const [now, then] = [this.#broken(candidate.figures), this.#broken(best.figures)];
    if (then > 0) return now < then - 1e-4;
    return now <= 0 && candidate.figures.mass_kg < best.figures.mass_kg * (1 - 1e-4);
  }

  /** What each dimension does to the mass (kg) and to what is left of each limit (logarithm), per mm. */
  async #slopes(): Promise<{ mass: number[]; limits: number[][] }> {
    const functionals: Functional[] = [{ quantity: 'mass' }];
    if (this.#input.minimum_safety_factor !== undefined) functionals.push({ quantity: 'stress' });
    // The load's own work: where one force acts, it is that force times the displacement under it.
    if (this.#input.maximum_displacement_mm !== undefined) functionals.push({ quantity: 'compliance' });
    if (this.#modal) functionals.push({ quantity: 'frequency', mode: 1 });
    this.#context.progress('What each dimension does', null);
    this.#count();
    const { jobId } = await this.#context.client['studies.sensitivities']({
      studyId: this.#study.id,
      functionals,
      variables: this.#dimensions.map(({ name }) => name),
    });
    const { summary } = (await finish(this.#context, jobId)) as SensitivityAnswer;
    const [mass, ...rest] = governing(functionals, summary.functionals);
    const of = (functional: NonNullable<typeof mass>, name: string): number =>
      functional.variables.find((each) => each.name === name)?.perUnit ?? 0;
    const scale = mass!.unit === 't' ? 1000 : mass!.unit === 'g' ? 1e-3 : 1;
    return {
      mass: this.#dimensions.map(({ name }) => of(mass!, name) * scale),
      limits: rest.map((functional) =>
        // A frequency is used up where it falls; stress and displacement where they rise.
        this.#dimensions.map(
          ({ name }) =>
            ((functional.functional.quantity === 'frequency' ? -1 : 1) * of(functional, name)) / functional.value,
        ),
      ),
    };
  }

  #next(from: Candidate, slopes: { mass: number[]; limits: number[][] }, trust: number): number[] | null {
    const uses = this.#uses(from.figures);
    const limits: Limit[] = slopes.limits.map((each, k) => ({
      slack: uses[k]! - Math.log(RESERVE) - (this.#bias[k] ?? 0),
      slopes: each,
    }));
    const wanted = this.#target === undefined ? undefined : this.#target * 0.998 - from.figures.mass_kg;
    const change = tradeOff({
      dimensions: this.#dimensions.map((dimension, k) => ({ ...dimension, value: from.values[k]! })),
      mass: slopes.mass,
      limits,
      trust,
      ...(wanted === undefined ? {} : { wanted }),
    });
    const values = from.values.map((value, k) => {
      const { minimum, maximum } = this.#dimensions[k]!;
      const stepped = Math.round((value + change[k]!) / STEP_mm) * STEP_mm;
      return Number(Math.min(maximum, Math.max(minimum, stepped)).toFixed(6));
    });
    return values.every((value, k) => Math.abs(value - from.values[k]!) < 1e-9) ? null : values;
  }

  /** Where a solution used more of a limit than was predicted, the next step allows for as much again. */
  #learn(from: Candidate, to: Candidate, slopes: { limits: number[][] }): void {
    const [before, after] = [this.#uses(from.figures), this.#uses(to.figures)];
    slopes.limits.forEach((limit, k) => {
      const predicted =
        before[k]! - limit.reduce((sum, slope, j) => sum + slope * (to.values[j]! - from.values[j]!), 0);
      this.#bias[k] = Math.max(0, predicted - after[k]!);
    });
  }

  async #evaluate(values: number[], stage: string, changed: boolean): Promise<Candidate> {
    this.#context.signal.throwIfAborted();
    if (changed) await this.#put(values, this.#context);
    this.#context.progress(stage, null);
    const { entry, cached } = await solve(this.#context, this.#study);
    if (!cached) this.#solves++;
    const { mass_kg, safety_factor, max_displacement_mm, first_frequency_Hz } = headlineOf(entry.summary);
    return {
      values,
      figures: {
        mass_kg,
        ...(safety_factor === undefined ? {} : { safety_factor }),
        ...(max_displacement_mm === undefined ? {} : { max_displacement_mm }),
        ...(first_frequency_Hz === undefined ? {} : { first_frequency_Hz }),
      },
    };
  }

  #count(): void {
    this.#context.countSolve();
    this.#solves++;
  }
  async #put(values: readonly number[], context: ToolContext): Promise<void> {
    const now = await variablesOf(context, this.#part);
    const settings = this.#dimensions.flatMap(({ name }, k) => {
      const value = now.find((variable) => variable.name === name)?.value;
      return value !== undefined && Math.abs(value - values[k]!) < 1e-9
        ? []
        : [{ variable: name, value: `${values[k]} mm` }];
    });
    if (settings.length > 0) await setVariables.run(context, { part: this.#part.id, values: settings });
  }
  async #set({ values }: Candidate, context: ToolContext): Promise<void> {
    await this.#put(values, context);
  }

  #answer(before: Candidate, best: Candidate, stoppedBy: string | null) {
    const holds = this.#broken(best.figures) <= 0;
    const reached = holds && (this.#target === undefined || best.figures.mass_kg <= this.#target);
    const changed = this.#dimensionsAtStart(before, best);
    const figures = ({ figures: f }: Candidate): string =>
      [
        kilograms(f.mass_kg),
        f.safety_factor === undefined ? null : `safety factor ${figure(f.safety_factor, '', 3)}`,
        f.max_displacement_mm === undefined ? null : `moves ${figure(f.max_displacement_mm, 'mm', 3)}`,
        f.first_frequency_Hz === undefined ? null : `first frequency ${figure(f.first_frequency_Hz, 'Hz')}`,
      ]
        .filter((each) => each !== null)
        .join(', ');
    const sentences = [
      reached
        ? `Reached: ${goalInWords(this.#input, this.#target)}.`
        : holds
          ? `Not reached: ${goalInWords(this.#input, this.#target)}. The lightest design that holds is ${percentChange(before.figures.mass_kg, best.figures.mass_kg)} in mass; lighter ones that were solved break a limit, or a dimension is at the end of its range.`
          : `Not reached: no design that was solved holds the limits; this is the one that comes nearest.`,
      `${figures(before)} → ${figures(best)} (mass ${percentChange(before.figures.mass_kg, best.figures.mass_kg)}).`,
      changed.length > 0
        ? `${changed.map(({ what, before: was, after }) => `${what} ${was} → ${after}`).join(', ')}.`
        : 'No dimension was changed.',
      stoppedBy ?? '',
    ].filter(Boolean);
    return {
      text: sentences.join(' '),
      data: {
        reached,
        holds,
        before: before.figures,
        after: best.figures,
        changes: changed,
        solves: this.#solves,
        limits: goalInWords(this.#input, this.#target),
      },
    };
  }

  #dimensionsAtStart(before: Candidate, best: Candidate) {
    return this.#dimensions.flatMap(({ name }, k) =>
      Math.abs(before.values[k]! - best.values[k]!) < 1e-9
        ? []
        : [
            {
              what: name,
              before: variableText(before.values[k], 'length'),
              after: variableText(best.values[k], 'length'),
            },
          ],
    );
  }
}
