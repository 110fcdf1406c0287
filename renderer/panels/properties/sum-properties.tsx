import { useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import type { SelectedItem } from '../../state/selection.ts';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';
import { figuresOf } from './mass.ts';

/** What the selected things come to together: areas, lengths, volume and mass. */
export function SumProperties({ items }: { items: SelectedItem[] }) {
  const records = useDocument((state) => state.records);
  const parts = useGeometry((state) => state.parts);
  const system = useUnits();
  let area = 0;
  let length = 0;
  let volume = 0;
  let mass: number | undefined = 0;
  let pieces = 0;
  for (const item of items) {
    const instance = records.get(item.instanceId);
    const part = instance?.type === 'instance' && instance.partId ? records.get(instance.partId) : undefined;
    if (part?.type !== 'part') continue;
    const view = parts.get(part.id);
    const info = view?.bodies.find(({ index }) => index === item.body)?.info;
    if (item.kind === 'face') area += info?.faces[item.index]?.area_mm2 ?? 0;
    else if (item.kind === 'edge') length += info?.edges[item.index]?.length_mm ?? 0;
    else if (item.kind !== 'vertex') {
      const material = part.materialId ? records.get(part.materialId) : undefined;
      const whole = figuresOf(
        item.kind === 'body' && view
          ? { ...view, bodies: view.bodies.filter(({ index }) => index === item.body) }
          : view,
        material?.type === 'material' ? material : undefined,
      );
      pieces++;
      volume += whole.volume_mm3;
      mass = mass === undefined || whole.mass_kg === undefined ? undefined : mass + whole.mass_kg;
    }
  }
  if (area + length + volume === 0) return null;
  return (
    <Group title="Together">
      <Pairs>
        {area > 0 && <Pair name="Area">{formatQuantity(area, 'area', system)}</Pair>}
        {length > 0 && <Pair name="Length">{formatQuantity(length, 'length', system)}</Pair>}
        {volume > 0 && <Pair name="Volume">{formatQuantity(volume, 'volume', system)}</Pair>}
        {pieces > 0 && mass !== undefined && <Pair name="Mass">{formatQuantity(mass, 'mass', system)}</Pair>}
      </Pairs>
    </Group>
  );
}
