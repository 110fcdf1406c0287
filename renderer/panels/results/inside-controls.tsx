import type { FieldQuantity, ResultEntry } from '../../../preload/contract/index.ts';
import { extremeRange } from '../../state/frames.ts';
import { setDisplay, useResults } from '../../state/results.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Check, QuantityField, Segments } from '../../ui/fields.tsx';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { fieldDescription } from '../../units/fields.ts';
import { isElementQuantity } from '../../viewport/api.ts';
import { paneView } from '../viewport/field.ts';
import { nextLevel } from './next-level.ts';

/** Nested surfaces hide each other: more than these tell nothing. */
const MOST_LEVELS = 8;
const MOST_SLICES = 20;

/** Surfaces of constant value and slices: what the field is like within the part. */
export function InsideControls({ entry }: { entry: ResultEntry }) {
  const { isoValues, slices, quantity } = useResults((state) => state.display);
  const view = paneView('main');
  const shown = view?.quantity ?? quantity;
  if (isElementQuantity(shown)) return null;
  const { quantity: dimension } = fieldDescription(shown);
  const range = extremeRange(entry, shown as FieldQuantity, view?.frame ?? 0) ?? [0, 1];
  // Levels belong to the quantity that is painted: what stands in for another one becomes the choice.
  const setLevels = (next: number[]) => setDisplay({ isoValues: next, quantity: shown });
  const change = (index: number, value: number) => setLevels(isoValues.map((one, i) => (i === index ? value : one)));
  return (
    <Group title="Inside" testId="inside" closed={isoValues.length === 0 && !slices}>
      {isoValues.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place in the list
        <div key={index} className="iso-row">
          <input
            type="range"
            aria-label={`Level ${index + 1}`}
            min={range[0]}
            max={range[1]}
            step={(range[1] - range[0]) / 200 || 1}
            value={value}
            onChange={(event) => change(index, Number(event.currentTarget.value))}
          />
          <QuantityField
            label={`Value of level ${index + 1}`}
            quantity={dimension}
            value={value}
            onCommit={(next) => change(index, next)}
          />
          <IconButton
            small
            icon="close"
            label={`Remove level ${index + 1}`}
            onClick={() => setLevels(isoValues.filter((_, i) => i !== index))}
          />
        </div>
      ))}
      <Button
        icon="plus"
        data-testid="add-level"
        disabled={isoValues.length >= MOST_LEVELS}
        onClick={() => setLevels([...isoValues, nextLevel(isoValues, range)])}
      >
        Iso-surface
      </Button>
      <Pairs>
        <Pair name="Slices">
          <Check
            label="Cut through, nothing removed"
            checked={slices !== null}
            onChange={(on) => setDisplay({ slices: on ? { axis: 'x', count: 5, at: 0.5 } : null })}
          />
        </Pair>
        {slices && (
          <>
            <Pair name="Across">
              <Segments
                label="Axis of the slices"
                value={slices.axis}
                options={[
                  { value: 'x', label: 'X' },
                  { value: 'y', label: 'Y' },
                  { value: 'z', label: 'Z' },
                ]}
                onChange={(axis) => setDisplay({ slices: { ...slices, axis } })}
              />
            </Pair>
            <Pair name="Number">
              <input
                type="range"
                aria-label="Number of slices"
                aria-valuetext={String(slices.count)}
                min={1}
                max={MOST_SLICES}
                value={slices.count}
                onChange={(event) => setDisplay({ slices: { ...slices, count: Number(event.currentTarget.value) } })}
              />{' '}
              {slices.count}
            </Pair>
            <Pair name="Position">
              <input
                type="range"
                aria-label="Position of the slices"
                min={0.01}
                max={0.99}
                step={0.01}
                value={slices.at}
                onChange={(event) => setDisplay({ slices: { ...slices, at: Number(event.currentTarget.value) } })}
              />
            </Pair>
          </>
        )}
      </Pairs>
    </Group>
  );
}
