/** What a person does with briefs: write, check, search, look at what was tried, take a design. */
import { newId } from '../../main/document/index.ts';
import {
  type BranchDesign,
  type BriefRecord,
  type DesignEvidence,
  type DesignSample,
  toErrorData,
} from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
import { shell } from '../engine/shell.ts';
import { nameIn } from '../panels/design/brief-name.ts';
import { useBranches } from '../state/branches.ts';
import { putCandidate, putDesignState, useDesign } from '../state/design.ts';
import { recordsOf, useDocument } from '../state/document.ts';
import { useManufacture } from '../state/manufacture.ts';
import { reportError } from '../state/messages.ts';
import { revealPanel, toast } from '../state/ui.ts';
import { loadBranches, showPart } from './branches.ts';
import { attempt, edit } from './edit.ts';
import { isolate } from './instances.ts';
import { checkPart, showFinding } from './manufacture.ts';

const WAIT = 350;

/** Begins with a text that says how. */
const STARTER = `# What must the part do? Lines like these say it; what is wrong is listed below while you write.
name: New brief
about: What it is for.
materials: [Al 6061-T6, Steel S235JR]
concepts:
  # A sample part, or the name of a part of this project, and the dimensions that may change.
  - part: l-bracket
    vary:
      thickness: [4 mm, 10 mm]
    faces:
      wall: "faces >Y"
      shelf: "faces <Y"
cases:
  working load:
    restraints: [{on: wall, fix: all}]
    loads: [{on: shelf, force: [0, 0, -500]}]
requirements:
  - max(von_mises) <= yield / 1.5 in "working load"
  - max(displacement) <= 0.5 mm in "working load"
objective: minimise mass
budget: {minutes: 10}
`;

/** A brief of the project with this text, in hand and in view. */
export async function newBrief(text = STARTER): Promise<void> {
  const record: BriefRecord = { type: 'brief', id: newId('brief'), name: nameIn(text), text };
  if (!(await edit(`Write the brief ${record.name}`, [record]))) return;
  revealPanel('design');
  openBrief(record.id);
}
export const newBriefFrom = ({ text }: DesignSample): Promise<void> => newBrief(text);

export function openBrief(briefId: string): void {
  useDesign.setState({ activeId: briefId, view: 'brief', draft: null, check: null, selected: null, reasons: null });
  const record = useDocument.getState().records.get(briefId);
  if (record?.type === 'brief') checkSoon(record.text, 0);
  void loadDesign(briefId).then(() => {
    const state = useDesign.getState().states.get(briefId);
    if (state && (state.running || state.candidates.length > 0)) useDesign.setState({ view: 'designs' });
  });
}

export const removeBrief = (record: BriefRecord): Promise<boolean> =>
  edit(`Delete the brief ${record.name}`, [], { remove: [record.id] });

let checkTimer: ReturnType<typeof setTimeout> | undefined;
let checking: AbortController | undefined;

/** Asks what is wrong with a text once a person pauses; only the last question's answer counts. */
export function checkSoon(text: string, wait = WAIT): void {
  clearTimeout(checkTimer);
  checkTimer = setTimeout(async () => {
    checking?.abort();
    checking = new AbortController();
    const { signal } = checking;
    try {
      const result = await engine()['design.check']({ text }, { signal });
      if (!signal.aborted) useDesign.setState({ check: { text, result } });
    } catch (thrown) {
      if (!signal.aborted) reportError(thrown);
    }
  }, wait);
}

let keepTimer: ReturnType<typeof setTimeout> | undefined;

/** While it is typed: into the project after a pause, as one step of undo. */
export function typeBrief(record: BriefRecord, text: string): void {
  useDesign.setState({ draft: { briefId: record.id, text } });
  checkSoon(text);
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => void keepBrief(), 2 * WAIT);
}

/** Puts what was typed into the project. */
export async function keepBrief(): Promise<boolean> {
  clearTimeout(keepTimer);
  const { draft } = useDesign.getState();
  const record = useDocument.getState().records.get(draft?.briefId ?? '');
  if (!draft || record?.type !== 'brief') return true;
  const put: BriefRecord = { ...record, name: nameIn(draft.text), text: draft.text };
  const kept =
    record.text === draft.text || (await edit(`Edit the brief ${put.name}`, [put], { coalesce: `brief ${record.id}` }));
  // What was typed meanwhile stays.
  if (kept) useDesign.setState((now) => (now.draft?.text === draft.text ? { draft: null } : {}));
  return kept;
}

export async function loadDesign(briefId: string): Promise<void> {
  if (useDocument.getState().records.get(briefId)?.type !== 'brief') return;
  await attempt(async () => putDesignState(await engine()['design.state']({ briefId })));
}

/** The engine told of a search. */
export function designChanged({ briefId, key, candidate }: Parameters<DesignListener>[0]): void {
  if (candidate && putCandidate(briefId, key, candidate)) return;
  if (useDesign.getState().states.has(briefId) || useDesign.getState().activeId === briefId) void loadDesign(briefId);
}
type DesignListener = Parameters<ReturnType<typeof engine>['design.changed']>[1];

