import { frameLabel, framesOf } from '../../state/frames.ts';
import { type DisplayQuantity, resultOf, useResults } from '../../state/results.ts';
import { Select } from '../../ui/fields.tsx';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { quantityOptions } from '../viewport/legend.tsx';

/** What the second view shows. Camera, sections and the rest it shares with the first. */
export function ComparedControls() {
  useResults((state) => state.display);
  const compared = useResults((state) => resultOf(state.compared, state.entries));
  const view = useResults((state) => state.comparedView);
  if (!compared) return null;
  const frames = framesOf(compared);
  const set = (change: Partial<typeof view>) => useResults.setState({ comparedView: { ...view, ...change } });
  return (
    <Group title="Second view" testId="second-view">
      <Pairs>
        <Pair name="Quantity">
          <Select<DisplayQuantity | 'same'>
            label="Quantity of the second view"
            testId="second-quantity"
            value={view.quantity ?? 'same'}
            options={[{ value: 'same', label: 'As in the first' }, ...quantityOptions('compared')]}
            onChange={(next) => set({ quantity: next === 'same' ? null : next })}
          />
        </Pair>
        {frames.length > 1 && (
          <Pair name="Frame">
            <Select
              label="Frame of the second view"
              testId="second-frame"
              value={view.frame === null ? 'same' : String(view.frame)}
              options={[
                { value: 'same', label: 'As in the first' },
                ...frames.map((frame, index) => ({ value: String(index), label: frameLabel(frame) })),
              ]}
              onChange={(next) => set({ frame: next === 'same' ? null : Number(next) })}
            />
          </Pair>
        )}
      </Pairs>
    </Group>
  );
}
