/** The present state of a command for whatever shows it. */
import { useSyncExternalStore } from 'react';
import { useConnection } from '../engine/connection.ts';
import { useEditor } from '../features/editor/editor-state.ts';
import { useFeatureTree } from '../features/tree/tree-state.ts';
import { useSketcher } from '../sketcher/session/state.ts';
import { useDocument } from '../state/document.ts';
import { useGeometry } from '../state/geometry.ts';
import { useJobs } from '../state/jobs.ts';
import { useParts } from '../state/parts.ts';
import { useResults } from '../state/results.ts';
import { useSelection } from '../state/selection.ts';
import { useSettings } from '../state/settings.ts';
import { useSurrogates } from '../state/surrogates.ts';
import { useUi } from '../state/ui.ts';
import { useView } from '../state/view.ts';
import { formatKeys } from './keys.ts';
import { commandOf, isEnabled, runCommand, titleOf } from './registry.ts';

const STORES = [
  useConnection,
  useDocument,
  useGeometry,
  useEditor,
  useFeatureTree,
  useJobs,
  useParts,
  useResults,
  useSelection,
  useSettings,
  useSketcher,
  useSurrogates,
  useUi,
  useView,
];

/** Commands ask any store; each of them may change what a command says. */
function subscribe(listener: () => void): () => void {
  const stops = STORES.map((store) => store.subscribe(listener));
  return () => {
    for (const stop of stops) stop();
  };
}

export interface CommandView {
  title: string;
  enabled: boolean;
  /** Undefined for commands that are not on or off. */
  checked: boolean | undefined;
  keys: string | undefined;
  run: () => void;
}

export function useCommand(id: string): CommandView {
  const command = commandOf(id);
  if (!command) throw new Error(`There is no command "${id}".`);
  const snapshot = useSyncExternalStore(subscribe, () => {
    const checked = command.checked?.();
    return `${isEnabled(command) ? 1 : 0}${checked === undefined ? '-' : checked ? 1 : 0}${titleOf(command)}`;
  });
  return {
    title: snapshot.slice(2),
    enabled: snapshot[0] === '1',
    checked: snapshot[1] === '-' ? undefined : snapshot[1] === '1',
    keys: command.keys?.[0] ? formatKeys(command.keys[0]) : undefined,
    run: () => void runCommand(id),
  };
}
