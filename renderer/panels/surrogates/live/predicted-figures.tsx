import type { PredictedScalar, StudyRecord, SurrogatePrediction } from '../../../../preload/contract/index.ts';
import { recordOf, useDocument } from '../../../state/document.ts';
import { formatNumber } from '../../../units/format.ts';
import { useUnits } from '../../../units/use-units.ts';
import { marginOf, quantityInWords, scalarInWords } from '../words.ts';

/** What the part's material may bear, MPa, and what that is. */
function useAllowable(study: StudyRecord): { value: number; words: string } | null {
  const records = useDocument((state) => state.records);
  const material = recordOf('material', recordOf('part', study.partId, records)?.materialId, records);
  const { yield_MPa, ultimate_MPa } = material?.properties ?? {};
  if (yield_MPa !== undefined) return { value: yield_MPa, words: 'yield' };
  return ultimate_MPa === undefined ? null : { value: ultimate_MPa, words: 'strength' };
}

/** Numbers of a prediction, each with its interval: hatched, for they are no solution. */
export function PredictedFigures(props: {
  study: StudyRecord;
  prediction: SurrogatePrediction;
  /** Quantities that are no property of the part. */
  singular: readonly string[];
}) {
  const { study, prediction, singular } = props;
  const allowable = useAllowable(study);
  if (prediction.scalars.length === 0) return null;
  return (
    <dl className="predicted-figures" data-testid="predicted">
      {prediction.scalars.map((scalar) => (
        <Figure key={scalar.name} scalar={scalar} allowable={allowable} singular={singular.includes(scalar.name)} />
      ))}
    </dl>
  );
}

interface FigureProps {
  scalar: PredictedScalar;
  allowable: ReturnType<typeof useAllowable>;
  singular: boolean;
}

function Figure({ scalar, allowable, singular }: FigureProps) {
  const system = useUnits();
  const { name, unit, value, low, high } = scalar;
  const words = (one: number): string => scalarInWords(one, unit, system);
  const margin =
    allowable && !singular && name.startsWith('max von_mises') ? marginOf(value, high, allowable.value) : null;
  return (
    <div className="predicted-figure" data-quantity={name}>
      <dt title={name}>
        {quantityInWords(name)} <span className="muted">predicted</span>
      </dt>
      <dd>
        <span className="predicted-value">{words(value)}</span>
        <span className="muted" title={`Nine of ten new designs lie within: ${words(low)} to ${words(high)}`}>
          {`± ${scalarInWords(Math.max(high - value, value - low), unit, system, 2)}`}
        </span>
        {singular && (
          <span className="predicted-margin warning" title="At a sharp inner edge, the rim of a clamp or a point load">
            at a singular place: another on another mesh, and no measure of strength
          </span>
        )}
        {margin && (
          <span className={`predicted-margin ${margin.tone}`}>
            {`${percent(margin.margin)} below ${allowable!.words}, ${percent(margin.least)} at worst`.replace(
              /^−([\d.]+ %) below/,
              '$1 above',
            )}
          </span>
        )}
      </dd>
    </div>
  );
}

const percent = (share: number): string => `${formatNumber(100 * share, 2)} %`;
