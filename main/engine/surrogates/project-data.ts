/**
 * Designs and model of a surrogate in the project: derived data under the hash of what they were made from. Fields and model
 * are blobs; a line of a design is written after its blob. Packing drops all of it, and it is made again.
 */
import * as v from 'valibot';
import {
  ArtificerError,
  type StudySurrogateState,
  type SurrogateCard,
  SurrogateCardSchema,
  type SurrogateComparison,
} from '../../../preload/contract/index.ts';
import { type DocumentSession, KEPT } from '../../storage/index.ts';
import {
  type DataHead,
  type DesignData,
  type DesignRecord,
  DesignSchema,
  FIRST_JOINED,
  hashOfDesigns,
  type ModelData,
  type ModelFiles,
  SINGULAR,
  type SolvedRecord,
  solvedOf,
} from '../../surrogates/index.ts';

const KIND = 'surrogate';
/** Comparisons that are remembered. */
const MOST_COMPARISONS = 100;

interface StoredHead {
  head: DataHead;
  /** The reference design's mesh: what predictions are painted on. */
  meshHash: string;
}
interface StoredModel {
  card: SurrogateCard;
  /** The ONNX file. */
  modelHash: string;
  meshHash: string | null;
  /** Where it did not learn here. */
  brought?: BroughtModel;
}
export type BroughtModel = NonNullable<StudySurrogateState['brought']>;
interface StoredLog {
  /** Designs that came from later solutions: their values, in the order of the parameters. */
  joined: number[][];
  comparisons: SurrogateComparison[];
}

const placeOf = ({ role, index }: Pick<DesignRecord, 'role' | 'index'>): string =>
  `${role}/${String(index).padStart(7, '0')}`;

export class ProjectData implements DesignData, ModelData {
  readonly #session: DocumentSession;
  readonly #prefix: string;
  #designs: DesignRecord[] | null = null;

  constructor(session: DocumentSession, key: string) {
    this.#session = session;
    this.#prefix = `surrogate/${key}/`;
  }

