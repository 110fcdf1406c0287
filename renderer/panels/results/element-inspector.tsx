import { useEffect, useState } from 'react';
import type { ResultEntry } from '../../../preload/contract/index.ts';
import { attempt } from '../../actions/edit.ts';
import { useCommand } from '../../commands/index.ts';
import { setDisplay, useResults } from '../../state/results.ts';
import { mainViewport } from '../../state/viewports.ts';
import { Button } from '../../ui/button.tsx';
import { QuantityField } from '../../ui/fields.tsx';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { formatCount, formatNumber, formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';
import type { ElementFacts, ElementQuantity } from '../../viewport/api.ts';
import { chooseQuantity } from '../viewport/choose-quantity.ts';

const LISTED = 8;
/** Below this an element of second order is counted as poor: its stresses are not to be relied on. */
const POOR = 0.2;

function show(element: number): void {
  setDisplay({ element });
  mainViewport()?.lookAtElement(element);
}

/** The mesh, element by element: the worst ones, and whichever is clicked. */
export function ElementInspector({ entry }: { entry: ResultEntry }) {
  const { element, quantity } = useResults((state) => state.display);
  const inspect = useCommand('result.elements');
  const system = useUnits();
  const [worst, setWorst] = useState<{ by: ElementQuantity; list: ElementFacts[]; of: string } | null>(null);
  // The numbers of another result's elements are not this one's.
  useEffect(() => {
    if (worst && worst.of !== entry.inputHash) setWorst(null);
  }, [worst, entry.inputHash]);
  const list = (by: ElementQuantity) =>
    void attempt(async () => {
      const found = (await mainViewport()?.worstElements(by, LISTED)) ?? [];
      setWorst({ by, list: found, of: entry.inputHash });
    });
  const facts = element === null ? null : (mainViewport()?.elementFacts(element) ?? null);
  const { mesh } = entry.summary;
  return (
    <Group title={`Elements (${formatCount(mesh.elements)})`} testId="elements" closed={element === null && !worst}>
      <div className="export-buttons two">
        <Button kind={inspect.checked ? 'primary' : ''} icon="pick" disabled={!inspect.enabled} onClick={inspect.run}>
          {inspect.checked ? 'Done' : 'Click an element'}
        </Button>
        <Button
          kind={quantity === 'element_quality' ? 'primary' : ''}
          icon="mesh"
          onClick={() => void chooseQuantity(quantity === 'element_quality' ? 'von_mises' : 'element_quality')}
        >
          Paint quality
        </Button>
        <Button onClick={() => list('element_quality')} data-testid="worst-quality">
          Worst shapes
        </Button>
        <Button onClick={() => list('element_error')}>Largest errors</Button>
      </div>
      <Pairs>
        <Pair name="Number">
          <QuantityField
            label="Element number"
            quantity="none"
            minimum={1}
            value={element === null ? undefined : element + 1}
            placeholder="1 …"
            onCommit={(number) => show(Math.min(mesh.elements, Math.round(number)) - 1)}
            onClear={() => setDisplay({ element: null })}
          />
        </Pair>
      </Pairs>
      {facts && (
        <div data-testid="element-facts">
          <Pairs>
            {facts.quality !== undefined && (
              <Pair name="Quality">
                {formatNumber(facts.quality, 3)} scaled Jacobian{facts.quality < POOR ? ', poor' : ''}
              </Pair>
            )}
            {facts.error !== undefined && <Pair name="Error">{formatNumber(facts.error, 3)} √(N·mm), energy norm</Pair>}
            <Pair name="Volume">{formatQuantity(facts.volume_mm3, 'volume', system)}</Pair>
            <Pair name="Edges">
              {formatQuantity(facts.shortestEdge_mm, 'length', system, 3)} to{' '}
              {formatQuantity(facts.longestEdge_mm, 'length', system, 3)}
            </Pair>
            <Pair name="Centre">{facts.centre_mm.map((x) => formatQuantity(x, 'length', system, 4)).join(', ')}</Pair>
            <Pair name="Nodes" title="Corners first, then midsides 12, 23, 13, 14, 24, 34">
              {facts.nodes.join(', ')}
            </Pair>
          </Pairs>
        </div>
      )}
      {worst && worst.list.length === 0 && (
        <p className="muted">
          This result holds no {worst.by === 'element_quality' ? 'quality' : 'error'} of its elements.
        </p>
      )}
      {worst && worst.list.length > 0 && (
        <table className="table element-list">
          <thead>
            <tr>
              <th scope="col">Element</th>
              <th scope="col" className="number">
                {worst.by === 'element_quality' ? 'Quality' : 'Error √(N·mm)'}
              </th>
              <th scope="col" className="number">
                Volume
              </th>
            </tr>
          </thead>
          <tbody>
            {worst.list.map((one) => (
              <tr key={one.number}>
                <td>
                  <button type="button" onClick={() => show(one.number - 1)}>
                    {formatCount(one.number)}
                  </button>
                </td>
                <td className="number strong">
                  {formatNumber((worst.by === 'element_quality' ? one.quality : one.error) ?? Number.NaN, 3)}
                </td>
                <td className="number">{formatQuantity(one.volume_mm3, 'volume', system, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Group>
  );
}
