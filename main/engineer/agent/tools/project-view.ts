/** The project as tools see it: records by name, geometry as it is now, jobs waited for and cancelled. */
import {
  type AnyRecord,
  ArtificerError,
  type BodyInfo,
  type FeatureRecord,
  type PartHistory,
  type PartRecord,
  type ResultEntry,
  type StudyRecord,
  type VariableValue,
} from '../../../../preload/contract/index.ts';
import { faceWords, hasHistory, listInWords } from '../../../document/index.ts';
import type { PointedItem, SelectedItem, ToolContext } from './tool.ts';

export interface ProjectView {
  records: ReadonlyMap<string, AnyRecord>;
  parts: PartRecord[];
  studies: StudyRecord[];
  undoLabel: string | null;
  branch: string;
}

export async function viewOf({ client }: Pick<ToolContext, 'client'>): Promise<ProjectView> {
  const { records, history } = await client['document.snapshot']({});
  const ofType = <T extends AnyRecord['type']>(type: T) =>
    records.filter((record): record is Extract<AnyRecord, { type: T }> => record.type === type);
  return {
    records: new Map(records.map((record) => [record.id, record])),
    parts: ofType('part'),
    studies: ofType('study'),
    undoLabel: history.undoLabel,
    branch: history.branch,
  };
}

export const refusal = (
  code: string,
  message: string,
  hint?: string,
  more: { details?: unknown; recordId?: string } = {},
): ArtificerError =>
  new ArtificerError({ code, category: 'refused', message, ...(hint === undefined ? {} : { hint }), ...more });

/** Case, spaces, dashes and underscores do not tell names apart. */
export const sameName = (a: string, b: string): boolean => simplify(a) === simplify(b);
export const simplify = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

interface Named {
  id: string;
  name: string;
}

/** One of several, by id or name; with nothing said the only one. @throws ArtificerError `agent.which`, `agent.none` */
export function oneOf<T extends Named>(all: readonly T[], said: string | undefined, what: string): T {
  if (said === undefined) {
    const [only] = all;
    if (only && all.length === 1) return only;
    if (!only) throw refusal('agent.none', `The project has no ${what}.`);
    throw which(all, `There are ${all.length} ${plural(what)}: which one?`);
  }
  const byId = all.find(({ id }) => id === said);
  if (byId) return byId;
  const fitting = all.filter(({ name }) => sameName(name, said));
  if (fitting.length === 1) return fitting[0]!;
  if (fitting.length > 1) throw which(fitting, `${fitting.length} ${plural(what)} are called "${said}".`);
  throw which(all, `There is no ${what} called "${said}".`);
}

const plural = (what: string): string => (what.endsWith('y') ? `${what.slice(0, -1)}ies` : `${what}s`);

const which = (all: readonly Named[], message: string): ArtificerError =>
  refusal(
    'agent.which',
    message,
    all.length === 0
      ? undefined
      : `There ${all.length === 1 ? 'is' : 'are'} ${listInWords(
          all.map(({ name }) => `"${name}"`),
          12,
        )}.`,
    { details: { candidates: all.map(({ id, name }) => ({ id, name })) } },
  );

/** The part that is named, else that of the selection, else the only one. */
export function partOf(
  view: ProjectView,
  context: Pick<ToolContext, 'selection'>,
  said: string | undefined,
): PartRecord {
  if (said === undefined) {
    const selected = new Set(context.selection.map(({ partId }) => partId));
    const [only] = selected;
    const part = selected.size === 1 ? view.parts.find(({ id }) => id === only) : undefined;
    if (part) return part;
  }
  return oneOf(view.parts, said, 'part');
}

export const studyOf = (view: ProjectView, said: string | undefined): StudyRecord => oneOf(view.studies, said, 'study');

/** Waits for a job; a cancel cancels it. */
export async function finish(context: ToolContext, jobId: string): Promise<unknown> {
  const { client, signal } = context;
  const cancel = () => void client['jobs.cancel']({ jobId }).catch(() => {});
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const stop = client['jobs.changed']({}, (job) => {
    if (job.id === jobId && job.state === 'running') context.progress(job.stage, job.fraction);
  });
  try {
    return (await client['jobs.wait']({ jobId }, { signal })).value;
  } finally {
    signal.removeEventListener('abort', cancel);
    stop();
  }
}

