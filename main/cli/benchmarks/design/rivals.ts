/**
 * What the search is compared with: chance, and what judges designs for a plain evolution strategy. Both need many solves, of
 * which only those are made that can change what is found; the others are counted all the same.
 */
import type { DesignCandidate } from '../../../../preload/contract/index.ts';
import {
  type DesignPoint,
  type EvolutionJudge,
  type Judged,
  keyOf,
  makeDesign,
  massOf,
  type Search,
} from '../../../engineer/benchmarks.ts';
import { randomStream } from '../../../surrogates/index.ts';

/** Neither made nor solved. */
const NOTHING: Judged = { mass_kg: Number.POSITIVE_INFINITY, violation: Number.POSITIVE_INFINITY };

/** Designs of one concept in one material, by coordinates from -1 to 1, judged as the search judges them. */
export class Judge implements EvolutionJudge {
  readonly #search: Search;
  readonly #judged = new Map<string, Promise<Judged>>();
  readonly #masses = new Map<string, Promise<number | null>>();

  constructor(search: Search) {
    this.#search = search;
  }

  get #concept() {
    return this.#search.concepts[0]!;
  }

  get dimensions(): number {
    return this.#concept.space.dimensions;
  }

  /** Designs that were made and solved, or taken from the store. */
  get solved(): readonly DesignCandidate[] {
    return this.#search.candidates;
  }

  pointAt(coordinates: readonly number[]): DesignPoint {
    return this.#concept.space.pointAt(coordinates, 0);
  }

  /** Of a design that is only made; null of one that cannot be. */
  mass(point: DesignPoint): Promise<number | null> {
    return remembered(this.#masses, keyOf(point), async () => {
      const { kernel, brief } = this.#search.options;
      const { concept } = this.#concept;
      try {
        const made = await makeDesign(kernel, concept, point.values, 0, this.#search.context);
        return massOf(made.infos, brief.materials[0]!);
      } catch (thrown) {
        if (this.#search.context.signal.aborted) throw thrown;
        return null;
      }
    });
  }

  solve(point: DesignPoint): Promise<Judged> {
    return remembered(this.#judged, keyOf(point), async () => {
      const { candidate } = await this.#search.judge(this.#concept, point, 'search', 'improve');
      return judgedOf(candidate);
    });
  }
}

const judgedOf = ({ margin, mass_kg }: DesignCandidate): Judged =>
  margin === null || mass_kg === null ? NOTHING : { mass_kg, violation: Math.max(0, -margin) };

function remembered<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  find: () => Promise<Value>,
): Promise<Value> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

/** Random designs that are solved, whatever they weigh, to see what share of all is feasible. */
const PILOT = 30;
/** Random designs at most, over the feasible ones that are asked for. */
const MOST_RANDOM = 20;

export interface Chance {
  mass_kg: number;
  /** How many of them are feasible: by the share of the first ones. */
  feasible: number;
  tried: number;
}

/**
 * The lightest feasible of so many random designs, evenly spread over the ranges' coordinates, that `feasible` of them are
 * expected to be feasible. A mass needs no solve: from the lightest on they are solved until one holds its requirements, and
 * none that is heavier needs to be.
 */
export async function bestByChance(judge: Judge, feasible: number, seed: number): Promise<Chance> {
  const random = randomStream(seed);
  const drawn = (): DesignPoint => judge.pointAt(Array.from({ length: judge.dimensions }, () => 2 * random() - 1));
  const points = Array.from({ length: PILOT }, drawn);
  let holding = 0;
  for (const point of points) if ((await judge.solve(point)).violation === 0) holding++;
  const share = holding / PILOT;
  const tried = Math.min(MOST_RANDOM * feasible, Math.max(PILOT, Math.ceil(feasible / Math.max(share, 1e-9))));
  while (points.length < tried) points.push(drawn());
  const made: { point: DesignPoint; mass: number }[] = [];
  for (const point of points) {
    const mass = await judge.mass(point);
    if (mass !== null) made.push({ point, mass });
  }
  made.sort((a, b) => a.mass - b.mass);
  for (const { point, mass } of made)
    if ((await judge.solve(point)).violation === 0)
      return { mass_kg: mass, feasible: Math.round(share * tried), tried };
  return { mass_kg: Number.POSITIVE_INFINITY, feasible: 0, tried };
}