/** Anything that a brief names may have changed, and with it what is known of it. */
export function designsMayDiffer(): void {
  const { activeId } = useDesign.getState();
  if (activeId) void loadDesign(activeId);
}

export async function startDesign(briefId: string): Promise<void> {
  if (!(await keepBrief())) return;
  if ((await attempt(() => engine()['design.start']({ briefId }))) === undefined) return;
  // A number may be that of another design once the search has gone on.
  useDesign.setState({ view: 'designs', reports: new Map() });
}

export const stopDesign = (briefId: string): Promise<unknown> => attempt(() => engine()['design.stop']({ briefId }));

export const forgetSearch = (briefId: string): Promise<unknown> =>
  attempt(() => engine()['design.forget']({ briefId }));

/** Looks at a candidate, and asks why it is as it is. */
export async function lookAt(briefId: string, number: number | null): Promise<void> {
  useDesign.setState({ selected: number, reasons: null });
  const state = useDesign.getState().states.get(briefId);
  const candidate = state?.candidates.find((each) => each.number === number);
  if (number === null || !state || candidate?.state !== 'solved') return;
  const reasons = await attempt(() => engine()['design.explain']({ briefId, number }));
  if (reasons && useDesign.getState().selected === number)
    useDesign.setState({ reasons: { briefId, key: state.key, number, reasons } });
}

/** Puts the candidate into the project and shows it. */
export async function takeDesign(briefId: string, number: number): Promise<void> {
  if (useDesign.getState().taking !== null) return;
  useDesign.setState({ taking: number });
  const taken = await attempt(() => engine()['design.take']({ briefId, number }));
  useDesign.setState({ taking: null });
  if (!taken) return;
  toast(`Design ${number} is a part of the project now`);
  showPart(taken.partId);
}

/** Puts the candidate on a branch of its own, beside those of others, and goes there. */
export async function branchDesign(briefId: string, number: number): Promise<BranchDesign | null> {
  if (useDesign.getState().taking !== null) return null;
  useDesign.setState({ taking: number });
  const made = await attempt(() => engine()['design.branch']({ briefId, number }));
  useDesign.setState({ taking: null });
  if (!made) return null;
  await loadBranches();
  showPart(made.partId);
  toast(`Design ${number} is on the branch ${made.branch}`);
  return useBranches.getState().list.find(({ name }) => name === made.branch)?.design ?? null;
}

/** What stands against making it, painted on its faces: on its branch, where it is a part. */
export async function showWhyNotMade(briefId: string, number: number): Promise<void> {
  const design = await branchDesign(briefId, number);
  if (!design?.process) return;
  const { partId, process, quantity } = design;
  // It stands where the part stands that it was made from, which would cover what is painted.
  isolate([...(useDocument.getState().placements.get(partId) ?? [])]);
  useManufacture.setState({ process, quantity });
  await checkPart(partId);
  const findings = useManufacture.getState().answers.get(partId)?.findings ?? [];
  const first = findings.findIndex(({ severity }) => severity === 'error');
  if (first >= 0) showFinding(partId, first);
}

/** The job that makes the report of a design; its files are saved when it is done. */
export async function reportDesign(briefId: string, number: number): Promise<void> {
  const key = useDesign.getState().states.get(briefId)?.key ?? '';
  const known = useDesign.getState().reports.get(reportKey(key, number));
  if (known) return;
  const choose = shell()?.chooseSavePath;
  const folder = choose ? await choose(`Design ${number} evidence`) : undefined;
  if (folder === null) return;
  const started = await attempt(() => engine()['design.evidence']({ briefId, number, ...(folder ? { folder } : {}) }));
  if (!started) return;
  const { jobId } = started;
  useDesign.setState({ reporting: { jobId, number } });
  // A cancel is no error: the job says by itself how it ended.
  const ended = await engine()
    ['jobs.wait']({ jobId })
    .catch((thrown: unknown) => {
      if (toErrorData(thrown).category !== 'cancelled') reportError(thrown);
      return null;
    });
  useDesign.setState((now) => (now.reporting?.jobId === jobId ? { reporting: null } : {}));
  if (!ended) return;
  const evidence = ended.value as DesignEvidence;
  useDesign.setState(({ reports }) => ({ reports: new Map(reports).set(reportKey(key, number), evidence) }));
  for (const { message } of evidence.warnings) toast(message);
  toast(
    evidence.folder
      ? `Evidence of design ${number} is in ${evidence.folder}`
      : `The report of design ${number} is ready`,
  );
}
export const reportKey = (key: string, number: number): string => `${key}/${number}`;

export const cancelReport = (): Promise<unknown> =>
  attempt(async () => {
    const { reporting } = useDesign.getState();
    if (reporting) await engine()['jobs.cancel']({ jobId: reporting.jobId });
  });

/** The brief in hand, or the first one. */
export function activeBrief(): BriefRecord | undefined {
  const briefs = recordsOf('brief');
  return briefs.find(({ id }) => id === useDesign.getState().activeId) ?? briefs[0];
}