  get #file() {
    return this.#session.file;
  }

  isOf(session: DocumentSession): boolean {
    return this.#session === session;
  }

  stored(): StoredHead | null {
    const found = this.#file.derived.get<StoredHead>(`${this.#prefix}head`);
    return found && this.#file.blobs.has(found.meshHash) ? found : null;
  }

  /** Those whose fields have not been dropped from the cache. */
  get designs(): DesignRecord[] {
    // Packing drops everything, also what is remembered here.
    if (!this.stored()) this.#designs = null;
    this.#designs ??= this.#file.derived.keys(`${this.#prefix}design/`).flatMap((key) => {
      const parsed = v.safeParse(DesignSchema, this.#file.derived.get(key));
      if (!parsed.success) return [];
      const design = parsed.output;
      return design.state === 'failed' || this.#file.blobs.has(design.fieldsHash) ? [design] : [];
    });
    return this.#designs;
  }

  /** Begins the data; those of another reference design do not go together with it and are dropped. */
  async begin(head: DataHead, mesh: Uint8Array): Promise<void> {
    const before = this.stored();
    if (before && before.head.referenceHash !== head.referenceHash) await this.clear();
    const stored: StoredHead = { head, meshHash: await this.#file.blobs.write(mesh, KIND) };
    this.#file.derived.put(`${this.#prefix}head`, stored);
  }

  // As training reads it

  get head(): DataHead {
    return this.stored()!.head;
  }
  async fields({ fieldsHash }: SolvedRecord): Promise<Uint8Array> {
    return this.#bytes(fieldsHash);
  }
  async reference(): Promise<Uint8Array> {
    return this.#bytes(this.stored()!.meshHash);
  }

  async #bytes(hash: string): Promise<Uint8Array> {
    const bytes = await this.#file.blobs.read(hash);
    if (bytes) return bytes;
    throw new ArtificerError({
      code: 'surrogate.evicted',
      category: 'fault',
      message: 'Designs of the surrogate were dropped from the cache of the project.',
      hint: 'Make the surrogate again: what is missing is solved anew.',
    });
  }

  has(role: DesignRecord['role'], index: number): boolean {
    return this.designs.some((design) => design.role === role && design.index === index);
  }
  solved(role: DesignRecord['role']): SolvedRecord[] {
    return solvedOf(this.designs, role);
  }
  hash(): string {
    const stored = this.stored();
    return stored ? hashOfDesigns(stored.head, this.designs) : '';
  }

  async add(design: DesignRecord, fields?: Uint8Array): Promise<void> {
    // The project keeps bytes under a hash of its own.
    const kept =
      design.state === 'solved' && fields
        ? { ...design, fieldsHash: await this.#file.blobs.write(fields, KIND) }
        : design;
    this.#file.derived.put(`${this.#prefix}design/${placeOf(design)}`, kept);
    this.designs.push(kept);
  }

  /** Joined designs, of the first so many, that have been solved or tried. */
  joinedThere(count: number): number {
    return this.designs.filter(({ index }) => index >= FIRST_JOINED && index < FIRST_JOINED + count).length;
  }

  /** Of these quantities, those that are read at a singular place: in some design here, or as the model's card says. */
  singular(quantities: readonly string[]): string[] {
    const said = this.model()?.card.singular ?? [];
    const solved = this.solved('training');
    return quantities.filter(
      (name) => said.includes(name) || solved.some(({ warnings }) => warnings.includes(`${SINGULAR}${name}`)),
    );
  }

  // The model

  /** What predictions are painted on: the mesh of the model, else of the design that others are compared with. */
  surfaceHash(): string | null {
    return this.model()?.meshHash ?? this.stored()?.meshHash ?? null;
  }

  model(): StoredModel | null {
    const { derived } = this.#file;
    const found =
      derived.get<StoredModel>(`${this.#prefix}model`) ?? derived.get<StoredModel>(`${KEPT}${this.#prefix}model`);
    // A card of an earlier version says too little.
    if (!found || !v.is(SurrogateCardSchema, found.card)) return null;
    const { blobs } = this.#file;
    return blobs.has(found.modelHash) && (found.meshHash === null || blobs.has(found.meshHash)) ? found : null;
  }

  async putModel({ card, model, mesh }: ModelFiles & { card: SurrogateCard }, brought?: BroughtModel): Promise<void> {
    // One that was brought in cannot be made again: neither packing nor a full cache takes it.
    const pinned = brought !== undefined;
    const stored: StoredModel = {
      card,
      modelHash: await this.#file.blobs.write(model, KIND, { pinned }),
      meshHash: mesh && (await this.#file.blobs.write(mesh, KIND, { pinned })),
      ...(brought ? { brought } : {}),
    };
    this.#file.derived.put(`${pinned ? KEPT : ''}${this.#prefix}model`, stored);
  }

  async modelFiles({ card, modelHash, meshHash }: StoredModel): Promise<ModelFiles> {
    return { card, model: await this.#bytes(modelHash), mesh: meshHash === null ? null : await this.#bytes(meshHash) };
  }

  // What later solutions say of it

  log(): StoredLog {
    return this.#file.derived.get<StoredLog>(`${this.#prefix}log`) ?? { joined: [], comparisons: [] };
  }

  /** Remembers a comparison, and takes its design into the data. Answers with its place there. */
  note(comparison: SurrogateComparison): number {
    const { joined, comparisons } = this.log();
    const known = joined.findIndex((values) => isSame(values, comparison.values));
    const place = known >= 0 ? known : joined.push(comparison.values) - 1;
    // The same solution may be told of several times.
    const told = comparisons.some(
      ({ on, values, scalars }) =>
        on === comparison.on &&
        isSame(values, comparison.values) &&
        JSON.stringify(scalars) === JSON.stringify(comparison.scalars),
    );
    this.#file.derived.put(`${this.#prefix}log`, {
      joined,
      comparisons: told ? comparisons : [comparison, ...comparisons].slice(0, MOST_COMPARISONS),
    } satisfies StoredLog);
    return FIRST_JOINED + place;
  }

  /** Drops everything. */
  async clear(): Promise<void> {
    const { derived, blobs } = this.#file;
    const hashes = new Set<string>();
    const head = derived.get<StoredHead>(`${this.#prefix}head`);
    if (head) hashes.add(head.meshHash);
    for (const design of this.designs) if (design.state === 'solved') hashes.add(design.fieldsHash);
    const model = this.model();
    if (model) hashes.add(model.modelHash);
    if (model?.meshHash) hashes.add(model.meshHash);
    for (const prefix of [this.#prefix, `${KEPT}${this.#prefix}`])
      for (const key of derived.keys(prefix)) derived.delete(key);
    this.#designs = null;
    const others = this.#hashesOfOthers();
    for (const hash of hashes) if (!others.has(hash)) await blobs.remove(hash);
  }

  /** Meshes and models of the project's other surrogates: the same bytes are there once. */
  #hashesOfOthers(): Set<string> {
    const { derived } = this.#file;
    const keys = ['surrogate/', `${KEPT}surrogate/`].flatMap((prefix) => derived.keys(prefix));
    return new Set(
      keys.flatMap((key) => {
        if (!/\/(head|model)$/.test(key)) return [];
        const { meshHash, modelHash } = derived.get<Partial<StoredModel>>(key) ?? {};
        return [meshHash, modelHash].filter((hash) => typeof hash === 'string');
      }),
    );
  }
}

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.every((value, k) => value === b[k]);
