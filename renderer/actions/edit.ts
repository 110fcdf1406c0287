/** The one way in which the window edits the project: a labelled change, with errors shown. */
import type { AnyRecord } from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
import { reportError } from '../state/messages.ts';

interface EditOptions {
  remove?: string[];
  /** Edits with the same key that follow each other closely become one step of undo. */
  coalesce?: string;
}

/** True when the engine took it. The stores follow by its event, not here. */
export async function edit(label: string, put: AnyRecord[], options: EditOptions = {}): Promise<boolean> {
  try {
    await engine()['document.change']({
      label: label.slice(0, 300),
      author: { kind: 'person', name: 'You' },
      ...(put.length > 0 ? { put } : {}),
      ...(options.remove ? { remove: options.remove } : {}),
      ...(options.coalesce ? { coalesce: options.coalesce } : {}),
    });
    return true;
  } catch (error) {
    reportError(error);
    return false;
  }
}

/** Runs a call and shows its error; undefined when it failed. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    reportError(error);
    return undefined;
  }
}
