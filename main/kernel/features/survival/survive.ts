/**
 * Do references survive? Parts are edited at random; references picked on the way are resolved after every edit and judged
 * by where the face must lie. A reference that resolves to anything else has jumped silently: there may be none.
 */
import { ArtificerError, type BodyInfo, type Reference, silentContext } from '../../../../preload/contract/index.ts';
import { makePick, resolveReference } from '../../../document/index.ts';
import type { EvaluatedPart, Kernel } from '../../port.ts';
import { EDITS, type EditKind, edit, newModel, type Random, randomOf } from './edits.ts';
import { type Model, sidesOfSlots, stepsOf, surfacesOf } from './model.ts';
import { cornersOf, liesOn, type Surface } from './surfaces.ts';

export interface SurvivalReport {
  edits: Record<EditKind, number>;
  /** References resolved after an edit. */
  checked: number;
  right: number;
  /** Told to be lost or ambiguous, though what they meant is still there. */
  lostNeedlessly: number;
  /** Told to be lost, and rightly so. */
  lostRightly: number;
  /** Features that failed loudly because an edit took away what they stand on. */
  featuresFailed: number;
  /** Of those, by the code of the error. */
  reasons: Record<string, number>;
  /** What must not be: each with seed, edit and what was found. */
  jumps: string[];
}

interface Picked {
  reference: Reference;
  kind: 'face' | 'edge';
  /** Per face (one, or the two of an edge): the surfaces it lay on when it was picked. */
  keys: string[][];
  /** Pieces of one surface are told apart by the sides of the slots that were there. */
  sides: Map<string, number> | null;
}

const REFERENCES_KEPT = 120;

export interface SurvivalOptions {
  parts: number;
  editsPerPart: number;
  /** Part number n is made and edited by the seed plus n. */
  seed: number;
  signal?: AbortSignal;
  progress?(part: number): void;
  /** By default the resolver that everything else uses; another one to see that the judge would notice. */
  resolve?: typeof resolveReference;
}

export async function survive(kernel: Kernel, options: SurvivalOptions): Promise<SurvivalReport> {
  const report: SurvivalReport = {
    edits: Object.fromEntries(EDITS.map((kind) => [kind, 0])) as Record<EditKind, number>,
    checked: 0,
    right: 0,
    lostNeedlessly: 0,
    lostRightly: 0,
    featuresFailed: 0,
    reasons: {},
    jumps: [],
  };
  for (let part = 0; part < options.parts; part++)
    await new Life(kernel, report, options.seed + part, options).run(() => options.progress?.(part));
  return report;
}

/** One part, from its first sketch on. */
class Life {
  readonly #kernel: Kernel;
  readonly #report: SurvivalReport;
  readonly #seed: number;
  readonly #random: Random;
  readonly #options: SurvivalOptions;
  #picked: Picked[] = [];

  constructor(kernel: Kernel, report: SurvivalReport, seed: number, options: SurvivalOptions) {
    this.#kernel = kernel;
    this.#report = report;
    this.#seed = seed;
    this.#random = randomOf(seed);
    this.#options = options;
  }

