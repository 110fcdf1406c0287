/**
 * Derived geometry: what the kernel made of an imported file, or of a part's history, kept under the hash of what it was
 * made from. Dropping all of it loses nothing, for it is made again from what the project keeps for good.
 */
import type { BodyInfo, FeatureOutcome, PartView, SourceRecord } from '../../preload/contract/index.ts';
import type { EvaluatedPart, ImportedModel } from '../kernel/port.ts';
import type { DocumentSession } from '../storage/index.ts';
import type { TransientBlobs } from './transient-blobs.ts';

/** Raised when the kernel describes or tessellates differently, so that old entries are not used any more. */
export const GEOMETRY_VERSION = 2;
/** Raised when features make other bodies of the same steps, or other names. */
export const FEATURES_VERSION = 2;

export interface CachedBody {
  info: BodyInfo;
  /** `BinTools` bytes; null for mesh bodies. */
  brepHash: string | null;
  tessellationHash: string;
  quality: 'coarse' | 'fine';
}
export interface CachedPart {
  bodies: CachedBody[];
}
/** What became of a history: its bodies, and how each step went. */
export interface CachedEvaluation extends CachedPart {
  outcomes: FeatureOutcome[];
  seconds: number;
}

const sourceKey = (source: SourceRecord, partKey: string): string =>
  `geometry/${GEOMETRY_VERSION}/${source.sha256}${source.healed ? '/healed' : ''}/${partKey}`;
const evaluationPrefix = (partId: string): string => `part/${GEOMETRY_VERSION}.${FEATURES_VERSION}/${partId}/`;

/** Evaluations of one part that are kept: what undo and a family of parts come back to. */
const MOST_EVALUATIONS = 48;
/** Bulk data of projects that may not be written stays until the project is closed. */
const FOR_GOOD_s = Number.POSITIVE_INFINITY;

/** Reads and writes the derived geometry of one project; in memory where the file may not be written. */
export class GeometryCache {
  readonly #session: DocumentSession;
  readonly #transient: TransientBlobs;
  /** Of read-only projects. */
  readonly #inMemory = new Map<string, unknown>();
  /** Keys of evaluations by part, the oldest first. */
  readonly #evaluations = new Map<string, string[]>();

  constructor(session: DocumentSession, transient: TransientBlobs) {
    this.#session = session;
    this.#transient = transient;
  }

  /** What is known of a part of an imported file, or null when it has to be made again. */
  ofSource(source: SourceRecord, partKey: string): CachedPart | null {
    return this.#get(sourceKey(source, partKey));
  }

  /** What is known of a history by its hash, or null when it has to be evaluated. */
  ofHistory(partId: string, inputHash: string): CachedEvaluation | null {
    return this.#get(evaluationPrefix(partId) + inputHash);
  }

  async read(hash: string): Promise<Uint8Array | null> {
    return this.#transient.get(hash) ?? (await this.#session.file.blobs.read(hash));
  }

  /** Keeps every part of a model; answers with the parts by their key. */
  async putModel(
    model: ImportedModel,
    source: Pick<SourceRecord, 'sha256' | 'healed'>,
    quality: 'coarse' | 'fine',
    signal?: AbortSignal,
  ): Promise<Map<string, CachedPart>> {
    const kept = new Map<string, CachedPart>();
    for (const part of model.parts) {
      const bodies: CachedBody[] = [];
      for (const body of part.bodies)
        if (body.tessellation)
          bodies.push({
            info: body.info,
            brepHash: body.brep ? await this.write(body.brep, 'brep', signal) : null,
            tessellationHash: await this.write(body.tessellation, 'tessellation', signal),
            quality,
          });
      this.#put(sourceKey(source as SourceRecord, part.key), { bodies });
      kept.set(part.key, { bodies });
    }
    return kept;
  }

  /** Keeps what a history was evaluated to. The kernel was asked for everything. */
  async putEvaluation(
    partId: string,
    inputHash: string,
    evaluated: EvaluatedPart,
    signal?: AbortSignal,
  ): Promise<CachedEvaluation> {
    const bodies: CachedBody[] = [];
    for (const { info, brep, tessellation } of evaluated.bodies) {
      if (!info || !brep || !tessellation) throw new Error('a body was evaluated without what was asked for');
      bodies.push({
        info,
        brepHash: await this.write(brep, 'brep', signal),
        tessellationHash: await this.write(tessellation, 'tessellation', signal),
        quality: 'fine',
      });
    }
    const { features, describe, tessellate } = evaluated.seconds;
    const made: CachedEvaluation = {
      bodies,
      outcomes: evaluated.outcomes,
      seconds: features + describe + tessellate,
    };
    // JSON has no negative zero: without this a reopened project would not show what was shown when it was made.
    const evaluation = JSON.parse(JSON.stringify(made)) as CachedEvaluation;
    const key = evaluationPrefix(partId) + inputHash;
    this.#put(key, evaluation);
    this.#forgetOld(partId, key);
    return evaluation;
  }

  /** Any other derived data by a key that names what it was made from. */
  derived<T>(key: string): T | null {
    return (this.#inMemory.get(key) as T | undefined) ?? this.#session.file.derived.get<T>(key);
  }
  putDerived(key: string, value: unknown): void {
    this.#put(key, value);
  }

  #get<T extends CachedPart>(key: string): T | null {
    const cached = this.derived<T>(key);
    return cached && this.isWhole(cached) ? cached : null;
  }

  /** The budget may have evicted a blob, or packing have dropped it, that is still named here. */
  isWhole({ bodies }: CachedPart): boolean {
    return bodies.every(
      (body) => this.#has(body.tessellationHash) && (body.brepHash === null || this.#has(body.brepHash)),
    );
  }

  #has(hash: string): boolean {
    return this.#transient.has(hash) || this.#session.file.blobs.has(hash);
  }

  /** Keeps bytes of derived geometry; answers with their hash. */
  async write(bytes: Uint8Array, kind: string, signal?: AbortSignal): Promise<string> {
    const { file } = this.#session;
    if (file.readOnly) return this.#transient.put(bytes, FOR_GOOD_s);
    return file.blobs.write(bytes, kind, signal ? { signal } : {});
  }

  #put(key: string, value: unknown): void {
    const { file } = this.#session;
    if (file.readOnly) this.#inMemory.set(key, value);
    else file.derived.put(key, value);
  }

  #forgetOld(partId: string, newest: string): void {
    const { file } = this.#session;
    let keys = this.#evaluations.get(partId);
    if (!keys) {
      keys = file.derived.keys(evaluationPrefix(partId));
      this.#evaluations.set(partId, keys);
    }
    const at = keys.indexOf(newest);
    if (at >= 0) keys.splice(at, 1);
    keys.push(newest);
    for (const old of keys.splice(0, Math.max(0, keys.length - MOST_EVALUATIONS)))
      if (file.readOnly) this.#inMemory.delete(old);
      else file.derived.delete(old);
  }
}

export const viewOf = (partId: string, cached: CachedPart, names: readonly string[] = []): PartView => ({
  partId,
  status: 'ready',
  bodies: cached.bodies.map((body, index) => ({
    index,
    info: names[index] === undefined ? body.info : { ...body.info, name: names[index] },
    tessellation: { hash: body.tessellationHash, quality: body.quality },
  })),
});
