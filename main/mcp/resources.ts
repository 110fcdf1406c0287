/** What a client may read without calling a tool: the project's tree, parts, results, pictures. Names in it are data. */
import {
  type AnyRecord,
  type Api,
  ArtificerError,
  type Client,
  type InstanceRecord,
} from '../../preload/contract/index.ts';
import { DIRECTIONS, isQuantity, isView, pictureOfPart, pictureOfResult, type View } from './pictures.ts';
import { CODE, ProtocolError } from './protocol.ts';
import type { Caller, McpTools } from './tools.ts';

const PAGE = 200;
const MOST_INSTANCES = 2000;
const HISTORY = 50;

export const TEMPLATES = [
  {
    uriTemplate: 'artificer://parts/{id}',
    name: 'part',
    title: 'A part',
    description: 'Steps, variables, bodies with size, volume and mass.',
    mimeType: 'application/json',
  },
  {
    uriTemplate: 'artificer://parts/{id}/picture{?view}',
    name: 'part-picture',
    title: 'Picture of a part',
    description: `Seen from ${Object.keys(DIRECTIONS).join(', ')}.`,
    mimeType: 'image/png',
  },
  {
    uriTemplate: 'artificer://studies/{id}/results',
    name: 'results',
    title: 'Results of a study',
    description: 'The result that belongs to the project as it is now, with error estimates; does not solve.',
    mimeType: 'application/json',
  },
  {
    uriTemplate: 'artificer://studies/{id}/picture{?quantity,view}',
    name: 'result-picture',
    title: 'Picture of a result',
    description: 'Painted by a quantity such as von_mises, displacement.magnitude, temperature.',
    mimeType: 'image/png',
  },
];

export class McpResources {
  readonly #client: Client<Api>;
  readonly #blob: (hash: string) => Promise<Uint8Array | null>;
  readonly #tools: McpTools;
  readonly #noSuch: (stateless: boolean) => number = (stateless) =>
    stateless ? CODE.invalidParams : CODE.noSuchResource;

  constructor(options: {
    client: Client<Api>;
    blob(hash: string): Promise<Uint8Array | null>;
    tools: McpTools;
  }) {
    this.#client = options.client;
    this.#blob = options.blob;
    this.#tools = options.tools;
  }

  async list(cursor: string | undefined): Promise<Record<string, unknown>> {
    const { records } = await this.#client['document.snapshot']({});
    const json = (uri: string, name: string, title: string) => ({ uri, name, title, mimeType: 'application/json' });
    const png = (uri: string, name: string, title: string) => ({ uri, name, title, mimeType: 'image/png' });
    const all: unknown[] = [
      json('artificer://project', 'project', 'The project: its tree of parts, and its studies'),
      json('artificer://history', 'history', 'The latest changes of the project'),
    ];
    for (const record of records) {
      if (record.type === 'part')
        all.push(
          json(`artificer://parts/${record.id}`, record.name, `Part ${record.name}`),
          png(`artificer://parts/${record.id}/picture`, `${record.name} (picture)`, `Picture of ${record.name}`),
        );
      if (record.type === 'study')
        all.push(
          json(`artificer://studies/${record.id}/results`, record.name, `Results of ${record.name}`),
          png(`artificer://studies/${record.id}/picture`, `${record.name} (picture)`, `Picture of ${record.name}`),
        );
    }
    const from = cursor === undefined ? 0 : Number(cursor);
    if (from > all.length) throw new ProtocolError(CODE.invalidParams, 'Invalid cursor');
    return {
      resources: all.slice(from, from + PAGE),
      ...(from + PAGE < all.length ? { nextCursor: String(from + PAGE) } : {}),
    };
  }

