/**
 * Live predictions: a few questions are on their way to the engine and back at a time, and the next one is of where the sliders
 * are by then. Numbers follow every answer. Fields are asked for as often as the viewport can paint them: at every answer where
 * that is cheap, less often where the processor draws, and once more when the sliders rest. Where the model declines nothing is
 * shown, and the solver takes over once a drag has ended.
 */

import { type SurrogateField, type SurrogatePrediction, toErrorData } from '../../preload/contract/index.ts';
import { fetchBlob } from '../engine/blobs.ts';
import { engine } from '../engine/connection.ts';
import { FIELD_OF, numbersOf, QUANTITY_OF, referenceNodes } from '../panels/surrogates/live/predicted-numbers.ts';
import { automaticScale } from '../panels/viewport/field.ts';
import { recordOf } from '../state/document.ts';
import { reportError } from '../state/messages.ts';
import { showResult, useResults } from '../state/results.ts';
import {
  type Live,
  type PredictedQuantity,
  setLive,
  usePaintedPrediction,
  useSurrogates,
} from '../state/surrogates.ts';
import { mainViewport } from '../state/viewports.ts';

/** After a drag that ended where the model declines. */
const PAUSE_ms = 900;
const MOST_FLYING = 3;

const liveNow = (): Live | null => useSurrogates.getState().live;
const sameValues = (a: readonly number[], b: readonly number[]): boolean => a.every((value, k) => value === b[k]);

/** Whether the last drag has ended. */
let settled = false;
/** Questions on their way to the engine and back: each waits for others only where it must. */
let flying = 0;
let again = false;
/** Questions by number: the last one that was asked, and the one whose answer is shown. */
let asked = 0;
let answeredTo = 0;
/** The last question whose answer the picture follows, and the values that it shows. */
let paintedTo = 0;
let paintedAt: readonly number[] = [];
/** When fields were last asked for. */
let fieldsAsked = Number.NEGATIVE_INFINITY;
let rest: ReturnType<typeof setTimeout> | undefined;
let pictureFailed = false;
let pause: ReturnType<typeof setTimeout> | undefined;
/** Hand-overs by number: one that was cancelled, or that another followed, says nothing any more. */
let handOvers = 0;
/** When answers came and pictures were painted, the last second of them. */
let answered: number[] = [];
let pictures: number[] = [];
let reference: { hash: string; nodes: Float32Array } | null = null;
/** The largest displacement of the first answer, from which its enlargement follows. */
let enlargement = 0;

/** The surrogate has other parameters by now (after an edit, or its undo): the sliders are of the earlier ones. */
export function isOutdated(live: Live): boolean {
  const now = recordOf('study', live.studyId)?.surrogate?.parameters ?? [];
  return now.length !== live.names.length || now.some(({ name }, k) => name !== live.names[k]);
}

function endIfOutdated(live: Live): boolean {
  const outdated = isOutdated(live);
  if (outdated) endLive();
  return outdated;
}

/** What was asked so far is of an earlier model, or of an earlier session: its answers are not shown. */
function forgetAnswers(): void {
  answeredTo = paintedTo = asked;
  answered = [];
  pictures = [];
  paintedAt = [];
  fieldsAsked = Number.NEGATIVE_INFINITY;
  pictureFailed = false;
  enlargement = 0;
  usePaintedPrediction.setState({ painted: null });
}

/** The model has learnt again: numbers and picture are asked of it anew. */
export function askNewModel(): void {
  if (!liveNow()) return;
  forgetAnswers();
  setLive({ prediction: null, predictedAt: [], failed: false, deformation: 0 });
  ask();
}

/** Begins with the variables as they are now. */
export async function startLive(studyId: string): Promise<void> {
  const study = recordOf('study', studyId);
  const state = useSurrogates.getState().states.get(studyId);
  if (!study?.surrogate || !state?.card) return;
  const { parameters } = await engine()['surrogates.suggest']({ studyId });
  // Meanwhile the study may have been changed, or another model brought.
  if (recordOf('study', studyId) !== study) return;
  if (useSurrogates.getState().states.get(studyId)?.card?.dataHash !== state.card.dataHash) return;
  const suggested = study.surrogate.parameters.map(({ name }) => parameters.find((one) => one.name === name));
  const values = study.surrogate.parameters.map(({ reference: value }, k) => suggested[k]?.value ?? value);
  const names = state.card.fields.map(({ name }) => name);
  const field = names.includes('von_mises') ? 'von_mises' : names[0];
  forgetAnswers();
  settled = false;
  useSurrogates.setState({
    live: {
      studyId,
      names: study.surrogate.parameters.map(({ name }) => name),
      values,
      limits: suggested.map((one) => ({
        ...(one?.least === undefined ? {} : { least: one.least }),
        ...(one?.most === undefined ? {} : { most: one.most }),
      })),
      prediction: null,
      predictedAt: [],
      failed: false,
      quantity: field ? QUANTITY_OF[field] : 'von_mises',
      deformation: 0,
      painted: true,
      handOver: null,
      updatesPerSecond: 0,
      picturesPerSecond: 0,
    },
  });
  useResults.setState({ activeStudyId: studyId });
  ask();
}

