/** Where a project's window was, so that it opens there again. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type Electron from 'electron';
import * as v from 'valibot';

const PlaceSchema = v.object({
  x: v.number(),
  y: v.number(),
  width: v.pipe(v.number(), v.minValue(1)),
  height: v.pipe(v.number(), v.minValue(1)),
  maximised: v.boolean(),
});
export type WindowPlace = v.InferOutput<typeof PlaceSchema>;
const PlacesSchema = v.record(v.string(), PlaceSchema);

const DEFAULT_SIZE = { width: 1440, height: 900 };
/** Projects whose places are remembered. */
const KEEP = 100;
/** The key of a window without a project. */
const NO_PROJECT = '';

/** Whether enough of the window would be on a screen to take hold of it. */
function isReachable(place: WindowPlace, displays: Electron.Display[]): boolean {
  return displays.some(({ workArea }) => {
    const width = Math.min(place.x + place.width, workArea.x + workArea.width) - Math.max(place.x, workArea.x);
    const height = Math.min(place.y + place.height, workArea.y + workArea.height) - Math.max(place.y, workArea.y);
    return width >= 200 && height >= 100;
  });
}

export class WindowPlaces {
  readonly #file: string;
  #places: Record<string, WindowPlace>;

  constructor(file: string) {
    this.#file = file;
    try {
      this.#places = v.parse(PlacesSchema, JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      this.#places = {}; // Not there yet, or damaged: a window's place is not worth a message.
    }
  }

  /** Options of a new window for the project. A place on a screen that has gone is not used. */
  optionsFor(projectPath: string | null, displays: Electron.Display[]): Electron.BrowserWindowConstructorOptions {
    const place = this.#places[projectPath ?? NO_PROJECT];
    if (!place || !isReachable(place, displays)) return DEFAULT_SIZE;
    return { x: place.x, y: place.y, width: place.width, height: place.height };
  }

  wasMaximised(projectPath: string | null): boolean {
    return this.#places[projectPath ?? NO_PROJECT]?.maximised ?? false;
  }

  remember(projectPath: string | null, place: WindowPlace): void {
    const key = projectPath ?? NO_PROJECT;
    delete this.#places[key];
    this.#places[key] = place; // At the end: the first ones are the oldest.
    for (const old of Object.keys(this.#places).slice(0, -KEEP)) delete this.#places[old];
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.tmp`, JSON.stringify(this.#places));
      renameSync(`${this.#file}.tmp`, this.#file);
    } catch {
      // A read-only or full disk: the window opens in the middle next time.
    }
  }
}
