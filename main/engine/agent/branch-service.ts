/** Lines of changes for whoever calls: everybody who listens to the document learns what going onto another one changes. */
import type {
  Api,
  Author,
  BranchDesign,
  ChangeInfo,
  Handlers,
  HistoryState,
  RecordDiff,
} from '../../../preload/contract/index.ts';
import { ArtificerError } from '../../../preload/contract/index.ts';
import { sameData } from '../../document/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import type { Streams } from '../context.ts';

/** What a branch is for. In the project's settings: it is no part of the design, and undo does not touch it. */
export interface BranchAbout {
  about: string;
  design: BranchDesign;
}
const aboutKey = (name: string): string => `branch/${name}`;

type Answer<Name extends keyof Api> = Awaited<ReturnType<Handlers<Api>[Name]>>;

export class BranchService {
  readonly #session: () => DocumentSession;
  readonly #streams: Streams;

  constructor(session: () => DocumentSession, streams: Streams) {
    this.#session = session;
    this.#streams = streams;
  }

  list(): Answer<'document.branches'> & object {
    const session = this.#session();
    return session.file.branches().map(({ name, parent, status, author, createdAt }) => {
      const known = session.file.settings.get<BranchAbout>(aboutKey(name));
      return {
        name,
        parent,
        status,
        author,
        createdAt,
        current: name === session.branch,
        about: known?.about ?? '',
        design: known?.design ?? null,
      };
    });
  }

  start(name: string, author: Author | undefined, about?: BranchAbout): HistoryState {
    return this.#going(`Start ${name}`, (session) => {
      const history = session.startBranch(name, author ? { author } : {});
      if (about) session.file.settings.set(aboutKey(name), about);
      return history;
    });
  }

  switch(name: string): HistoryState {
    const found = this.list().find((branch) => branch.name === name);
    if (found?.status !== 'open')
      throw new ArtificerError({
        code: found ? 'branch.ended' : 'branch.unknown',
        category: 'usage',
        message: found ? `The branch "${name}" has already been ${found.status}.` : `There is no branch "${name}".`,
      });
    return this.#going(`Go to ${name}`, (session) => session.switchBranch(name));
  }

  merge(
    name: string,
    options: { label: string; author?: Author | undefined; preferBranch?: boolean | undefined },
  ): HistoryState {
    return this.#going(options.label, (session) =>
      session.mergeBranch(name, {
        label: options.label,
        ...(options.author ? { author: options.author } : {}),
        ...(options.preferBranch ? { onConflict: 'prefer-branch' } : {}),
      }),
    );
  }

  drop(name: string): HistoryState {
    return this.#going(`Drop ${name}`, (session) => session.dropBranch(name));
  }

  reopen(name: string): HistoryState {
    return this.#going(`Take up ${name}`, (session) => session.reopenBranch(name));
  }

  goBack(sequence: number, label: string | undefined, author: Author | undefined): HistoryState {
    return this.#session().bailOut(sequence, { ...(label ? { label } : {}), ...(author ? { author } : {}) });
  }

  /** Whatever it does to the records, it is told of as a change; windows ask for everything anew where the branch is another. */
  #going(label: string, go: (session: DocumentSession) => HistoryState): HistoryState {
    const session = this.#session();
    const before = new Map(session.store.all().map((record) => [record.id, record]));
    const history = go(session);
    const diffs: RecordDiff[] = [];
    for (const record of session.store.all()) {
      const was = before.get(record.id) ?? null;
      before.delete(record.id);
      // Records that a branch did not touch are read from the file again: only what differs counts.
      if (was === null || !sameData(was, record)) diffs.push({ id: record.id, before: was, after: record });
    }
    for (const [id, was] of before) diffs.push({ id, before: was, after: null });
    if (diffs.length > 0) {
      const change: ChangeInfo = {
        sequence: history.sequence,
        branch: history.branch,
        label,
        author: session.author,
        at: Date.now(),
        kind: 'edit',
        records: diffs.length,
      };
      this.#streams.document.emit({ diffs, history, change });
    }
    // Also where nothing else changes: there is one branch more or less.
    this.#streams.project.emit(session.info());
    return history;
  }
}
