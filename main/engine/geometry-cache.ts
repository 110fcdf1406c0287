/**
 * Derived geometry: what the kernel made of an imported file, kept under the hash of the file's bytes and how it was read.
 * Dropping all of it loses nothing, for it is made again from the bytes that the project keeps.
 */
import type { BodyInfo, PartRecord, PartView, SourceRecord } from '../../preload/contract/index.ts';
import type { ImportedModel } from '../kernel/port.ts';
import type { DocumentSession } from '../storage/index.ts';

/** Raised when the kernel describes or tessellates differently, so that old entries are not used any more. */
const GEOMETRY_VERSION = 2;

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

const keyOf = (sha256: string, healed: boolean, partKey: string): string =>
  `geometry/${GEOMETRY_VERSION}/${sha256}${healed ? '/healed' : ''}/${partKey}`;

/** Reads and writes the derived geometry of one project. */
export class GeometryCache {
  readonly #session: DocumentSession;
  constructor(session: DocumentSession) {
    this.#session = session;
  }

  /** What is known of a part, or null when it has to be made again. */
  get(part: PartRecord, source: SourceRecord): CachedPart | null {
    const file = this.#session.file;
    const cached = file.derived.get<CachedPart>(keyOf(source.sha256, source.healed, part.sourceKey ?? ''));
    if (!cached) return null;
    // The budget may have evicted a blob that this entry still names.
    const whole = cached.bodies.every(
      (body) => file.blobs.has(body.tessellationHash) && (body.brepHash === null || file.blobs.has(body.brepHash)),
    );
    return whole ? cached : null;
  }

  /** Keeps every part of a model; answers with the parts by their key. */
  async put(
    model: ImportedModel,
    sha256: string,
    healed: boolean,
    quality: 'coarse' | 'fine',
    signal?: AbortSignal,
  ): Promise<Map<string, CachedPart>> {
    const file = this.#session.file;
    const kept = new Map<string, CachedPart>();
    const options = signal ? { signal } : {};
    for (const part of model.parts) {
      const bodies: CachedBody[] = [];
      for (const body of part.bodies) {
        if (!body.tessellation) continue;
        bodies.push({
          info: body.info,
          brepHash: body.brep ? await file.blobs.write(body.brep, 'brep', options) : null,
          tessellationHash: await file.blobs.write(body.tessellation, 'tessellation', options),
          quality,
        });
      }
      const cached = { bodies };
      file.derived.put(keyOf(sha256, healed, part.key), cached);
      kept.set(part.key, cached);
    }
    return kept;
  }
}

export const viewOf = (partId: string, cached: CachedPart): PartView => ({
  partId,
  status: 'ready',
  bodies: cached.bodies.map((body, index) => ({
    index,
    info: body.info,
    tessellation: { hash: body.tessellationHash, quality: body.quality },
  })),
});
