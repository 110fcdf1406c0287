/** Models of the project's surrogates that can be asked: written to a folder of their own, opened there, and kept warm. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  InferenceProvider,
  PredictedScalar,
  SurrogateCard,
  SurrogateField,
  SurrogateVerdict,
} from '../../../preload/contract/index.ts';
import { encodeBundle } from '../../../preload/contract/index.ts';
import { type ModelFiles, type OpenModel, openModel, writeModelFolder } from '../../surrogates/index.ts';
import type { ProjectData } from './project-data.ts';
import type { SurrogateInputs } from './surrogate-inputs.ts';

/** Sessions at once: each holds a thread and its model. */
const MOST_OPEN = 3;

interface Opened {
  /** Of the designs that it learnt from. */
  dataHash: string;
  folder: string;
  model: OpenModel;
}

/** What a model says of a design. One that declines says no number. */
export interface Predicted {
  verdict: SurrogateVerdict;
  /** What evaluated the model. */
  provider: InferenceProvider;
  scalars: PredictedScalar[];
  /** By the name of the field; points times components. */
  fieldValues?: Record<string, Float32Array>;
  /** As the contract describes it. */
  fields?: Uint8Array;
}

const ARRAYS: Record<string, string> = {
  displacement: 'displacement',
  von_mises: 'vonMises',
  temperature: 'temperature',
};

export class OpenModels {
  readonly #parent: string;
  /** By key, the one used last at the end. */
  readonly #open = new Map<string, Promise<Opened>>();

  constructor(dataFolder: string) {
    this.#parent = join(dataFolder, 'temporary');
  }

  /** The model of these data, opened if it is not; null where there is none. */
  async of(key: string, data: ProjectData): Promise<OpenModel | null> {
    const stored = data.model();
    if (!stored) return null;
    const known = this.#open.get(key);
    if (known) {
      const opened = await known.catch(() => null);
      if (opened?.dataHash === stored.card.dataHash) {
        this.#open.delete(key);
        this.#open.set(key, known);
        return opened.model;
      }
      await this.close(key);
    }
    const opening = (async (): Promise<Opened> => {
      const folder = await this.#folder();
      await writeModelFolder(folder, await data.modelFiles(stored));
      const model = await openModel(folder);
      await model.warm();
      return { dataHash: stored.card.dataHash, folder, model };
    })();
    this.#open.set(key, opening);
    opening.catch(() => this.#open.get(key) === opening && this.#open.delete(key));
    for (const oldest of [...this.#open.keys()].slice(0, Math.max(0, this.#open.size - MOST_OPEN)))
      await this.close(oldest);
    return (await opening).model;
  }

  /** The same files with the card as it is once they are written: opened, read and asked as any other model first. */
  async checked(
    files: ModelFiles,
    tried: (model: OpenModel) => Promise<void> = async () => {},
  ): Promise<ModelFiles & { card: SurrogateCard }> {
    const folder = await this.#folder();
    try {
      const card = await writeModelFolder(folder, files);
      const model = await openModel(folder);
      try {
        await model.warm();
        await tried(model);
      } finally {
        await model.dispose();
      }
      return { ...files, card };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async close(key: string): Promise<void> {
    const opening = this.#open.get(key);
    this.#open.delete(key);
    const opened = await opening?.catch(() => null);
    if (!opened) return;
    await opened.model.dispose();
    await rm(opened.folder, { recursive: true, force: true });
  }

  async clear(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((key) => this.close(key)));
  }

  async #folder(): Promise<string> {
    await mkdir(this.#parent, { recursive: true });
    return mkdtemp(join(this.#parent, 'surrogate-'));
  }
}

export async function ask(
  model: OpenModel,
  { parameters, definition, partHash, studyHash }: SurrogateInputs,
  values: readonly number[],
  wanted: readonly SurrogateField[],
  signal: AbortSignal,
): Promise<Predicted> {
  const design = Object.fromEntries(parameters.map(({ name }, k) => [name, values[k]!]));
  const asked = { studyType: definition.study, studyHash, partHash };
  const { designs, provider } = await model.predict([design], { ...asked, fields: wanted.length > 0, signal });
  const [answer] = designs;
  if (answer!.verdict.kind === 'declined' || !('scalars' in answer!))
    return { verdict: answer!.verdict, provider, scalars: [] };
  const { verdict, scalars, fields: predicted } = answer!;
  if (!predicted) return { verdict, provider, scalars };
  const arrays: Record<string, Float32Array> = { nodes: predicted.points };
  const fieldValues: Record<string, Float32Array> = {};
  for (const { name, values: found, halfWidths } of predicted.fields) {
    if (!wanted.includes(name)) continue;
    fieldValues[name] = found;
    arrays[ARRAYS[name]!] = found;
    arrays[`${ARRAYS[name]!}/half`] = halfWidths;
  }
  return { verdict, provider, scalars, fieldValues, fields: encodeBundle({ meta: {}, arrays }) };
}
