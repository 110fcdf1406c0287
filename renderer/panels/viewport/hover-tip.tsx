import { useDocument } from '../../state/document.ts';
import { bodyInfo } from '../../state/geometry.ts';
import { useResults } from '../../state/results.ts';
import { useSelection } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';
import { fieldDescription } from '../../units/fields.ts';
import { formatCount, formatNumber, formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';
import { paintedSensitivity } from '../sensitivities/painting.ts';
import { shownPrediction } from '../surrogates/live/painting.ts';
import { hasNoAmplitude, paneView } from './field.ts';

/** What is under the pointer, at the lower edge of the picture where it never covers what is looked at. */
export function HoverTip() {
  const item = useSelection((state) => state.hovered);
  const records = useDocument((state) => state.records);
  useResults((state) => state.display);
  const measuring = useView((state) => state.tool.kind === 'measure');
  const system = useUnits();
  if (!item) return null;
  const improving = paintedSensitivity() !== null;
  const predicted = shownPrediction();
  const view = paneView('main');
  const field = view && fieldDescription(view.quantity);
  const instance = records.get(item.instanceId);
  const part = instance?.type === 'instance' && instance.partId ? records.get(instance.partId) : undefined;
  if (instance?.type !== 'instance') return null;
  const name = instance.name || (part?.type === 'part' ? part.name : '');
  const info = part?.type === 'part' ? bodyInfo(part.id, item.body) : undefined;
  const face = item.kind === 'face' ? info?.faces[item.index] : undefined;
  const edge = item.kind === 'edge' ? info?.edges[item.index] : undefined;
  const what = face
    ? `Face ${item.index + 1} · ${face.type}${face.radius_mm ? ` · R ${formatQuantity(face.radius_mm, 'length', system)}` : ''}`
    : edge
      ? `Edge ${item.index + 1} · ${edge.type} · ${formatQuantity(edge.length_mm, 'length', system)}`
      : item.kind === 'vertex'
        ? `Vertex ${item.index + 1}`
        : '';
  return (
    <output className={`hover-tip ${measuring ? 'raised' : ''}`} data-testid="hover-tip">
      <span className="strong truncate">{name}</span>
      {what && <span className="muted truncate">{what}</span>}
      {item.element !== undefined && <span className="muted">Element {formatCount(item.element + 1)}</span>}
      {item.value !== undefined && improving && (
        <span>
          <strong>{item.value > 0 ? 'push here' : 'pull here'}</strong>
          {`: ${formatNumber(100 * item.value ** 2, 2)} % of the strongest`}
        </span>
      )}
      {item.value !== undefined && predicted && !improving && (
        <span>
          {`${fieldDescription(predicted.live.quantity).label}, predicted: `}
          <strong>{`≈ ${formatQuantity(item.value, fieldDescription(predicted.live.quantity).quantity, system, 3)}`}</strong>
        </span>
      )}
      {item.value !== undefined && field && !improving && !predicted && (
        <span>
          {field.label}:{' '}
          <strong>{formatQuantity(item.value, hasNoAmplitude(view) ? 'none' : field.quantity, system)}</strong>
          {hasNoAmplitude(view) && ' relative'}
        </span>
      )}
    </output>
  );
}
