/** What belongs to the person and not to a project: preferences and recent files, in one small JSON file. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { writeFileAtomically } from '../host/index.ts';

interface Recent {
  path: string;
  name: string;
  openedAt: number;
}
interface Content {
  preferences: Record<string, unknown>;
  recent: Recent[];
}
const MAXIMUM_RECENT = 20;

export class ApplicationSettings {
  readonly #path: string;
  #content: Content;
  /** Writes follow each other, so that the last one wins. */
  #writing: Promise<void> = Promise.resolve();

  constructor(dataFolder: string) {
    this.#path = join(dataFolder, 'settings.json');
    this.#content = { preferences: {}, recent: [] };
    try {
      const read = JSON.parse(readFileSync(this.#path, 'utf8')) as Partial<Content>;
      this.#content = {
        preferences: typeof read.preferences === 'object' && read.preferences !== null ? read.preferences : {},
        recent: Array.isArray(read.recent) ? read.recent.filter((each) => typeof each?.path === 'string') : [],
      };
    } catch {
      // No settings yet, or unreadable ones: the defaults serve, and the next change writes a good file.
    }
  }

  preferences(): Record<string, unknown> {
    return this.#content.preferences;
  }

  async set(key: string, value: unknown): Promise<void> {
    this.#content.preferences = { ...this.#content.preferences, [key]: value };
    await this.#save();
  }

  recent(): (Recent & { exists: boolean })[] {
    return this.#content.recent.map((each) => ({ ...each, exists: existsSync(each.path) }));
  }

  async opened(path: string, name: string): Promise<void> {
    const entry = { path, name: name || basename(path, extname(path)), openedAt: Date.now() };
    this.#content.recent = [entry, ...this.#content.recent.filter((each) => each.path !== path)].slice(
      0,
      MAXIMUM_RECENT,
    );
    await this.#save();
  }

  #save(): Promise<void> {
    const text = JSON.stringify(this.#content, null, 2);
    this.#writing = this.#writing
      .catch(() => {})
      .then(async () => {
        await mkdir(dirname(this.#path), { recursive: true });
        await writeFileAtomically(this.#path, text);
      });
    return this.#writing;
  }
}
