/** Measures what is selected, by the kernel, and draws the answer. */
import { create } from 'zustand';
import type { Vector3 } from '../../../preload/contract/index.ts';
import { engine } from '../../engine/connection.ts';
import { reportError } from '../../state/messages.ts';
import { useSelection } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';
import { formatQuantity } from '../../units/format.ts';
import { currentUnits } from '../../units/use-units.ts';

export type Measurement = Awaited<ReturnType<ReturnType<typeof engine>['geometry.measure']>>;
export const useMeasurement = create<{ busy: boolean; result: Measurement | null }>(() => ({
  busy: false,
  result: null,
}));

let latest = 0;

export async function measureSelection(): Promise<void> {
  const items = useSelection.getState().items.slice(-2);
  const mine = ++latest;
  if (items.length === 0) return useMeasurement.setState({ busy: false, result: null });
  useMeasurement.setState({ busy: true });
  try {
    const result = await engine()['geometry.measure']({
      items: items.map(({ instanceId, body, kind, index }) => ({
        instanceId,
        body,
        kind: kind === 'part' ? ('body' as const) : kind,
        index,
      })),
    });
    if (mine !== latest) return;
    useMeasurement.setState({ busy: false, result });
    useView.setState({ measurement: annotationOf(result) });
  } catch (error) {
    if (mine !== latest) return;
    useMeasurement.setState({ busy: false, result: null });
    reportError(error);
  }
}

function annotationOf(result: Measurement) {
  if (!result.points_mm || result.distance_mm === undefined) return null;
  const [from, to] = result.points_mm as [Vector3, Vector3];
  const label = formatQuantity(result.distance_mm, 'length', currentUnits(), 5);
  return { id: 'measurement', kind: 'measure' as const, at_mm: from, to_mm: to, label };
}
