/** Ties the engine's events to the window's stores: the one place where what the engine says becomes state. */
import { create } from 'zustand';
import { hasHistory } from '../../main/document/index.ts';
import type { ChangeInfo, HistoryState, PartView, ProjectInfo, RecordDiff } from '../../preload/contract/index.ts';
import { loadAgent } from '../actions/agent.ts';
import { loadBranches } from '../actions/branches.ts';
import { designChanged, designsMayDiffer } from '../actions/design.ts';
import { loadSurrogates } from '../actions/surrogates.ts';
import { askAgain } from '../geometry/resolved.ts';
import { putAgentUpdate } from '../state/agent.ts';
import { applyChange, EMPTY_HISTORY, loadSnapshot, recordsOf, useDocument } from '../state/document.ts';
import { putPartViews, useGeometry } from '../state/geometry.ts';
import { putJobs } from '../state/jobs.ts';
import { putMessages, reportError } from '../state/messages.ts';
import { activePart, putHistory, useParts } from '../state/parts.ts';
import { forgetProject } from '../state/reset.ts';
import { putResults, useResults } from '../state/results.ts';
import { loadSettings } from '../state/settings.ts';
import { useSurrogates } from '../state/surrogates.ts';
import type { EngineClient } from './connection.ts';

export type AppInfo = Awaited<ReturnType<EngineClient['app.info']>>;
export const useAppInfo = create<{ info: AppInfo | null }>(() => ({ info: null }));

/** Parts asked for at a time: few enough that reading the answer never holds the window up. */
const SLICE = 24;
const HISTORY_SHOWN = 300;
const SURROGATE_PAUSE = 200;

interface Change {
  diffs: RecordDiff[];
  history: HistoryState;
  change: ChangeInfo;
}

/** Subscribes to everything and then loads everything, so that nothing falls between. */
export async function hydrate(client: EngineClient): Promise<void> {
  /** Changes that came before the snapshot did; null once it is there. */
  let early: Change[] | null = [];
  let projectPath: string | null = useDocument.getState().project?.path ?? null;

  let resultsTimer: ReturnType<typeof setTimeout> | undefined;
  /**
   * Whether a result still belongs to its study is the engine's to say, and anything may have put it out of date: the study,
   * a material, another study's result, or a dimension, whose part is built some time later.
   */
  const judgeResults = () => {
    if (recordsOf('study').length === 0 && useResults.getState().entries.length === 0) return;
    clearTimeout(resultsTimer);
    resultsTimer = setTimeout(() => void loadResults(client), 100);
  };

  let historyTimer: ReturnType<typeof setTimeout> | undefined;
  let surrogateTimer: ReturnType<typeof setTimeout> | undefined;
  let designTimer: ReturnType<typeof setTimeout> | undefined;
  const onChange = (change: Change) => {
    applyChange(change.diffs, change.history);
    // Asked for anew rather than added to: a coalesced change takes the place of the one before it.
    clearTimeout(historyTimer);
    historyTimer = setTimeout(() => void loadHistory(client), 150);
    void loadGeometry(client, missingParts()).catch(reportError);
    void loadActiveHistory(client);
    judgeResults();
    // A part that is changed may be another than the one its surrogate knows.
    if (recordsOf('study').some(({ surrogate }) => surrogate) || useSurrogates.getState().states.size > 0) {
      clearTimeout(surrogateTimer);
      surrogateTimer = setTimeout(() => void loadSurrogates(), SURROGATE_PAUSE);
    }
    if (recordsOf('brief').length > 0) {
      clearTimeout(designTimer);
      designTimer = setTimeout(designsMayDiffer, SURROGATE_PAUSE);
    }
    if (change.diffs.some(({ before, after }) => ['instance', 'group'].includes((after ?? before)?.type ?? '')))
      askOfGroups();
  };
  client['document.changed']({}, (change) => (early ? void early.push(change) : onChange(change)));

  const load = async (project: ProjectInfo | null) => {
    early = [];
    const changed = project?.path !== projectPath;
    projectPath = project?.path ?? null;
    if (changed) forgetProject();
    useDocument.setState({ project });
    if (!project) {
      loadSnapshot([], EMPTY_HISTORY);
      useDocument.setState({ changes: [] });
      early = null;
      return;
    }
    const { records, history } = await client['document.snapshot']({});
    loadSnapshot(records, history);
    await loadHistory(client);
    const waiting: Change[] = early ?? [];
    early = null;
    for (const change of waiting) if (change.change.sequence > history.sequence) onChange(change);
    void loadGeometry(client, missingParts(!changed)).catch(reportError);
    void loadResults(client);
    void loadActiveHistory(client, true);
    void loadSurrogates();
    void loadAgent();
    void loadBranches();
    designsMayDiffer();
  };

  client['project.changed']({}, (project) => {
    const known = useDocument.getState().project;
    if (known && project && known.path === project.path && known.branch === project.branch) {
      useDocument.setState({ project });
      void loadBranches();
    } else void load(project).catch(reportError);
  });
  client['jobs.changed']({}, (job) => putJobs([job]));
  client['messages.added']({}, (message) => putMessages([message]));
  useParts.subscribe((state, before) => {
    if (state.activeId !== before.activeId) void loadActiveHistory(client);
  });
  const changedViews = new Map<string, PartView>();
  client['geometry.changed']({}, (view) => {
    // Many come at once after an import: gathered, so that the picture is built once a frame and not once a part.
    if (changedViews.size === 0)
      setTimeout(() => {
        flush(changedViews);
        judgeResults();
      }, 30);
    changedViews.set(view.partId, view);
  });
  client['parts.changed']({}, putHistory);
  client['agent.changed']({}, putAgentUpdate);
  client['surrogates.changed']({}, ({ studyId }) => void loadSurrogates(studyId));
  client['design.changed']({}, designChanged);
  client['results.changed']({}, ({ studyId }) => void loadResults(client, studyId));

  const [info, settings, jobs, messages, project] = await Promise.all([
    client['app.info']({}),
    client['app.settings.get']({}),
    client['jobs.list']({}),
    client['messages.list']({}),
    client['project.current']({}),
  ]);
  useAppInfo.setState({ info });
  loadSettings(settings);
  putJobs(jobs);
  putMessages(messages, false);
  await load(project);
}

