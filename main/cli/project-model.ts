/** A project as a model, so that it can be counted and summed like any file. */
import {
  type AnyRecord,
  type Api,
  ArtificerError,
  type Client,
  type PartRecord,
} from '../../preload/contract/index.ts';
import { AssemblyTree, hasHistory } from '../document/index.ts';
import type { ImportedModel, ImportedPart } from '../kernel/port.ts';
import { waitForJob } from './engine-client.ts';
import type { CommandIo } from './output.ts';

/** What is in the open project now; parts with a history are evaluated first. */
export async function modelOfProject(client: Client<Api>, io: CommandIo): Promise<ImportedModel> {
  const { records } = await client['document.snapshot']({});
  const warnings: ImportedModel['warnings'] = [];
  const parts: ImportedPart[] = [];
  for (const part of records.filter((record): record is PartRecord => record.type === 'part'))
    parts.push({ key: part.id, name: part.name, bodies: await bodiesOf(client, part, warnings, io) });
  const tree = new AssemblyTree(records);
  const instances = records
    .filter((record) => record.type === 'instance')
    .map(({ id, parentId, partId, name, transform }) => ({
      key: id,
      parentKey: parentId,
      partKey: partId,
      name,
      transform,
    }));
  const depthOf = (id: string): number => 1 + Math.max(-1, ...tree.childrenOf(id).map((child) => depthOf(child.id)));
  return {
    format: 'artificer' as ImportedModel['format'],
    schema: 'Artificer project',
    originatingSystem: 'Artificer',
    lengthUnit: 'mm',
    parts,
    instances,
    depth: Math.max(0, ...tree.roots().map((root) => depthOf(root.id))),
    pmi: { dimensions: 0, tolerances: 0, datums: 0, texts: [] },
    layers: [],
    colours: coloursOf(records),
    names: instances.map(({ name }) => name),
    warnings,
    healing: [],
    seconds: { read: 0, transfer: 0, tessellate: 0 },
  };
}

async function bodiesOf(
  client: Client<Api>,
  part: PartRecord,
  warnings: ImportedModel['warnings'],
  io: CommandIo,
): Promise<ImportedPart['bodies']> {
  if (hasHistory(part)) {
    await waitForJob(client, (await client['parts.evaluate']({ partId: part.id })).jobId, io);
    const { outcomes, error } = await client['parts.history']({ partId: part.id });
    if (error) throw new ArtificerError(error);
    for (const { state, name, error: failure } of outcomes)
      if (state === 'failed')
        warnings.push({ code: failure?.code ?? state, message: `${part.name}, ${name}: ${failure?.message ?? state}` });
  }
  return (await shown(client, part)).bodies.map(({ info }) => ({ info }));
}

/** Of an imported part whose derived data was dropped, it is made again first. */
async function shown(client: Client<Api>, part: PartRecord) {
  let told: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    told = resolve;
  });
  const stop = client['geometry.changed']({}, ({ partId }) => {
    if (partId === part.id) told();
  });
  try {
    for (;;) {
      const [view] = await client['geometry.parts']({ partIds: [part.id] });
      if (view?.error) throw new ArtificerError(view.error);
      if (view?.status === 'ready') return view;
      await ready;
    }
  } finally {
    stop();
  }
}

const coloursOf = (records: readonly AnyRecord[]): number =>
  new Set(
    records.flatMap((record) =>
      record.type === 'part'
        ? [record.colour, ...record.bodies.map(({ colour }) => colour)].flatMap((colour) =>
            colour ? [String(colour)] : [],
          )
        : record.type === 'instance' && record.colour
          ? [String(record.colour)]
          : [],
    ),
  ).size;