  /** @throws ProtocolError where there is no such resource */
  async read(uri: string, caller: Caller, stateless: boolean): Promise<Record<string, unknown>> {
    const missing = () => new ProtocolError(this.#noSuch(stateless), 'Resource not found', { uri: uri.slice(0, 300) });
    const asked = /^artificer:\/\/([a-z]+)(?:\/([A-Za-z0-9_-]{1,100}))?(?:\/([a-z]+))?(?:\?(.{0,300}))?$/.exec(uri);
    if (!asked) throw missing();
    const [, kind, id, what] = asked;
    const query = new URLSearchParams(asked[4] ?? '');
    const { records } = await this.#client['document.snapshot']({});
    const json = (data: unknown) => ({ contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(data) }] });
    if (kind === 'project' && id === undefined) return json(projectOf(records));
    if (kind === 'history' && id === undefined)
      return json({ changes: await this.#client['document.history']({ limit: HISTORY }) });
    const record = records.find((each) => each.id === id);
    if (kind === 'parts' && record?.type === 'part') {
      // Also for a picture: it waits until the part has been made.
      const { data } = await this.#tools.run('inspect_part', { part: record.id }, caller);
      if (what === undefined) return json(data);
      if (what === 'picture')
        return this.#picture(uri, await pictureOfPart(this.#source, record.id, viewOf(query.get('view'))));
    }
    if (kind === 'studies' && record?.type === 'study') {
      if (what === 'results') return json(await this.#results(record.id, record.name, caller));
      if (what === 'picture') {
        const quantity = query.get('quantity') ?? undefined;
        if (quantity !== undefined && !isQuantity(quantity))
          throw new ProtocolError(CODE.invalidParams, 'There is no such quantity to paint by.');
        return this.#picture(uri, await pictureOfResult(this.#source, record.id, quantity, viewOf(query.get('view'))));
      }
    }
    throw missing();
  }

  get #source() {
    return { client: this.#client, blob: this.#blob };
  }

  #picture(uri: string, png: Uint8Array): Record<string, unknown> {
    return { contents: [{ uri, mimeType: 'image/png', blob: Buffer.from(png).toString('base64') }] };
  }

  async #results(id: string, name: string, caller: Caller): Promise<unknown> {
    try {
      const { text, data, assumptions } = await this.#tools.run('read_results', { study: id }, caller);
      return { solved: true, text, ...data, cautions: assumptions ?? [] };
    } catch (thrown) {
      if (!(thrown instanceof ArtificerError) || thrown.code !== 'agent.not-solved') throw thrown;
      return { solved: false, study: name, text: thrown.message, hint: 'Solve it with solve_study.' };
    }
  }
}

function viewOf(said: string | null): View {
  if (said === null) return 'iso';
  if (isView(said)) return said;
  throw new ProtocolError(CODE.invalidParams, `A view is one of ${Object.keys(DIRECTIONS).join(', ')}.`);
}

interface Branch {
  name: string;
  part?: string;
  children?: Branch[];
}

function projectOf(records: readonly AnyRecord[]): unknown {
  const names = new Map(records.map((record) => [record.id, 'name' in record ? record.name : record.id]));
  const instances = records.filter((record): record is InstanceRecord => record.type === 'instance');
  const below = new Map<string, InstanceRecord[]>();
  for (const instance of instances.slice(0, MOST_INSTANCES)) {
    const siblings = below.get(instance.parentId ?? '');
    if (siblings) siblings.push(instance);
    else below.set(instance.parentId ?? '', [instance]);
  }
  const branch = ({ id, name, partId }: InstanceRecord): Branch => {
    const children = (below.get(id) ?? []).map(branch);
    return {
      name,
      ...(partId === null ? {} : { part: partId }),
      ...(children.length > 0 ? { children } : {}),
    };
  };
  const settings = records.find((record) => record.type === 'project');
  return {
    name: settings?.name ?? null,
    tree: (below.get('') ?? []).map(branch),
    leftOut: Math.max(0, instances.length - MOST_INSTANCES),
    parts: records.flatMap((record) =>
      record.type === 'part'
        ? [
            {
              id: record.id,
              name: record.name,
              material: record.materialId ? (names.get(record.materialId) ?? null) : null,
            },
          ]
        : [],
    ),
    studies: records.flatMap((record) =>
      record.type === 'study'
        ? [{ id: record.id, name: record.name, type: record.study, of: names.get(record.partId) ?? null }]
        : [],
    ),
  };
}
