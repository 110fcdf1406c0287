/** What a person wants designed, as far as they have said it. */
import type { Process, Vector3 } from '../../../../../preload/contract/index.ts';
import type { ScenePlace } from './scene-places.ts';

/** What it starts from: a part of the project, or what a shipped brief starts from. */
export type Start =
  | { kind: 'part'; partId: string; name: string }
  | { kind: 'sample'; name: string; file: Record<string, unknown>; faces: Record<string, string[]> };

export type Aim = 'mass' | 'displacement' | 'cost';

export interface WishedLoad {
  /** As a brief takes it: newtons, or a pressure with its unit. */
  force_N?: number;
  pressure?: string;
  direction?: Vector3;
  on?: ScenePlace;
}

export interface Wish {
  noun: string;
  /** In the person's own words. */
  said: string;
  start: Start;
  load: WishedLoad;
  held?: ScenePlace;
  materials: string[];
  process?: Process;
  quantity?: number;
  /** `max(von_mises) <= yield / 1.5`: without the case. */
  limits: { text: string; of: 'load' | 'vibration' | 'buckling' | 'part' }[];
  /** Least mass where nothing is said. */
  aims: Aim[];
  /** Ranges by variable, as a brief takes them; null where the sample's own are kept. */
  vary: Record<string, [string, string]> | null;
  minutes?: number;
  solves?: number;
}