/** The part's history once it is evaluated as it is now. Null for an imported part that has none. */
export async function evaluatedHistory(context: ToolContext, part: PartRecord): Promise<PartHistory | null> {
  if (!hasHistory(part)) return null;
  const known = await context.client['parts.history']({ partId: part.id });
  if (known.status === 'ready') return known;
  const { jobId } = await context.client['parts.evaluate']({ partId: part.id });
  await finish(context, jobId);
  return context.client['parts.history']({ partId: part.id });
}

const PAUSE_ms = 100;

/** Bodies as they are now, made first where they have to be. */
export async function bodiesOf(context: ToolContext, part: PartRecord): Promise<BodyInfo[]> {
  await evaluatedHistory(context, part);
  for (;;) {
    context.signal.throwIfAborted();
    const [view] = await context.client['geometry.parts']({ partIds: [part.id] });
    if (view?.status === 'failed' && view.error) throw new ArtificerError(view.error);
    if (view?.status === 'ready') return view.bodies.map(({ info }) => info);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_ms));
  }
}

/** The values of a part's variables, as they are evaluated now. */
export async function variablesOf(context: ToolContext, part: PartRecord): Promise<VariableValue[]> {
  return (await evaluatedHistory(context, part))?.variables ?? [];
}

/** One by its name. @throws ArtificerError `agent.which` */
export function variableNamed(variables: readonly VariableValue[], said: string, part: PartRecord): VariableValue {
  const found = variables.filter(({ name }) => sameName(name, said));
  if (found.length === 1) return found[0]!;
  throw refusal(
    'agent.which',
    `"${part.name}" has no variable called "${said}".`,
    variables.length === 0
      ? 'Give its dimensions names in the Variables panel.'
      : `It has ${listInWords(
          variables.map(({ name }) => name),
          12,
        )}.`,
    { details: { candidates: variables.map(({ name }) => ({ name })) } },
  );
}

export const featuresOfPart = (view: ProjectView, part: PartRecord): FeatureRecord[] =>
  (part.features ?? []).flatMap((id) => {
    const record = view.records.get(id);
    return record?.type === 'feature' ? [record] : [];
  });

/** What steps are called, the ones of a script too. */
export const stepNames =
  (view: ProjectView, history: PartHistory | null) =>
  (id: string): string | undefined => {
    const record = view.records.get(id);
    return record?.type === 'feature' ? record.name : history?.outcomes.find((each) => each.id === id)?.name;
  };

/** The result that belongs to the study as it is now, if it has been solved. */
export async function currentResult(context: ToolContext, study: StudyRecord): Promise<ResultEntry | undefined> {
  const results = await context.client['studies.results']({ studyId: study.id });
  return results.find(({ current, summary }) => current && summary.imported === undefined);
}

/** What one instance of the part is called in the assembly: faces are lit up on it. */
export function instanceOf(view: ProjectView, partId: string): string | undefined {
  for (const record of view.records.values())
    if (record.type === 'instance' && record.partId === partId) return record.id;
  return undefined;
}

export function pointAt(
  view: ProjectView,
  part: PartRecord,
  found: { body: number; index: number },
  words: string,
): PointedItem {
  const instanceId = instanceOf(view, part.id);
  return {
    partId: part.id,
    ...(instanceId === undefined ? {} : { instanceId }),
    body: found.body,
    kind: 'face',
    index: found.index,
    words,
  };
}

/** A face in a few words: what made it and what it is. */
export function faceInWords(info: BodyInfo, index: number, nameOf: (id: string) => string | undefined): string {
  const face = info.faces[index]!;
  const [name] = face.persistentNames ?? [];
  const surface =
    face.type === 'cylinder' && face.radius_mm !== undefined
      ? `${face.concave ? 'concave ' : ''}cylinder of radius ${Number(face.radius_mm.toPrecision(4))} mm`
      : face.type === 'plane'
        ? `flat face${facing(face.normal)}`
        : face.type;
  return name ? `${faceWords(name, nameOf)} (${surface})` : `face ${index + 1} (${surface})`;
}

/** Where a flat face looks, where that is along an axis: `, looking up`. */
function facing(normal: readonly number[] | undefined): string {
  const words = ['right (+X)', 'left (−X)', 'back (+Y)', 'front (−Y)', 'up (+Z)', 'down (−Z)'];
  const axis = normal?.findIndex((each) => Math.abs(each) > 0.999) ?? -1;
  return axis < 0 ? '' : `, looking ${words[2 * axis + (normal![axis]! > 0 ? 0 : 1)]}`;
}

/** Selected faces of a part. */
export const selectedFaces = (context: Pick<ToolContext, 'selection'>, part: PartRecord): SelectedItem[] =>
  context.selection.filter(({ partId, kind }) => partId === part.id && kind === 'face');
