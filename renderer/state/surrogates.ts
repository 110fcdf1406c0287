/** How the surrogates of studies stand, and the live prediction that is in view. */
import { create } from 'zustand';
import type { StudySurrogateState, SurrogatePrediction } from '../../preload/contract/index.ts';
import type { PredictedNumbers } from '../viewport/api.ts';

export type PredictedQuantity = 'von_mises' | 'displacement.magnitude' | 'temperature';

/** The solver takes over where the model declines: after a pause that can be cancelled, and while it solves. */
export type HandOver =
  | { phase: 'waiting' }
  | { phase: 'solving'; jobId: string | null }
  | { phase: 'solved'; inputHash: string }
  | { phase: 'cancelled' }
  | { phase: 'failed'; message: string };

export interface Live {
  studyId: string;
  /** The parameters that the values are of. */
  names: string[];
  /** Where the sliders are, in the order of the parameters. */
  values: number[];
  /** What the part itself allows each of them, where it says so. */
  limits: { least?: number; most?: number }[];
  /** The last answer, and what it is an answer to; null before the first. */
  prediction: SurrogatePrediction | null;
  predictedAt: number[];
  /** The last question was not answered at all: that is no verdict of the model. */
  failed: boolean;
  /** What is painted. */
  quantity: PredictedQuantity;
  /** Shown deformed, enlarged by this; 0 is as it is made. */
  deformation: number;
  /** Whether the prediction is what the picture shows: a solution may be asked for meanwhile. */
  painted: boolean;
  handOver: HandOver | null;
  /** Answers in the last second, and how often the picture was painted anew. */
  updatesPerSecond: number;
  picturesPerSecond: number;
}

export interface SurrogatesState {
  states: ReadonlyMap<string, StudySurrogateState>;
  live: Live | null;
}
export const useSurrogates = create<SurrogatesState>(() => ({ states: new Map(), live: null }));

/** What is painted of a prediction, as the viewport takes it. */
export interface PaintedPrediction {
  numbers: PredictedNumbers;
  /** Smallest and largest value so far, so that colours mean the same while a dimension is dragged. */
  range: [number, number];
  /** The largest value now and half of the interval there. */
  largest: { value: number; half: number };
}
export const usePaintedPrediction = create<{ painted: PaintedPrediction | null }>(() => ({ painted: null }));

/** Replaces the states of one study, or of all. */
export function putSurrogates(states: readonly StudySurrogateState[], studyId?: string): void {
  useSurrogates.setState((before) => {
    const next = new Map(studyId === undefined ? [] : before.states);
    if (studyId !== undefined) next.delete(studyId);
    for (const state of states) next.set(state.studyId, state);
    return { states: next };
  });
}

export const setLive = (change: Partial<Live>): void =>
  useSurrogates.setState(({ live }) => ({ live: live && { ...live, ...change } }));

/** The picture is wanted for something else: sliders and numbers stay. */
export function leavePicture(): void {
  if (useSurrogates.getState().live?.painted) setLive({ painted: false });
}

export function forgetSurrogates(): void {
  useSurrogates.setState({ states: new Map(), live: null });
  usePaintedPrediction.setState({ painted: null });
}
