/** The agent's branch: begun before its first change, gone back on, accepted as one change, or dropped. */
import { type Api, ArtificerError, type Author, type Client } from '../../../../preload/contract/index.ts';

const PREFIX = 'agent/';

export class Work {
  readonly #client: Client<Api>;
  readonly #author: Author;
  #open: { branch: string; changes: string[] } | null = null;

  constructor(client: Client<Api>, author: Author) {
    this.#client = client;
    this.#author = author;
  }

  /** What waits to be accepted or dropped, as it was when it was looked at last. */
  get open(): { branch: string; changes: string[] } | null {
    return this.#open;
  }

  async refresh(): Promise<void> {
    const branches = await this.#client['document.branches']({});
    const branch = branches.findLast(({ name, status }) => name.startsWith(PREFIX) && status === 'open');
    if (!branch) {
      this.#open = null;
      return;
    }
    if (!branch.current) {
      // Its changes are not at hand from here; that it is there is what counts.
      this.#open = { branch: branch.name, changes: this.#open?.branch === branch.name ? this.#open.changes : [] };
      return;
    }
    const changes = await this.#client['document.history']({ limit: 500 });
    const undone = new Set(changes.flatMap(({ kind, of }) => (kind === 'undo' && of !== undefined ? [of] : [])));
    this.#open = {
      branch: branch.name,
      changes: changes
        .filter(({ kind, sequence }) => kind === 'edit' && !undone.has(sequence))
        .map(({ label }) => label)
        .reverse(),
    };
  }

  /** After a request: a branch on which nothing came about is no work. */
  async tidy(): Promise<void> {
    await this.refresh();
    if (!this.#open || this.#open.changes.length > 0) return;
    const branches = await this.#client['document.branches']({});
    if (branches.some(({ name, current }) => current && name === this.#open?.branch)) await this.drop();
  }

  /** Onto the branch where there is one already. */
  async go(): Promise<void> {
    const branches = await this.#client['document.branches']({});
    const found = branches.find(({ name }) => name === this.#open?.branch);
    if (found && !found.current) await this.#client['document.branches.switch']({ name: found.name });
    await this.refresh();
  }

  /** Before a change: onto the branch, which is made where there is none. Answers with the place to come back to. */
  async begin(): Promise<{ branch: string; mark: number }> {
    const branches = await this.#client['document.branches']({});
    const open = branches.findLast(({ name, status }) => name.startsWith(PREFIX) && status === 'open');
    if (open) {
      if (!open.current) await this.#client['document.branches.switch']({ name: open.name });
    } else {
      const numbers = branches.map(({ name }) => Number(/^agent\/(\d+)$/.exec(name)?.[1] ?? 0));
      const name = `${PREFIX}${Math.max(0, ...numbers) + 1}`;
      await this.#client['document.branches.start']({ name, author: this.#author });
    }
    await this.refresh();
    const { history } = await this.#client['document.snapshot']({});
    return { branch: this.#open!.branch, mark: history.sequence };
  }

  /** Answers with the label of the change that was made. */
  async accept(label: string, preferBranch: boolean): Promise<string> {
    const { branch } = await this.#needed();
    await this.#client['document.branches.merge']({
      name: branch,
      label,
      author: this.#author,
      ...(preferBranch ? { preferBranch } : {}),
    });
    await this.refresh();
    return label;
  }

  async drop(): Promise<void> {
    const { branch } = await this.#needed();
    await this.#client['document.branches.drop']({ name: branch });
    await this.refresh();
  }

  async goBack(branch: string, sequence: number): Promise<void> {
    const open = await this.#needed();
    if (open.branch !== branch)
      throw new ArtificerError({
        code: 'agent.no-checkpoint',
        category: 'refused',
        message: 'That work has been accepted or dropped since.',
        hint: 'Use the history of the project.',
      });
    await this.go();
    await this.#client['document.goBack']({ sequence, label: 'Back to a checkpoint', author: this.#author });
    await this.refresh();
  }

  async #needed(): Promise<{ branch: string }> {
    await this.refresh();
    if (this.#open) return this.#open;
    throw new ArtificerError({
      code: 'agent.no-work',
      category: 'usage',
      message: 'There is no work of the agent that waits to be accepted.',
    });
  }
}
