/** The last sensitivities of each study, and which of their quantities is drawn on the part. */

import * as v from 'valibot';
import { create } from 'zustand';
import {
  type SensitivityAnswer,
  SensitivityAnswerSchema,
  type SensitivityFunctional,
} from '../../preload/contract/index.ts';

export interface SensitivityState {
  answers: ReadonlyMap<string, SensitivityAnswer>;
  /** The study and the quantity (its place in the answer) that is drawn, or null. */
  drawn: { studyId: string; index: number } | null;
  /** Whether the part is coloured by it, beside the arrows. */
  painted: boolean;
}
export const useSensitivities = create<SensitivityState>(() => ({ answers: new Map(), drawn: null, painted: true }));

/** Keeps what a job answered. @throws ValiError for anything but an answer */
export function putSensitivities(result: unknown): SensitivityAnswer {
  const answer = v.parse(SensitivityAnswerSchema, result);
  useSensitivities.setState(({ answers }) => ({
    answers: new Map(answers).set(answer.studyId, answer),
    drawn: { studyId: answer.studyId, index: 0 },
  }));
  return answer;
}

export const forgetSensitivities = (): void => useSensitivities.setState({ answers: new Map(), drawn: null });

export function drawnFunctional(studyId: string): SensitivityFunctional | undefined {
  const { answers, drawn } = useSensitivities.getState();
  return drawn?.studyId === studyId ? answers.get(studyId)?.summary.functionals[drawn.index] : undefined;
}
