/** The script of a part while it is written: kept by the project only once it has run. */
import { create } from 'zustand';
import { type ErrorData, toErrorData } from '../../../preload/contract/index.ts';
import { engine } from '../../engine/connection.ts';
import { recordOf } from '../../state/document.ts';
import { setActivePart } from '../../state/parts.ts';
import { setBottomOpen, toast } from '../../state/ui.ts';

interface ScriptState {
  partId: string | null;
  /** Null: as the project has it. */
  draft: string | null;
  /** Shown only: what the part would be as a script. */
  reading: string | null;
  error: ErrorData | null;
  busy: boolean;
}
export const useScript = create<ScriptState>(() => ({
  partId: null,
  draft: null,
  reading: null,
  error: null,
  busy: false,
}));

/** Where the script stopped, counted from 1. */
export function lineOf(error: ErrorData | null): number | null {
  const { line } = (error?.details ?? {}) as { line?: unknown };
  return typeof line === 'number' && line >= 1 ? line : null;
}

/** Runs the script and keeps it if it runs; without a part it makes a new one. */
export async function runScript(partId: string | undefined, source: string): Promise<void> {
  const part = recordOf('part', partId);
  useScript.setState({ busy: true, error: null });
  try {
    const { partId: made } = await engine()['parts.script.put']({
      ...(part ? { partId: part.id } : {}),
      fileName: part?.script?.fileName ?? 'part.ts',
      source,
    });
    setActivePart(made);
    useScript.setState({ busy: false, draft: null, partId: made });
    toast('The script ran');
  } catch (thrown) {
    useScript.setState({ busy: false, error: toErrorData(thrown) });
  }
}

export async function readAsScript(partId: string): Promise<void> {
  const { source } = await engine()['parts.script.write']({ partId });
  useScript.setState({ reading: source, error: null });
  setBottomOpen('script');
}
