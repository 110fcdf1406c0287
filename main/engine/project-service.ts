/** Opening, creating, saving and closing: one project at a time, and what everybody is told of it. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ProjectInfo } from '../../preload/contract/index.ts';
import { DocumentSession } from '../storage/index.ts';
import type { ApplicationSettings } from './application-settings.ts';
import { noProject, type Streams } from './context.ts';

const PERSON = { kind: 'person', name: 'You' } as const;

export class ProjectService {
  readonly #dataFolder: string;
  readonly #settings: ApplicationSettings;
  readonly #streams: Streams;
  readonly #onClosing: () => Promise<void>;
  #session: DocumentSession | null = null;

  constructor(options: {
    dataFolder: string;
    settings: ApplicationSettings;
    streams: Streams;
    onClosing: () => Promise<void>;
  }) {
    this.#dataFolder = options.dataFolder;
    this.#settings = options.settings;
    this.#streams = options.streams;
    this.#onClosing = options.onClosing;
  }

  session(): DocumentSession {
    if (!this.#session) throw noProject();
    return this.#session;
  }

  current(): ProjectInfo | null {
    return this.#session?.info() ?? null;
  }

  async create(options: {
    path?: string | undefined;
    name?: string | undefined;
    passphrase?: string | undefined;
  }): Promise<ProjectInfo> {
    const path = options.path === undefined ? await this.#untitledPath() : resolve(options.path);
    const session = await DocumentSession.create(path, {
      author: PERSON,
      name: options.name,
      ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }),
    });
    return this.#adopt(session);
  }

  async open(path: string, passphrase?: string): Promise<ProjectInfo> {
    const absolute = resolve(path);
    // Reopening the file that is open must not run into its own lock.
    if (this.#session?.file.path === absolute) await this.close();
    const session = await DocumentSession.open(absolute, {
      author: PERSON,
      ...(passphrase === undefined ? {} : { passphrase }),
    });
    return this.#adopt(session);
  }

  async saveAs(
    path: string,
    options: { passphrase?: string | undefined; overwrite?: boolean | undefined },
  ): Promise<ProjectInfo> {
    const absolute = resolve(path);
    await this.session().file.saveAs(absolute, {
      ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }),
      ...(options.overwrite === undefined ? {} : { overwrite: options.overwrite }),
    });
    return this.open(absolute, options.passphrase);
  }

  async pack(): Promise<ProjectInfo> {
    await this.session().file.pack();
    return this.#announce();
  }

  async close(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    await this.#onClosing();
    this.#session = null;
    await session.close();
    this.#streams.project.emit(null);
  }

  async #adopt(session: DocumentSession): Promise<ProjectInfo> {
    await this.close();
    this.#session = session;
    session.subscribe((event) => this.#streams.document.emit(event));
    const info = this.#announce();
    await this.#settings.opened(info.path, info.name).catch(() => {
      // A home folder that cannot be written to costs the list of recent files, nothing else.
    });
    return info;
  }

  #announce(): ProjectInfo {
    const info = this.session().info();
    this.#streams.project.emit(info);
    return info;
  }

  async #untitledPath(): Promise<string> {
    const folder = join(this.#dataFolder, 'projects');
    await mkdir(folder, { recursive: true });
    const stamp = new Date().toISOString().replace(/[:T]/g, '-').slice(0, 19);
    return join(folder, `Untitled ${stamp}-${Math.random().toString(36).slice(2, 6)}.artificer`);
  }
}
