/**
 * What was tried for a brief, in the project: derived data under a hash of everything that decides it. Packing drops it, and
 * searching makes it again.
 */
import * as v from 'valibot';
import {
  type DesignCandidate,
  DesignCandidateSchema,
  type DesignOutcome,
  DesignOutcomeSchema,
} from '../../../preload/contract/index.ts';
import type { CandidateStore, Concept } from '../../engineer/index.ts';
import type { DocumentSession } from '../../storage/index.ts';

/** Raised when what is kept of a candidate changes its meaning. */
export const CANDIDATES_VERSION = 1;

export class ProjectCandidates implements CandidateStore {
  readonly #session: DocumentSession;
  readonly #prefix: string;

  constructor(session: DocumentSession, key: string) {
    this.#session = session;
    this.#prefix = `design/${CANDIDATES_VERSION}/${key}/`;
  }

  get #derived() {
    return this.#session.file.derived;
  }

  // What a search that goes on asks

  get(key: string): DesignCandidate | undefined {
    const parsed = v.safeParse(DesignCandidateSchema, this.#derived.get(`${this.#prefix}tried/${key}`));
    return parsed.success ? parsed.output : undefined;
  }
  keys(): string[] {
    const tried = `${this.#prefix}tried/`;
    return this.#derived.keys(tried).map((key) => key.slice(tried.length));
  }
  async put(key: string, candidate: DesignCandidate): Promise<void> {
    this.#derived.put(`${this.#prefix}tried/${key}`, candidate);
  }

  /** Kept too, for shapes that were generated take minutes; null where they are not, or bodies of files belong to them. */
  concepts(): Concept[] | null {
    return this.#derived.get<Concept[]>(`${this.#prefix}concepts`);
  }
  keepConcepts(concepts: readonly Concept[]): void {
    if (concepts.every(({ imports }) => Object.keys(imports).length === 0))
      this.#derived.put(`${this.#prefix}concepts`, concepts);
  }

  // What a person sees

  /** By number. A search that goes on tells the same designs again, in their old places. */
  tell(candidate: DesignCandidate): void {
    this.#derived.put(this.#place(candidate.number), candidate);
  }

  candidates(): DesignCandidate[] {
    return this.#derived.keys(`${this.#prefix}told/`).flatMap((key) => {
      const parsed = v.safeParse(DesignCandidateSchema, this.#derived.get(key));
      return parsed.success ? [parsed.output] : [];
    });
  }

  /** A search ended: those of an earlier one beyond it are no part of its outcome. */
  end(outcome: DesignOutcome, candidates: readonly DesignCandidate[]): void {
    const last = this.#place(candidates.length);
    for (const key of this.#derived.keys(`${this.#prefix}told/`)) if (key > last) this.#derived.delete(key);
    for (const candidate of candidates) this.tell(candidate);
    this.#derived.put(`${this.#prefix}outcome`, outcome);
  }

  /** A search begins: its end is not known. */
  begin(): void {
    this.#derived.delete(`${this.#prefix}outcome`);
  }

  outcome(): DesignOutcome | null {
    const parsed = v.safeParse(DesignOutcomeSchema, this.#derived.get(`${this.#prefix}outcome`));
    return parsed.success ? parsed.output : null;
  }

  clear(): void {
    for (const key of this.#derived.keys(this.#prefix)) this.#derived.delete(key);
  }

  #place = (number: number): string => `${this.#prefix}told/${String(number).padStart(7, '0')}`;
}