  async run(progress: () => void): Promise<void> {
    const { editsPerPart: edits, signal } = this.#options;
    let model = newModel(`part-${this.#seed}`, this.#random);
    let made = 0;
    for (let attempt = 0; made < edits && attempt < edits * 20; attempt++) {
      signal?.throwIfAborted();
      // First things to refer to, then everything that people do.
      const kind = made < 6 ? 'insert' : EDITS[Math.floor(this.#random() * EDITS.length)]!;
      const edited = await edit(
        model,
        kind,
        this.#random,
        (each, place) => this.#before(each, place),
        // Every part has a pattern, so that counts can change.
        made < 2 ? (['hole', 'pattern'] as const)[made] : undefined,
      );
      if (!edited) continue;
      made++;
      this.#report.edits[kind]++;
      model = edited.model;
      await this.#judge(model, `${this.#seed}: edit ${made}, ${edited.words}`);
      progress();
    }
  }

  #evaluate(model: Model, blocks?: number): Promise<EvaluatedPart> {
    const steps = stepsOf(blocks === undefined ? model : { ...model, blocks: model.blocks.slice(0, blocks) });
    return this.#kernel.evaluate(
      { partKey: model.name, steps, imports: {}, want: { info: 'describe', tessellation: 'none' } },
      silentContext(this.#options.signal),
    );
  }

  async #before(model: Model, place: number): Promise<BodyInfo[]> {
    return (await this.#evaluate(model, place)).bodies.map(({ info }) => info!);
  }

  async #judge(model: Model, where: string): Promise<void> {
    const evaluated = await this.#evaluate(model);
    const failed = new Set(evaluated.outcomes.filter(({ state }) => state !== 'ok').map(({ id }) => id));
    for (const outcome of evaluated.outcomes)
      if (outcome.state !== 'ok') {
        this.#report.featuresFailed++;
        this.#report.reasons[outcome.error?.code ?? outcome.state] =
          (this.#report.reasons[outcome.error?.code ?? outcome.state] ?? 0) + 1;
        if (!outcome.error) this.#report.jumps.push(`${where}: ${outcome.id} is ${outcome.state} without a reason`);
      }
    const bodies = evaluated.bodies.map(({ info }) => info!);
    const [body] = bodies;
    if (bodies.length !== 1 || !body?.valid) {
      this.#report.jumps.push(`${where}: ${bodies.length} bodies, valid: ${body?.valid}`);
      return;
    }
    const surfaces = surfacesOf(model, failed);
    // A feature that stands on a wrong face leaves a face where none can be.
    const keysOfFace = body.faces.map((_, face) => keysOf(body, face, surfaces));
    keysOfFace.forEach((keys, face) => {
      if (keys.length === 0)
        this.#report.jumps.push(
          `${where}: face ${face} (${body.faces[face]!.persistentNames}) lies on no surface of the model`,
        );
    });
    for (const picked of this.#picked) this.#check(picked, model, bodies, keysOfFace, where);
    this.#pick(model, bodies, keysOfFace);
  }

  #check(picked: Picked, model: Model, bodies: BodyInfo[], keysOfFace: string[][], where: string): void {
    const [body] = bodies as [BodyInfo];
    this.#report.checked++;
    const fits = (index: number): boolean => isWhatWasPicked(picked, model, body, index, keysOfFace);
    const resolution = (this.#options.resolve ?? resolveReference)(picked.reference, bodies);
    if (resolution.error) {
      const there = (picked.kind === 'face' ? body.faces : body.edges).some((_, index) => fits(index));
      if (there) this.#report.lostNeedlessly++;
      else this.#report.lostRightly++;
      return;
    }
    const wrong = resolution.items.filter((item) => item.kind !== picked.kind || !fits(item.index));
    if (wrong.length === 0) this.#report.right++;
    else {
      const { reference } = picked;
      const name = reference.by === 'name' ? `${reference.name} beside ${reference.beside}` : reference.by;
      this.#report.jumps.push(
        `${where}: the ${picked.kind} ${name}, picked on ${JSON.stringify(picked.keys)}, is now ${wrong
          .map(
            (item) =>
              `${item.kind} ${item.index} on ${JSON.stringify(facesOf(body, item.kind, item.index).map((face) => keysOfFace[face]))}`,
          )
          .join(' and ')}`,
      );
    }
  }

  /** New references to a few faces and edges; some of the oldest are forgotten. */
  #pick(model: Model, bodies: BodyInfo[], keysOfFace: string[][]): void {
    const [body] = bodies as [BodyInfo];
    for (let i = 0; i < 12; i++) {
      const kind = this.#random() < 0.5 ? 'face' : 'edge';
      const items = kind === 'face' ? body.faces : body.edges;
      const index = Math.floor(this.#random() * items.length);
      const keys = facesOf(body, kind, index).map((face) => keysOfFace[face]!);
      if (keys.some((each) => each.length === 0)) continue;
      try {
        const picked: Picked = { reference: makePick(bodies, 0, kind, index), kind, keys, sides: null };
        // Only where other pieces lie on the same surfaces does the side of a slot tell which one was meant.
        const pieces = items.filter((_, other) => isWhatWasPicked(picked, model, body, other, keysOfFace)).length;
        this.#picked.push(pieces > 1 ? { ...picked, sides: sidesOfItem(model, body, kind, index) } : picked);
      } catch (thrown) {
        if (!(thrown instanceof ArtificerError)) throw thrown;
        this.#report.jumps.push(`${this.#seed}: ${kind} ${index} cannot be named: ${thrown.message}`);
      }
    }
    while (this.#picked.length > REFERENCES_KEPT)
      this.#picked.splice(Math.floor(this.#random() * this.#picked.length), 1);
  }
}

const keysOf = (body: BodyInfo, face: number, surfaces: Map<string, Surface>): string[] =>
  [...surfaces].flatMap(([key, surface]) => (liesOn(body, face, surface) ? [key] : []));

const facesOf = (body: BodyInfo, kind: string, index: number): number[] => {
  if (kind === 'face') return [index];
  const { faces } = body.edges[index]!;
  return faces.length === 1 ? [faces[0]!, faces[0]!] : [...faces];
};

/** Null where it reaches over a slot: then it is a whole, not a piece. */
function sidesOfItem(model: Model, body: BodyInfo, kind: 'face' | 'edge', index: number): Map<string, number> | null {
  const points =
    kind === 'face' ? cornersOf(body, index) : body.edges[index]!.vertices.map((vertex) => body.vertices_mm[vertex]!);
  const sides = new Map<string, number>();
  for (const point of points)
    for (const [slot, side] of sidesOfSlots(model, point)) {
      const known = sides.get(slot);
      if (known !== undefined && known !== side) sides.set(slot, 0);
      else if (known !== 0) sides.set(slot, side);
    }
  return sides;
}

function isWhatWasPicked(picked: Picked, model: Model, body: BodyInfo, index: number, keysOfFace: string[][]): boolean {
  const faces = facesOf(body, picked.kind, index);
  if (faces.length !== picked.keys.length) return false;
  const share = (face: number, keys: string[]): boolean => keysOfFace[face]!.some((key) => keys.includes(key));
  const straight = faces.every((face, i) => share(face, picked.keys[i]!));
  const crossed = faces.every((face, i) => share(face, picked.keys[picked.keys.length - 1 - i]!));
  if (!straight && !crossed) return false;
  const now = sidesOfItem(model, body, picked.kind, index);
  // A whole that was split since is meant with all its pieces; a piece stays on its side of the slots of its time.
  return [...(picked.sides ?? [])].every(([slot, side]) => {
    const here = now?.get(slot);
    return here === undefined || side === 0 || here === side || here === 0;
  });
}
