/** What words are understood as: operations, a question back, or an answer. */
export interface Step {
  tool: string;
  input: Record<string, unknown>;
}
export interface Choice {
  label: string;
  /** The request said anew, so that it is clear. */
  reply: string;
}
export type Interpretation =
  /** `notes`: what was taken for granted; it is said before anything is done. */
  | { kind: 'plan'; steps: Step[]; notes?: string[] }
  | { kind: 'question'; text: string; choices: Choice[] }
  | { kind: 'answer'; text: string };

export const plan = (...steps: Step[]): Interpretation => ({ kind: 'plan', steps });
export const ask = (text: string, choices: Choice[] = []): Interpretation => ({ kind: 'question', text, choices });
export const answer = (text: string): Interpretation => ({ kind: 'answer', text });
export const step = (tool: string, input: Record<string, unknown> = {}): Step => ({
  tool,
  input: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
});
