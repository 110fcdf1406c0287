/** Cameras that a person wants to come back to. */
import { newId } from '../../main/document/index.ts';
import type { ViewRecord } from '../../preload/contract/index.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';
import { mainViewport } from '../state/viewports.ts';
import { edit } from './edit.ts';
import { freshName } from './studies.ts';

export function savedViews(): ViewRecord[] {
  const found: ViewRecord[] = [];
  for (const record of useDocument.getState().records.values()) if (record.type === 'view') found.push(record);
  return found;
}

export async function saveView(): Promise<void> {
  const viewport = mainViewport();
  if (!viewport) return;
  const name = freshName('View', savedViews());
  const view: ViewRecord = { type: 'view', id: newId('view'), name, camera: viewport.camera() };
  await edit(`Save ${name}`, [view]);
}

export function showView(view: ViewRecord): void {
  useView.setState({ orthographic: view.camera.orthographic });
  mainViewport()?.setCamera(view.camera, true);
}