export function endLive(): void {
  cancelHandOver();
  clearTimeout(rest);
  useSurrogates.setState({ live: null });
  usePaintedPrediction.setState({ painted: null });
}

/** Moves a slider. */
export function moveTo(index: number, value: number): void {
  const live = liveNow();
  if (!live) return;
  if (endIfOutdated(live)) return;
  const values = live.values.map((before, k) => (k === index ? value : before));
  if (sameValues(values, live.values) && live.painted) return;
  cancelHandOver();
  settled = false;
  setLive({ values, painted: true, handOver: null });
  ask();
}

/** A drag has ended: where the model declined, the solver takes over after a pause. */
export function settle(): void {
  settled = true;
  handOverIfDeclined();
}

function handOverIfDeclined(): void {
  const live = liveNow();
  if (!live || !settled || !sameValues(live.values, live.predictedAt)) return;
  if (live.failed || live.prediction?.verdict.kind !== 'declined' || live.handOver) return;
  setLive({ handOver: { phase: 'waiting' } });
  clearTimeout(pause);
  pause = setTimeout(() => void handOver(), PAUSE_ms);
}

/** What the sliders say goes to the solver; the result is shown as what it is. */
export async function handOver(): Promise<void> {
  clearTimeout(pause);
  const live = liveNow();
  if (!live || live.handOver?.phase === 'solving') return;
  if (endIfOutdated(live)) return;
  const { studyId, values } = live;
  const own = ++handOvers;
  const isStill = (): boolean => {
    const now = liveNow();
    return own === handOvers && now?.studyId === studyId && sameValues(now.values, values);
  };
  setLive({ handOver: { phase: 'solving', jobId: null } });
  try {
    const { jobId } = await engine()['surrogates.solve']({ studyId, values });
    if (!isStill()) return void (await engine()['jobs.cancel']({ jobId }));
    setLive({ handOver: { phase: 'solving', jobId } });
    const { value } = await engine()['jobs.wait']({ jobId });
    const { inputHash } = value as { inputHash: string };
    const entries = await engine()['studies.results']({ studyId });
    const entry = entries.find((one) => one.inputHash === inputHash);
    if (!isStill()) return;
    if (!entry) {
      setLive({ handOver: { phase: 'failed', message: 'It was solved, but the result is not there any more.' } });
      return;
    }
    useResults.setState((state) =>
      state.entries.some((one) => one.inputHash === inputHash) ? {} : { entries: [entry, ...state.entries] },
    );
    setLive({ painted: false, handOver: { phase: 'solved', inputHash } });
    showResult(inputHash);
  } catch (thrown) {
    if (!isStill()) return;
    const { category, message } = toErrorData(thrown);
    setLive({ handOver: category === 'cancelled' ? { phase: 'cancelled' } : { phase: 'failed', message } });
  }
}

export function cancelHandOver(): void {
  clearTimeout(pause);
  handOvers++;
  const { handOver: now } = liveNow() ?? {};
  if (now?.phase === 'waiting') setLive({ handOver: { phase: 'cancelled' } });
  if (now?.phase === 'solving') {
    if (now.jobId) void engine()['jobs.cancel']({ jobId: now.jobId }).catch(reportError);
    setLive({ handOver: { phase: 'cancelled' } });
  }
}

export function showPrediction(change: { quantity?: PredictedQuantity; deformed?: boolean }): void {
  const live = liveNow();
  if (!live) return;
  if (change.quantity && change.quantity !== live.quantity) usePaintedPrediction.setState({ painted: null });
  fieldsAsked = Number.NEGATIVE_INFINITY;
  setLive({
    painted: true,
    ...(change.quantity ? { quantity: change.quantity } : {}),
    ...(change.deformed === undefined ? {} : { deformation: change.deformed ? enlargement : 0 }),
  });
  ask();
}

/** Asks now, or as soon as one of the questions that are on their way is answered. */
function ask(): void {
  again = flying >= MOST_FLYING;
  if (!again) void answer();
}

async function answer(): Promise<void> {
  const live = liveNow();
  if (!live) return;
  if (endIfOutdated(live)) return;
  const question = ++asked;
  flying++;
  try {
    await answerTo(live, question);
  } finally {
    flying--;
    if (again) ask();
    else {
      paintWhenAtRest();
      handOverIfDeclined();
    }
  }
}

/** Time until other fields are wanted in the picture; none where there is no picture yet. */
const untilNextPicture_ms = (): number =>
  usePaintedPrediction.getState().painted === null
    ? 0
    : Math.max(0, fieldsAsked + (mainViewport()?.pause_ms ?? 0) - performance.now());

