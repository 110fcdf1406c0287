/** The sketching page, for a file of browser tests. */
import type { Page } from '@playwright/test';
import { perforatedPlate } from '../../main/sketch/testing/perforated-plate.ts';
import type { Sketch, SketchConstraint } from '../../preload/contract/index.ts';
import { builtPages } from '../testing/built-pages.fixture.ts';

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

/** 800 constraints, and the point that is dragged. */
export function largeSketch(): { sketch: Sketch; handle: string } {
  const { sketch, handle } = perforatedPlate();
  const constraints = sketch.constraints.map((constraint) => {
    if (!('value' in constraint)) return constraint as SketchConstraint;
    const text = String(constraint.value);
    const value = constraint.kind === 'angle' ? { angle: text } : { length: text };
    return { ...constraint, value } as SketchConstraint;
  });
  const plane = { by: 'principal', plane: 'xy' } as const;
  return { handle, sketch: { kind: 'sketch', plane, entities: [...sketch.entities], constraints } };
}

export function sketchingPage() {
  const self = {
    /** What the page complained of since it was opened: errors, and what its strict policy refused. */
    complaints: [] as string[],
    /** With a sketch, that one is edited; without, a new one begins on the XY plane. Waits until the view has turned. */
    async open(page: Page, given?: Sketch): Promise<void> {
      self.complaints = [];
      page.on('pageerror', (error) => self.complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && /policy|trusted/i.test(message.text())) self.complaints.push(message.text());
      });
      if (given) await page.addInitScript((sketch) => Object.assign(globalThis, { givenSketch: sketch }), given);
      await page.goto(`${await builtPages()}testing/sketching.html`);
      await page.waitForFunction(() => globalThis.sketchPage?.settled() && globalThis.sketchPage.state().status);
    },
  };
  return self;
}
