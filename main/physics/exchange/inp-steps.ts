/**
 * What acts in each step of an Abaqus or CalculiX deck. Loads of a step go on in the next unless they are given anew (OP=NEW):
 * Abaqus Analysis User's Guide, "Applying loads"; G. Dhondt, CalculiX CrunchiX User's Manual 2.20, *CLOAD, *DLOAD.
 */
import type { Vec3 } from '../vector.ts';
import type { Account } from './account.ts';
import type { DeckModel, DeckStep } from './deck-model.ts';
import type { InpBlock } from './inp-lines.ts';

type Kind = 'CLOAD' | 'DLOAD';

class StepLoads {
  name: string;
  nodal: Float64Array;
  sides: Float64Array;
  gravity_mm_s2: Vec3;
  /** Kinds of loads that still are those of the step before. */
  readonly inherited = new Set<Kind>();

  constructor(name: string, from: StepLoads | number) {
    this.name = name;
    if (typeof from === 'number') {
      this.nodal = new Float64Array(from);
      this.sides = new Float64Array(from);
      this.gravity_mm_s2 = [0, 0, 0];
      return;
    }
    this.nodal = from.nodal.slice();
    this.sides = from.sides.slice();
    this.gravity_mm_s2 = [...from.gravity_mm_s2];
    if (from.nodal.some((force) => force !== 0)) this.inherited.add('CLOAD');
    if (from.sides.some((force) => force !== 0) || from.gravity_mm_s2.some((one) => one !== 0))
      this.inherited.add('DLOAD');
  }

  clear(kind: Kind): void {
    this.inherited.delete(kind);
    if (kind === 'CLOAD') this.nodal.fill(0);
    else {
      this.sides.fill(0);
      this.gravity_mm_s2 = [0, 0, 0];
    }
  }

  whole(): DeckStep {
    return {
      name: this.name,
      forces: this.nodal.map((force, i) => force + this.sides[i]!),
      gravity_mm_s2: this.gravity_mm_s2,
    };
  }
}

export class StepsOfDeck {
  readonly #account: Account;
  readonly #steps: StepLoads[];
  #begun = 0;
  /** From here on steps are left out: what they build on was not understood. */
  #lost = false;

  constructor(account: Account, forces: number) {
    this.#account = account;
    this.#steps = [new StepLoads('Step 1', forces)];
  }

  get isFirst(): boolean {
    return this.#begun <= 1;
  }
  get isLost(): boolean {
    return this.#lost;
  }
  /** Forces and gravity of the step that is read now. */
  get now(): Pick<StepLoads, 'nodal' | 'sides' | 'gravity_mm_s2'> {
    return this.#steps.at(-1)!;
  }

  /** A *STEP. */
  begin(block: InpBlock, isStatic: boolean): void {
    const { line, parameters } = block;
    this.#begun++;
    const name = parameters.get('NAME') || `Step ${this.#begun}`;
    const nonlinear = parameters.has('NLGEOM') && parameters.get('NLGEOM')!.toUpperCase() !== 'NO';
    if (this.isFirst) {
      this.#steps[0]!.name = name;
      if (nonlinear) this.#account.note(line, '*STEP, NLGEOM', 'not understood', 'solved for small displacements');
      else this.#account.note(line, '*STEP', 'understood', 'a step that is solved');
      return;
    }
    if (!isStatic) this.lose(line, '*STEP', 'only steps of statics can follow one another');
    else if (nonlinear || parameters.has('PERTURBATION'))
      this.lose(line, '*STEP', 'it goes on from the state that the step before ends in');
    else if (!this.#lost) {
      this.#account.note(line, '*STEP', 'understood', 'a step that is solved');
      this.#steps.push(new StepLoads(name, this.#steps.at(-1)!));
    }
  }

  /** A card of loads; false where it changes loads in a way that is not followed. */
  takes(kind: Kind, { line, parameters }: InpBlock): boolean {
    if (this.#lost) return false;
    const step = this.#steps.at(-1)!;
    if (!step.inherited.has(kind)) return true;
    if (parameters.get('OP')?.toUpperCase() === 'NEW') {
      step.clear(kind);
      return true;
    }
    this.lose(line, `*${kind}`, 'it changes some loads of the step before and keeps the others');
    return false;
  }

  /** Leaves out this step and those after it. */
  lose(line: number, item: string, why: string): void {
    if (!this.isFirst && !this.#lost && this.#steps.length === this.#begun) this.#steps.pop();
    this.#lost = true;
    this.#account.note(line, item, 'not understood', `${why}: this step and those after it are left out`);
  }

  /** Puts the steps into the model. */
  finish(model: DeckModel): void {
    const [first, ...later] = this.#steps.map((step) => step.whole());
    model.forces = first!.forces;
    model.gravity_mm_s2 = first!.gravity_mm_s2;
    model.stepName = first!.name;
    model.laterSteps = later;
  }
}
