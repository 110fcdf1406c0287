/**
 * The bodies of all remembered states. Neighbouring states share most of their bodies, so each is counted; when no state
 * holds it any more, its shape and what was made of it are freed.
 */
import type { Occt } from '../../modeller/occt.ts';
import type { BodyState } from '../operation.ts';
import { ShapeMemory } from '../pictures/memory.ts';
import { BodyTopology } from './topology.ts';

export class Bodies {
  readonly #oc: Occt;
  readonly #holders = new Map<BodyState, number>();
  readonly #topologies = new Map<BodyState, BodyTopology>();
  readonly #unsound = new WeakSet<BodyState>();
  readonly memory: ShapeMemory;

  constructor(oc: Occt) {
    this.#oc = oc;
    this.memory = new ShapeMemory(oc);
  }

  /** Bodies of files need not be sound, and neither is what is made of them. */
  markUnsound(body: BodyState): void {
    this.#unsound.add(body);
  }
  isSound(body: BodyState): boolean {
    return !this.#unsound.has(body);
  }

  /** How many are alive. */
  get size(): number {
    return this.#holders.size;
  }

  hold(bodies: readonly BodyState[]): void {
    for (const body of bodies) this.#holders.set(body, (this.#holders.get(body) ?? 0) + 1);
  }

  release(bodies: readonly BodyState[]): void {
    for (const body of bodies) {
      const holders = (this.#holders.get(body) ?? 0) - 1;
      if (holders > 0) {
        this.#holders.set(body, holders);
        continue;
      }
      this.#holders.delete(body);
      this.#topologies.get(body)?.free();
      this.#topologies.delete(body);
      body.shape.delete();
    }
  }

  topologyOf(body: BodyState): BodyTopology {
    let topology = this.#topologies.get(body);
    if (!topology) {
      topology = new BodyTopology(this.#oc, body, this.memory, !this.#unsound.has(body));
      this.#topologies.set(body, topology);
    }
    return topology;
  }

  /** Frees bodies that a step made on its way and that no state holds. */
  drop(bodies: Iterable<BodyState>): void {
    for (const body of bodies) {
      if (this.#holders.has(body)) continue;
      this.#topologies.get(body)?.free();
      this.#topologies.delete(body);
      body.shape.delete();
    }
  }

  /** Keeps only what the given bodies need of what was made for looking at them: it is large beside the shapes. */
  forgetTopologiesBut(kept: ReadonlySet<BodyState>): void {
    for (const [body, topology] of this.#topologies) {
      if (kept.has(body)) continue;
      topology.free();
      this.#topologies.delete(body);
    }
  }
}
