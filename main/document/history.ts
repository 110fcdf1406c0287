/** What can be undone and redone on one branch, derived from the line of changes alone: nothing else need be kept. */
import type { Author } from '../../preload/contract/records.ts';
import { type ChangeHeader, sameAuthor } from './change.ts';

/** An edit that can be taken back or repeated. */
export interface Step {
  /** The edit's own sequence: what an undo or redo is `of`. */
  edit: number;
  /** The change whose diffs are in force (the edit or its latest redo), or, on the redo side, the latest undo. */
  latest: number;
  label: string;
  author: Author;
}

export class History {
  readonly #done: Step[] = [];
  readonly #undone: Step[] = [];
  #last: ChangeHeader | null = null;

  constructor(headers: Iterable<ChangeHeader> = []) {
    for (const header of headers) this.add(header);
  }

  /** The newest change, or null on an untouched branch. */
  get last(): ChangeHeader | null {
    return this.#last;
  }

  /** Takes note of a change that was made. */
  add(header: ChangeHeader): void {
    this.#last = header;
    if (header.kind === 'undo') this.#move(this.#done, this.#undone, header);
    else if (header.kind === 'redo') this.#move(this.#undone, this.#done, header);
    else this.#addEdit(header);
  }

  /** The step that an undo takes back: the latest, or this author's latest. */
  undoable(author?: Author): Step | null {
    return findLast(this.#done, author);
  }

  redoable(author?: Author): Step | null {
    return findLast(this.#undone, author);
  }

  #addEdit(header: ChangeHeader): void {
    if (header.replaces !== undefined) {
      const replaced = this.#done.findIndex((step) => step.edit >= header.replaces!);
      if (replaced >= 0) this.#done.splice(replaced);
    }
    // What the system does (setting a project up, repairing it) is history, but no step of anybody's.
    if (header.author.kind === 'system') return;
    this.#done.push({ edit: header.sequence, latest: header.sequence, label: header.label, author: header.author });
    // A new edit ends what its author had undone; what somebody else had undone can still come back.
    for (let i = this.#undone.length - 1; i >= 0; i--) {
      if (sameAuthor(this.#undone[i]!.author, header.author)) this.#undone.splice(i, 1);
    }
  }

  #move(from: Step[], to: Step[], header: ChangeHeader): void {
    const index = from.findLastIndex((step) => step.edit === header.of);
    if (index < 0) return;
    const [step] = from.splice(index, 1);
    to.push({ ...step!, latest: header.sequence });
  }
}

const findLast = (steps: readonly Step[], author?: Author): Step | null =>
  steps.findLast((step) => author === undefined || sameAuthor(step.author, author)) ?? null;
