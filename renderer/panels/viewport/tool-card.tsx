import { usePlanePicker } from '../../features/planes/plane-picking.ts';
import { usePath } from '../../state/path.ts';
import { useSelection } from '../../state/selection.ts';
import { setTool, useView } from '../../state/view.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { formatQuantity } from '../../units/format.ts';
import type { Quantity } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';
import { type Measurement, useMeasurement } from './measuring.ts';

const ROWS: { key: keyof Measurement; label: string; quantity: Quantity }[] = [
  { key: 'distance_mm', label: 'Distance', quantity: 'length' },
  { key: 'angle_rad', label: 'Angle', quantity: 'angle' },
  { key: 'radius_mm', label: 'Radius', quantity: 'length' },
  { key: 'length_mm', label: 'Length', quantity: 'length' },
  { key: 'area_mm2', label: 'Area', quantity: 'area' },
  { key: 'volume_mm3', label: 'Volume', quantity: 'volume' },
  { key: 'mass_kg', label: 'Mass', quantity: 'mass' },
];

/** What the tool in hand has to say: measured values, or what is being picked. */
export function ToolCard() {
  const tool = useView((state) => state.tool);
  const ends = usePath((state) => state.points_mm.length);
  const asksForPlane = usePlanePicker((state) => state.request !== null);
  if (tool.kind === 'select' || asksForPlane) return null;
  const done = () => setTool({ kind: 'select' });
  const words = {
    probe: 'Click on the result to place a probe',
    path: ends === 1 ? 'Now click the other end, B' : 'Click the ends of the line, A and B',
    elements: 'Click an element of the mesh',
  };
  if (tool.kind === 'measure') return <MeasureCard onDone={done} />;
  return (
    <output className="tool-card" data-testid="tool-card">
      <Icon name={tool.kind === 'probe' ? 'probe' : 'pick'} size={14} />
      <span>
        {tool.kind in words
          ? words[tool.kind as keyof typeof words]
          : `Pick for “${'title' in tool ? tool.title : ''}”`}
      </span>
      <Button kind="primary" onClick={done}>
        Done
      </Button>
    </output>
  );
}

function MeasureCard({ onDone }: { onDone: () => void }) {
  const { busy, result } = useMeasurement();
  const count = useSelection((state) => state.items.length);
  const system = useUnits();
  const rows = ROWS.filter(({ key }) => result?.[key] !== undefined);
  return (
    <output className="tool-card measure" data-testid="measure-card">
      <div className="view-card-row">
        <Icon name="measure" size={14} />
        <span className="strong">Measure</span>
        <span className="muted">{busy ? 'measuring…' : count === 0 ? 'pick one or two things' : ''}</span>
        <span className="spacer" />
        <IconButton small icon="close" label="End measuring (Esc)" onClick={onDone} />
      </div>
      {count > 0 && rows.length > 0 && (
        <dl className="pairs">
          {rows.map(({ key, label, quantity }) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd className="strong">{formatQuantity(result![key] as number, quantity, system, 6)}</dd>
            </div>
          ))}
        </dl>
      )}
    </output>
  );
}
