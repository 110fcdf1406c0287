/** The projects that were open lately, newest first, for the menu and the system's own list. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import type { ElectronModules } from './electron-modules.ts';

const KEEP = 12;

export class RecentFiles {
  readonly #file: string;
  readonly #app: Pick<ElectronModules['app'], 'addRecentDocument' | 'clearRecentDocuments'>;
  #paths: string[];
  /** Called when the list has changed. */
  onChange: () => void = () => {};

  constructor(file: string, app: Pick<ElectronModules['app'], 'addRecentDocument' | 'clearRecentDocuments'>) {
    this.#file = file;
    this.#app = app;
    try {
      this.#paths = v.parse(v.array(v.string()), JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      this.#paths = [];
    }
  }

  /** Those that are still there. */
  list(): string[] {
    return this.#paths.filter((path) => existsSync(path));
  }

  add(path: string): void {
    if (this.#paths[0] === path) return;
    this.#paths = [path, ...this.#paths.filter((other) => other !== path)].slice(0, KEEP);
    this.#app.addRecentDocument(path);
    this.#changed();
  }

  clear(): void {
    this.#paths = [];
    this.#app.clearRecentDocuments();
    this.#changed();
  }

  #changed(): void {
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.tmp`, JSON.stringify(this.#paths));
      renameSync(`${this.#file}.tmp`, this.#file);
    } catch {
      // Forgotten at the next start, and no worse.
    }
    this.onChange();
  }
}
