/** A plain evolution strategy: what a search of designs is compared with. */
import { randomStream } from '../../../surrogates/index.ts';
import type { DesignPoint } from '../space.ts';

export interface Judged {
  mass_kg: number;
  /** Of the worst missed requirement, over the size of its bound; 0 where all hold. */
  violation: number;
}

/** Designs by coordinates from -1 to 1. */
export interface EvolutionJudge {
  readonly dimensions: number;
  pointAt(coordinates: readonly number[]): DesignPoint;
  /** Of a design that is only made; null of one that cannot be. */
  mass(point: DesignPoint): Promise<number | null>;
  solve(point: DesignPoint): Promise<Judged>;
}

interface Individual extends Judged {
  at: number[];
  /** Of its mutations, learnt along with the rest. */
  step: number;
}

export interface Evolved {
  /** Designs that it judged until it reached the mass, or gave up. */
  designs: number;
  mass_kg: number;
}

const PARENTS = 3;
const CHILDREN = 9;

/**
 * A (3 + 9) evolution strategy with a step that mutates itself: H.-P. Schwefel, Evolution and Optimum Seeking, 1995. Feasible
 * designs come before others, those by how little they miss (K. Deb, An efficient constraint handling method for genetic
 * algorithms, 2000).
 * @param target_kg it has got there with a feasible design of this mass or less
 */
export async function evolve(
  judge: EvolutionJudge,
  target_kg: number,
  mostDesigns: number,
  seed: number,
): Promise<Evolved> {
  const { dimensions } = judge;
  const random = randomStream(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const better = (a: Individual, b: Individual): number => a.violation - b.violation || a.mass_kg - b.mass_kg;
  let parents: Individual[] = [];
  let designs = 0;
  while (designs < mostDesigns) {
    const children: Individual[] = [];
    for (let i = 0; i < CHILDREN; i++) {
      const parent = parents[Math.floor(random() * parents.length)];
      const step = parent ? parent.step * Math.exp(normal() / Math.sqrt(2 * dimensions)) : 0.3;
      const at = parent
        ? parent.at.map((value) => Math.min(1, Math.max(-1, value + step * normal())))
        : Array.from({ length: dimensions }, () => 2 * random() - 1);
      designs++;
      const point = judge.pointAt(at);
      // Heavier than every feasible parent, it is dropped whether it holds or not.
      const full = parents.length === PARENTS && parents.every(({ violation }) => violation === 0);
      if (full && ((await judge.mass(point)) ?? Number.POSITIVE_INFINITY) > parents.at(-1)!.mass_kg) continue;
      const child: Individual = { at, step, ...(await judge.solve(point)) };
      children.push(child);
      if (child.violation === 0 && child.mass_kg <= target_kg) return { designs, mass_kg: child.mass_kg };
    }
    parents = [...parents, ...children].sort(better).slice(0, PARENTS);
  }
  const [best] = parents;
  return { designs, mass_kg: best && best.violation === 0 ? best.mass_kg : Number.NaN };
}