function flush(views: Map<string, PartView>): void {
  putPartViews([...views.values()]);
  for (const { partId, status } of views.values()) if (status === 'ready') askAgain(partId);
  askOfGroups();
  views.clear();
}

/** What selectors mean on a group changes with every part and every place in it. */
const askOfGroups = (): void => {
  for (const { id } of recordsOf('group')) askAgain(id);
};

/** Parts of the document whose display data the window does not have; with `all`, every part. */
function missingParts(all = false): string[] {
  const { parts } = useGeometry.getState();
  return recordsOf('part')
    .filter(({ id }) => all || !parts.has(id))
    .map(({ id }) => id);
}

/** Slice by slice, so that a large assembly appears from its beginning instead of after its end. */
async function loadGeometry(client: EngineClient, partIds: string[]): Promise<void> {
  for (let i = 0; i < partIds.length; i += SLICE) {
    putPartViews(await client['geometry.parts']({ partIds: partIds.slice(i, i + SLICE) }));
  }
}

/** The history of the part that is worked on, once: changes of it are told by an event. */
async function loadActiveHistory(client: EngineClient, anew = false): Promise<void> {
  const part = activePart();
  if (!part || !hasHistory(part) || (!anew && useParts.getState().histories.has(part.id))) return;
  try {
    putHistory(await client['parts.history']({ partId: part.id }));
  } catch (error) {
    reportError(error);
  }
}

async function loadHistory(client: EngineClient): Promise<void> {
  try {
    const changes = await client['document.history']({ limit: HISTORY_SHOWN });
    useDocument.setState({ changes: changes.sort((a, b) => b.sequence - a.sequence) });
  } catch (error) {
    reportError(error);
  }
}

async function loadResults(client: EngineClient, studyId?: string): Promise<void> {
  try {
    putResults(await client['studies.results'](studyId ? { studyId } : {}), studyId);
    const { activeStudyId } = useResults.getState();
    if (!activeStudyId || !useDocument.getState().records.has(activeStudyId)) {
      useResults.setState({ activeStudyId: recordsOf('study')[0]?.id ?? null });
    }
  } catch (error) {
    reportError(error);
  }
}