/** The picture is of values that the sliders have left, and no answer is on its way: it is asked for. */
function paintWhenAtRest(): void {
  const live = liveNow();
  clearTimeout(rest);
  if (!live?.painted || flying > 0 || sameValues(live.values, paintedAt) || wantedFields(live).length === 0) return;
  const isDeclined = live.prediction?.verdict.kind === 'declined' && sameValues(live.values, live.predictedAt);
  if (!isDeclined) rest = setTimeout(ask, untilNextPicture_ms());
}

/** What the picture needs. */
function wantedFields({ studyId, quantity, deformation }: Live): SurrogateField[] {
  const there = useSurrogates.getState().states.get(studyId)?.card?.fields ?? [];
  // The displacement also says how far it is to be enlarged.
  return there
    .map(({ name }) => name)
    .filter(
      (name) => name === FIELD_OF[quantity] || (name === 'displacement' && (deformation !== 0 || enlargement === 0)),
    );
}

async function answerTo(live: Live, question: number): Promise<void> {
  const { studyId, values } = live;
  const fields = untilNextPicture_ms() > 0 ? [] : wantedFields(live);
  if (fields.length > 0) fieldsAsked = performance.now();
  let prediction: SurrogatePrediction;
  let failed = false;
  try {
    prediction = await engine()['surrogates.predict']({
      studyId,
      values,
      ...(fields.length > 0 ? { fields } : {}),
    });
  } catch (thrown) {
    const { message } = toErrorData(thrown);
    failed = true;
    prediction = { verdict: { kind: 'declined', reasons: [message] }, scalars: [], milliseconds: 0 };
  }
  // Numbers do not wait until the fields have been fetched.
  const isNewest = showAnswer(live, question, prediction, failed);
  if (prediction.verdict.kind === 'declined') {
    if (isNewest) showNoPicture(question, []);
  } else if (fields.length > 0) await showPicture(live, question, prediction.fieldsHash);
}

/** @param at the values that there is no picture of; nothing where one may be had later */
function showNoPicture(question: number, at: readonly number[]): void {
  paintedTo = question;
  paintedAt = at;
  usePaintedPrediction.setState({ painted: null });
}

/** Fetches and paints the fields, unless something newer is shown by then. */
async function showPicture(live: Live, question: number, fieldsHash: string | undefined): Promise<void> {
  const { studyId, values, quantity } = live;
  const isWanted = (): boolean => liveNow()?.studyId === studyId && question > paintedTo;
  try {
    const surfaceHash = useSurrogates.getState().states.get(studyId)?.surfaceHash;
    const bytes = fieldsHash && surfaceHash ? await fetchBlob(fieldsHash) : null;
    const nodes = bytes && surfaceHash ? await nodesOf(surfaceHash) : null;
    const now = liveNow();
    if (!now || !isWanted() || now.quantity !== quantity) return;
    if (!bytes || !nodes) return showNoPicture(question, values);
    paint(bytes, nodes, quantity, now.deformation);
    paintedTo = question;
    paintedAt = values;
    pictureFailed = false;
    pictures = lastSecond(pictures);
    setLive({ picturesPerSecond: pictures.length });
  } catch (thrown) {
    if (!isWanted()) return;
    // Said the first time, and asked for once more; then not again at these values.
    showNoPicture(question, pictureFailed ? values : []);
    if (!pictureFailed) reportError(thrown);
    pictureFailed = true;
  }
}

const lastSecond = (times: readonly number[]): number[] => {
  const now = performance.now();
  return [...times.filter((time) => time > now - 1000), now];
};

/** Shows the numbers, unless newer ones are shown. @returns whether it does */
function showAnswer(
  { studyId, values }: Live,
  question: number,
  prediction: SurrogatePrediction,
  failed: boolean,
): boolean {
  if (liveNow()?.studyId !== studyId || question <= answeredTo) return false;
  answeredTo = question;
  answered = lastSecond(answered);
  setLive({ prediction, predictedAt: values, failed, updatesPerSecond: answered.length });
  return true;
}

async function nodesOf(surfaceHash: string): Promise<Float32Array> {
  if (reference?.hash !== surfaceHash)
    reference = { hash: surfaceHash, nodes: referenceNodes(await fetchBlob(surfaceHash)) };
  return reference.nodes;
}

function paint(bytes: Uint8Array, nodes: Float32Array, quantity: PredictedQuantity, deformation: number): void {
  const before = usePaintedPrediction.getState().painted;
  const painted = numbersOf(bytes, nodes, quantity, deformation, before?.range ?? null);
  if (enlargement === 0) enlargement = enlargementOf(bytes, nodes);
  usePaintedPrediction.setState({ painted });
}

/** The largest predicted displacement as a tenth of the part, as results are enlarged. */
function enlargementOf(bytes: Uint8Array, nodes: Float32Array): number {
  const moved = numbersOf(bytes, nodes, 'displacement.magnitude', 0, null);
  if (!moved) return 0;
  const box = [0, 1, 2].map((axis) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = axis; i < nodes.length; i += 3) {
      low = Math.min(low, nodes[i]!);
      high = Math.max(high, nodes[i]!);
    }
    return high - low;
  });
  return automaticScale(moved.largest.value, Math.hypot(...box));
}
