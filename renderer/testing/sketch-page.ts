/** What the sketching page tells tests, as `sketchPage`. */
import type { Sketch } from '../../preload/contract/index.ts';

export interface SketchState {
  sketch: Sketch;
  values: Record<string, number>;
  past: number;
  tool: string;
  status: string;
  freedom: number;
}
export interface SketchPage {
  featureId: string;
  partId: string;
  handle: string;
  settled(): boolean;
  place(u: number, v: number): [number, number];
  state(): SketchState;
  live(id: string): [number, number] | null;
  labels(): { id: string; x: number; y: number }[];
  record(id: string): unknown;
  undoLabel(): string | null;
  edit(): Promise<void>;
  timings(): { solve: number; draw: number }[];
  flush(): number;
}
declare global {
  var sketchPage: SketchPage;
}
