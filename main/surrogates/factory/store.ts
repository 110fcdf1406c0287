/**
 * The data of a surrogate: a folder with a head that says what is sampled, a journal with one line for every design that was
 * tried, and one file of fields for each that was solved. A line is written after its file, and both are forced to the disk:
 * after a kill at any moment what the journal says is there, and at most the design that was being solved is lost.
 */
import { mkdir, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { ErrorDataSchema, SurrogateFieldSchema, SurrogateParameterSchema } from '../../../preload/contract/index.ts';
import { writeFileAtomically } from '../../host/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { hashOf } from '../specification/read-specification.ts';

const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Numbers = v.array(v.pipe(v.number(), v.finite()));

export const DataHeadSchema = v.object({
  format: v.literal('artificer-surrogate-data-1'),
  name: v.string(),
  part: v.string(),
  studyType: v.string(),
  partHash: Hash,
  studyHash: Hash,
  /** Of the reference design's mesh. */
  referenceHash: Hash,
  parameters: v.array(SurrogateParameterSchema),
  quantities: v.array(v.object({ name: v.string(), unit: v.string() })),
  fields: v.array(SurrogateFieldSchema),
  seed: v.number(),
  points: v.number(),
  /** Of each point the face that it lies on, -1 inside, and what the faces are called. */
  faceNames: v.array(v.string()),
  versions: v.record(v.string(), v.string()),
});
export type DataHead = v.InferOutput<typeof DataHeadSchema>;

const Common = {
  /** Its place in the sequence of its role. */
  index: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** `unseen` designs are kept apart: a model is judged by them. */
  role: v.picklist(['training', 'unseen']),
  values: Numbers,
};
const SolvedSchema = v.object({
  ...Common,
  state: v.literal('solved'),
  scalars: Numbers,
  /** Of the file with the fields, whose name it is. */
  fieldsHash: Hash,
  quality: v.number(),
  warnings: v.array(v.string()),
  ownMesh: v.optional(
    v.object({
      scalars: v.array(v.nullable(v.number())),
      relativeL2: v.record(v.string(), v.number()),
    }),
  ),
  seconds: v.record(v.string(), v.number()),
});
const FailedSchema = v.object({ ...Common, state: v.literal('failed'), stage: v.string(), error: ErrorDataSchema });
export const DesignSchema = v.variant('state', [SolvedSchema, FailedSchema]);
export type SolvedRecord = v.InferOutput<typeof SolvedSchema>;
export type FailedRecord = v.InferOutput<typeof FailedSchema>;
export type DesignRecord = v.InferOutput<typeof DesignSchema>;

const HEAD = 'data.json';
const JOURNAL = 'designs.jsonl';
const POINTS = 'reference.bin';
const FIELDS = 'fields';
/** A field file of a design: a few ten thousand points with a few numbers each. */
const LARGEST_FIELDS = 256 * 2 ** 20;
const LARGEST_JOURNAL = 256 * 2 ** 20;

export class DataStore {
  readonly folder: string;
  readonly head: DataHead;
  readonly designs: DesignRecord[];

  private constructor(folder: string, head: DataHead, designs: DesignRecord[]) {
    this.folder = folder;
    this.head = head;
    this.designs = designs;
  }

  /**
   * Opens the data of this head, or makes a folder for them.
   * @param reference the reference design's points and elements, as a bundle
   * @throws ArtificerError `surrogate.other-data` where the folder holds data of something else
   */
  static async openFor(folder: string, head: DataHead, reference: Uint8Array): Promise<DataStore> {
    await mkdir(join(folder, FIELDS), { recursive: true });
    const names = await readdir(folder);
    if (!names.includes(HEAD)) {
      if (names.some((name) => name !== FIELDS))
        throw refuseSurrogate('other-data', `"${folder}" is not empty.`, 'Name a folder of its own for the data.');
      await writeFileAtomically(join(folder, POINTS), reference);
      await writeFileAtomically(join(folder, HEAD), `${JSON.stringify(head, null, 2)}\n`);
    }
    const store = new DataStore(folder, await readHead(folder), await readJournal(folder, true));
    const differs = Object.keys(head).filter(
      (key) =>
        key !== 'versions' &&
        JSON.stringify(store.head[key as keyof DataHead]) !== JSON.stringify(head[key as keyof DataHead]),
    );
    if (differs.length > 0)
      throw refuseSurrogate(
        'other-data',
        `The data in "${folder}" are of another specification: ${differs.join(', ')} differ.`,
        'Name another folder, or go back to the specification that they were made by.',
      );
    return store;
  }

  /** @throws ArtificerError `surrogate.no-data`, `surrogate.damaged-data` */
  static async open(folder: string): Promise<DataStore> {
    return new DataStore(folder, await readHead(folder), await readJournal(folder, false));
  }

  of(role: DesignRecord['role']): DesignRecord[] {
    return ofRole(this.designs, role);
  }

  solved(role: DesignRecord['role']): SolvedRecord[] {
    return solvedOf(this.designs, role);
  }

  has(role: DesignRecord['role'], index: number): boolean {
    return this.designs.some((design) => design.role === role && design.index === index);
  }

  hash(): string {
    return hashOfDesigns(this.head, this.designs);
  }

  async add(design: DesignRecord, fields?: Uint8Array): Promise<void> {
    if (fields && design.state === 'solved') {
      const path = this.#fieldsPath(design);
      const there = await stat(path).catch(() => null);
      if (!there) await writeFileAtomically(path, fields);
    }
    const file = await open(join(this.folder, JOURNAL), 'a');
    try {
      await file.writeFile(`${JSON.stringify(design)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    this.designs.push(design);
  }

  /** The bundle of a solved design. @throws ArtificerError `surrogate.damaged-data` */
  async fields(design: SolvedRecord): Promise<Uint8Array> {
    return this.#read(this.#fieldsPath(design), design.fieldsHash);
  }

  async reference(): Promise<Uint8Array> {
    return this.#read(join(this.folder, POINTS), null);
  }

  #fieldsPath = (design: SolvedRecord): string => join(this.folder, FIELDS, `${design.fieldsHash}.bin`);

  async #read(path: string, hash: string | null): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      if ((await stat(path)).size > LARGEST_FIELDS) throw new RangeError('the file is too large');
      bytes = await readFile(path);
    } catch (thrown) {
      throw damaged(this.folder, String(thrown));
    }
    if (hash !== null && hashOf(bytes) !== hash) throw damaged(this.folder, `${path} has been changed`);
    return bytes;
  }
}

/** What the answers of all designs depend on: the same data have the same hash, in whatever order they were solved. */
export function hashOfDesigns(head: DataHead, designs: readonly DesignRecord[]): string {
  const lines = (['training', 'unseen'] as const).flatMap((role) =>
    ofRole(designs, role).map((design) =>
      design.state === 'solved'
        ? JSON.stringify([design.role, design.index, design.values, design.scalars, design.fieldsHash])
        : JSON.stringify([design.role, design.index, design.values, 'failed', design.stage, design.error.code]),
    ),
  );
  return hashOf(JSON.stringify({ ...head, versions: null }), ...lines);
}

/** Designs of a role in the order of their sequence. */
export const ofRole = (designs: readonly DesignRecord[], role: DesignRecord['role']): DesignRecord[] =>
  designs.filter((design) => design.role === role).sort((a, b) => a.index - b.index);

export const solvedOf = (designs: readonly DesignRecord[], role: DesignRecord['role']): SolvedRecord[] =>
  ofRole(designs, role).filter((design): design is SolvedRecord => design.state === 'solved');

const damaged = (folder: string, cause: string) =>
  refuseSurrogate('damaged-data', `The data in "${folder}" are damaged.`, 'Make them again in another folder.', {
    cause,
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readHead(folder: string): Promise<DataHead> {
  let text: string;
  try {
    text = await readFile(join(folder, HEAD), 'utf8');
  } catch (thrown) {
    throw refuseSurrogate(
      'no-data',
      `There are no data of a surrogate in "${folder}".`,
      'Make them: surrogate data SPEC.yaml --out DIR',
      {
        cause: String(thrown),
      },
    );
  }
  const head = v.safeParse(DataHeadSchema, parseJson(text));
  if (!head.success)
    throw damaged(folder, `${HEAD}: ${v.getDotPath(head.issues[0]) ?? 'its top'}: ${head.issues[0].message}`);
  return head.output;
}

/**
 * A last line that a kill cut off is left out; any other that cannot be read is damage.
 * @param repair takes that line away: for whoever goes on writing, alone
 */
async function readJournal(folder: string, repair: boolean): Promise<DesignRecord[]> {
  const path = join(folder, JOURNAL);
  const size = await stat(path).then(
    (status) => status.size,
    () => 0,
  );
  if (size === 0) return [];
  if (size > LARGEST_JOURNAL) throw damaged(folder, 'the journal is too large');
  const text = await readFile(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (repair && whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
  const designs: DesignRecord[] = [];
  const seen = new Set<string>();
  for (const [number, line] of whole.split('\n').entries()) {
    if (line === '') continue;
    const parsed = v.safeParse(DesignSchema, parseJson(line));
    if (!parsed.success) throw damaged(folder, `line ${number + 1} of ${JOURNAL}: ${parsed.issues[0].message}`);
    const key = `${parsed.output.role} ${parsed.output.index}`;
    if (!seen.has(key)) designs.push(parsed.output);
    seen.add(key);
  }
  return designs;
}

/** Removes field files that no line of the journal names: left behind by a kill between file and line. */
export async function removeOrphans(store: DataStore): Promise<void> {
  const known = new Set(
    store.designs.flatMap((design) => (design.state === 'solved' ? [`${design.fieldsHash}.bin`] : [])),
  );
  for (const name of await readdir(join(store.folder, FIELDS)))
    if (!known.has(name)) await rm(join(store.folder, FIELDS, name), { force: true });
}
