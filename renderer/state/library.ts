/** The materials library, loaded when it is first looked at. */
import { create } from 'zustand';
import type { Material } from '../../preload/contract/index.ts';
import { engine, useConnection } from '../engine/connection.ts';

export const useLibrary = create<{ materials: Material[]; loaded: boolean }>(() => ({ materials: [], loaded: false }));

let loading = false;
export async function loadLibrary(): Promise<void> {
  if (loading || useLibrary.getState().loaded || useConnection.getState().status !== 'open') return;
  loading = true;
  try {
    useLibrary.setState({ materials: await engine()['materials.library']({}), loaded: true });
  } finally {
    loading = false;
  }
}
