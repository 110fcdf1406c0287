/** What a part would look like with other records: asked for when the typing pauses, the latest question wins. */
import { create } from 'zustand';
import {
  type AnyRecord,
  type ErrorData,
  type PartHistory,
  type PartView,
  toErrorData,
} from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';

export interface Preview {
  partId: string;
  /** Shown in place of the part, and what is picked on; undefined: the part as it is. */
  base: PartView | undefined;
  /** Drawn over it; undefined while there is none. */
  view: PartView | undefined;
  /** The view takes the place of the part instead of lying over it. */
  instead: boolean;
  history: PartHistory | undefined;
  /** Asked and not yet answered. */
  busy: boolean;
  /** Why there was no answer at all. What became of each step is in the history. */
  error: ErrorData | undefined;
}
export const usePreview = create<{ preview: Preview | null }>(() => ({ preview: null }));

const PAUSE = 90;
let begun = 0;
let latest = 0;
/** The answer that is picked on: what is asked meanwhile waits, or it would end that question. */
let baseAnswer: Promise<void> = Promise.resolve();
let timer: ReturnType<typeof setTimeout> | undefined;

const update = (change: Partial<Preview>): void =>
  usePreview.setState(({ preview }) => ({ preview: preview && { ...preview, ...change } }));

/** Begins previewing a part; `base` records are shown and picked on instead of the part as it is. */
export async function beginPreview(partId: string, base?: AnyRecord[], instead = false): Promise<void> {
  endPreview();
  usePreview.setState({
    preview: { partId, base: undefined, view: undefined, instead, history: undefined, busy: false, error: undefined },
  });
  if (!base) return;
  const mine = begun;
  update({ busy: true });
  baseAnswer = (async () => {
    try {
      const { view } = await engine()['parts.preview']({ partId, put: base });
      if (mine === begun) update({ base: view, busy: false });
    } catch (thrown) {
      if (mine === begun) update({ error: toErrorData(thrown), busy: false });
    }
  })();
  await baseAnswer;
}

/** Asks for the part with these records. What is in view stays until the answer comes. */
export function askPreview(put: AnyRecord[], remove: string[] = []): void {
  clearTimeout(timer);
  timer = setTimeout(() => void ask(put, remove), PAUSE);
}

async function ask(put: AnyRecord[], remove: string[]): Promise<void> {
  const partId = usePreview.getState().preview?.partId;
  if (!partId) return;
  const mine = ++latest;
  update({ busy: true });
  await baseAnswer;
  if (mine !== latest) return;
  try {
    const { view, history } = await engine()['parts.preview']({ partId, put, remove });
    if (mine === latest) update({ view, history, busy: false, error: undefined });
  } catch (thrown) {
    const error = toErrorData(thrown);
    // A later question ended this one, or the person did: nothing to say.
    if (mine === latest && error.category !== 'cancelled')
      update({ view: undefined, history: undefined, busy: false, error });
  }
}

/** Nothing to preview just now: what is typed makes no sense yet. */
export function clearPreview(): void {
  clearTimeout(timer);
  latest++;
  update({ view: undefined, history: undefined, busy: false, error: undefined });
}

export function endPreview(): void {
  clearTimeout(timer);
  latest++;
  begun++;
  baseAnswer = Promise.resolve();
  if (usePreview.getState().preview) usePreview.setState({ preview: null });
}
