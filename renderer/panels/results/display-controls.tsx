import type { ResultEntry, StudyRecord } from '../../../preload/contract/index.ts';
import { extremeRange } from '../../state/frames.ts';
import { type DisplayQuantity, setDisplay, useResults } from '../../state/results.ts';
import { Check, QuantityField, Segments, Select } from '../../ui/fields.tsx';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { fieldDescription } from '../../units/fields.ts';
import { formatNumber } from '../../units/format.ts';
import { chooseQuantity } from '../viewport/choose-quantity.ts';
import { paneView, scaleOf } from '../viewport/field.ts';
import { quantityOptions } from '../viewport/legend.tsx';

type Scale = 'off' | 'true' | 'auto' | 'own';

/** How the result is painted. */
export function DisplayControls({ entry, study }: { entry: ResultEntry; study: StudyRecord | undefined }) {
  const display = useResults((state) => state.display);
  useResults((state) => state.shown);
  const shown = paneView('main')?.quantity ?? display.quantity;
  const { quantity } = fieldDescription(shown);
  const deforms = extremeRange(entry, 'displacement.magnitude', 'all') !== null;
  const actual = scaleOf(entry, display, study);
  const scale: Scale =
    display.deformationScale === null
      ? 'auto'
      : display.deformationScale === 0
        ? 'off'
        : display.deformationScale === 1
          ? 'true'
          : 'own';
  const setScale = (next: Scale) =>
    setDisplay({
      deformationScale: next === 'auto' ? null : next === 'off' ? 0 : next === 'true' ? 1 : actual || 10,
      ...(next === 'off' ? { animate: false } : {}),
    });
  return (
    <Group title="Display" testId="display">
      <Pairs>
        <Pair name="Quantity">
          <Select
            label="Quantity"
            value={shown}
            options={quantityOptions('main')}
            testId="quantity"
            onChange={(next: DisplayQuantity) => void chooseQuantity(next)}
          />
        </Pair>
        {deforms && (
          <Pair name="Deformation">
            <Segments
              label="Deformation"
              value={scale}
              options={[
                { value: 'off', label: 'Off' },
                { value: 'true', label: 'True' },
                { value: 'auto', label: 'Auto' },
                { value: 'own', label: 'Own' },
              ]}
              onChange={setScale}
            />
          </Pair>
        )}
        {deforms && scale !== 'off' && (
          <Pair name="Times">
            <div className="grow">
              <QuantityField
                label="Deformation scale"
                quantity="none"
                minimum={0}
                value={Number(formatNumber(actual, 6).replace(/[^\d.]/g, '')) || actual}
                onCommit={(deformationScale) => setDisplay({ deformationScale })}
              />
            </div>
            <Check label="Animate" checked={display.animate} onChange={(animate) => setDisplay({ animate })} />
          </Pair>
        )}
        <Pair name="Draw">
          <div className="checks">
            <Check
              label="Min and max"
              checked={display.showExtremes}
              onChange={(showExtremes) => setDisplay({ showExtremes })}
            />
            <Check label="Mesh" checked={display.showMesh} onChange={(showMesh) => setDisplay({ showMesh })} />
            <Check
              label="Undeformed"
              checked={display.showUndeformed}
              onChange={(showUndeformed) => setDisplay({ showUndeformed })}
            />
          </div>
        </Pair>
        <Pair name="Only above">
          <div className="grow">
            <QuantityField
              label="Show only values above"
              quantity={quantity}
              value={display.threshold?.minimum}
              placeholder="everything"
              onCommit={(minimum) => setDisplay({ threshold: { ...display.threshold, minimum } })}
              onClear={() => {
                const { minimum: _gone, ...rest } = display.threshold ?? {};
                setDisplay({ threshold: rest.maximum === undefined ? null : rest });
              }}
            />
          </div>
        </Pair>
        <Pair name="Only below">
          <div className="grow">
            <QuantityField
              label="Show only values below"
              quantity={quantity}
              value={display.threshold?.maximum}
              placeholder="everything"
              onCommit={(maximum) => setDisplay({ threshold: { ...display.threshold, maximum } })}
              onClear={() => {
                const { maximum: _gone, ...rest } = display.threshold ?? {};
                setDisplay({ threshold: rest.minimum === undefined ? null : rest });
              }}
            />
          </div>
        </Pair>
      </Pairs>
    </Group>
  );
}
