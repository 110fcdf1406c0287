/** What the engine's services share: the open project, the domains, and the streams that windows listen to. */
import type {
  AgentUpdate,
  DesignCandidate,
  ErrorData,
  Job,
  JobContext,
  Message,
  PartHistory,
  PartView,
  ProjectInfo,
} from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import type { JobManager } from '../host/index.ts';
import type { Kernel } from '../kernel/port.ts';
import type { Physics } from '../physics/index.ts';
import type { ChangeEvent, DocumentSession } from '../storage/index.ts';
import type { GeometryCache } from './geometry-cache.ts';
import type { TransientBlobs } from './transient-blobs.ts';

/** A set of listeners; a listener that throws does not keep the others from hearing. */
export class Stream<Data> {
  readonly #listeners = new Set<(data: Data) => void>();
  subscribe(listener: (data: Data) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  emit(data: Data): void {
    for (const listener of this.#listeners)
      try {
        listener(data);
      } catch (thrown) {
        console.error('a listener failed', thrown);
      }
  }
}

export interface Streams {
  project: Stream<ProjectInfo | null>;
  document: Stream<ChangeEvent>;
  jobs: Stream<Job>;
  geometry: Stream<PartView>;
  parts: Stream<PartHistory>;
  results: Stream<{ studyId: string }>;
  surrogates: Stream<{ studyId: string }>;
  designs: Stream<{ briefId: string; key: string; candidate?: DesignCandidate }>;
  messages: Stream<Message>;
  agent: Stream<AgentUpdate>;
}

export interface EngineContext {
  /** Settings, recent files, untitled projects and uploads live here. */
  dataFolder: string;
  kernel: Kernel;
  physics: Physics;
  jobs: JobManager;
  streams: Streams;
  /** The open project, or a refusal that says there is none. */
  session(): DocumentSession;
  /** Derived geometry of this project. */
  cache(session: DocumentSession): GeometryCache;
  /** Bulk data that is not kept in the project. */
  transient: TransientBlobs;
  /** Adds a line to the messages that the project keeps. */
  tell(
    severity: Message['severity'],
    text: string,
    more?: { hint?: string; recordId?: string; error?: ErrorData },
  ): void;
}

export const noProject = (): ArtificerError =>
  new ArtificerError({
    code: 'project.none-open',
    category: 'usage',
    message: 'No project is open.',
    hint: 'Create or open a project first.',
  });

export const noRecord = (what: string, id: string): ArtificerError =>
  new ArtificerError({
    code: 'document.no-such-record',
    category: 'usage',
    message: `There is no ${what} with the id ${id}.`,
    hint: 'It may have been removed; look at the history.',
    recordId: id,
  });

export type { JobContext };
