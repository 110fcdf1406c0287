/** Points and axes in space: typed, or taken from the part. */
import type { AxisInSpace, Vector3 } from '../../../../preload/contract/index.ts';
import { Button } from '../../../ui/button.tsx';
import { VectorField } from '../../../ui/fields.tsx';
import { formatQuantity } from '../../../units/format.ts';
import { type Quantity, unitOf } from '../../../units/quantities.ts';
import { useUnits } from '../../../units/use-units.ts';
import { axisOf, pointOf } from './placement.ts';
import { TakeFromPart } from './take-from-part.tsx';

interface VectorProps {
  label: string;
  quantity: Quantity;
  value: Vector3;
  field: string;
  title?: string;
  onCommit: (value: Vector3) => void;
}

/** A vector with its length beside its heading. */
export function Vector({ field, title, ...props }: VectorProps) {
  const system = useUnits();
  const unit = unitOf(props.quantity, system).symbol;
  return (
    <div data-study-field={field}>
      <p className="field-heading" title={title}>
        {unit ? `${props.label} (${unit})` : props.label}
        <span className="field-total" title="Its size">
          {formatQuantity(Math.hypot(...props.value), props.quantity, system)}
        </span>
      </p>
      <VectorField {...props} bare />
    </div>
  );
}

interface InPart {
  /** Id of the item that it belongs to. */
  itemId: string;
  partId: string;
}

export function PointField(props: InPart & { value: Vector3; title?: string; onCommit: (value: Vector3) => void }) {
  return (
    <div data-study-field="point_mm">
      <p className="field-heading" title={props.title}>
        At the point
        <TakeFromPart
          owner={`point-${props.itemId}`}
          partId={props.partId}
          title="Take the point from a bore, a vertex or a face"
          accepts={['face', 'edge', 'vertex']}
          read={pointOf}
          onTake={props.onCommit}
        />
      </p>
      <VectorField label="Point" quantity="length" value={props.value} onCommit={props.onCommit} />
    </div>
  );
}

const PRINCIPAL: { name: string; direction: Vector3 }[] = [
  { name: 'X', direction: [1, 0, 0] },
  { name: 'Y', direction: [0, 1, 0] },
  { name: 'Z', direction: [0, 0, 1] },
];

export function AxisField(
  props: InPart & { value: AxisInSpace; title?: string; onCommit: (value: AxisInSpace) => void },
) {
  const { value, onCommit } = props;
  return (
    <div data-study-field="axis">
      <p className="field-heading" title={props.title}>
        Axis through
        <TakeFromPart
          owner={`axis-${props.itemId}`}
          partId={props.partId}
          title="Take the axis from a round face or an edge"
          accepts={['face', 'edge']}
          read={axisOf}
          onTake={onCommit}
        />
      </p>
      <VectorField
        label="Point of the axis"
        quantity="length"
        value={value.origin_mm}
        onCommit={(origin_mm) => onCommit({ ...value, origin_mm })}
      />
      <p className="field-heading">
        along
        <span className="axis-choices">
          {PRINCIPAL.map(({ name, direction }) => (
            <Button
              key={name}
              kind="quiet small"
              aria-label={`Axis along ${name}`}
              aria-pressed={direction.every((each, i) => each === value.direction[i])}
              onClick={() => onCommit({ ...value, direction })}
            >
              {name}
            </Button>
          ))}
        </span>
      </p>
      <VectorField
        label="Direction of the axis"
        quantity="none"
        value={value.direction}
        onCommit={(direction) => onCommit({ ...value, direction })}
      />
    </div>
  );
}
