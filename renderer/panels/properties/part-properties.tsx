import { useMemo } from 'react';
import type { PartRecord, PartView } from '../../../preload/contract/index.ts';
import { renamePart, setPartColour } from '../../actions/instances.ts';
import { reimport } from '../../features/recognised/reimport.ts';
import { useDocument } from '../../state/document.ts';
import { revealPanel } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { ColourField } from '../../ui/colour-field.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { Icon } from '../../ui/icons.tsx';
import { formatBytes, formatCount, formatNumber, formatPoint, formatQuantity, toDisplay } from '../../units/format.ts';
import { unitOf } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';
import { figuresOf } from './mass.ts';

/** A part: what it is called, made of, weighs, and where it came from. */
export function PartProperties({ part, view }: { part: PartRecord; view: PartView | undefined }) {
  const records = useDocument((state) => state.records);
  const placed = useDocument((state) => state.placements.get(part.id)?.length ?? 0);
  const readOnly = useDocument((state) => state.project?.readOnly !== false);
  const system = useUnits();
  const materialRecord = part.materialId ? records.get(part.materialId) : undefined;
  const material = materialRecord?.type === 'material' ? materialRecord : undefined;
  const figures = useMemo(() => figuresOf(view, material), [view, material]);
  const sourceRecord = part.sourceId === undefined ? undefined : records.get(part.sourceId);
  const source = sourceRecord?.type === 'source' ? sourceRecord : undefined;
  const size = figures.box
    ? figures.box.max.map((value, i) => formatNumber(toDisplay(value - figures.box!.min[i]!, 'length', system), 4))
    : null;
  const lengthUnit = unitOf('length', system).symbol;
  return (
    <>
      {view?.status === 'failed' && view.error && (
        <div className="notice error panel-notice">
          <Icon name="error" />
          <div className="notice-body">
            <p>{view.error.message}</p>
            {view.error.hint && <p className="muted">{view.error.hint}</p>}
          </div>
        </div>
      )}
      <Group title="Part">
        <Pairs>
          <Pair name="Name">
            <TextField label="Part name" value={part.name} onCommit={(name) => void renamePart(part, name)} />
          </Pair>
          <Pair name="Material">
            <button
              type="button"
              className="link truncate"
              onClick={() => revealPanel('materials')}
              title="Choose a material"
            >
              {material?.name ?? 'Choose…'}
            </button>
          </Pair>
          <Pair name="Colour">
            <ColourField
              label="Part colour"
              value={part.colour ?? view?.bodies[0]?.info.colour}
              onChange={(colour) => void setPartColour(part, colour)}
            />
          </Pair>
        </Pairs>
      </Group>
      <Group title="Manufacture">
        <Button icon="gear" onClick={() => revealPanel('manufacture')} title="Findings, stock, set-ups, time and cost">
          Can it be made?
        </Button>
      </Group>
      <Group title="Mass and size">
        <Pairs>
          <Pair name="Mass">
            {figures.mass_kg === undefined ? (
              <span className="muted">{figures.volume_mm3 > 0 ? 'needs a material' : 'no volume'}</span>
            ) : (
              formatQuantity(figures.mass_kg, 'mass', system)
            )}
          </Pair>
          <Pair name="Volume">{formatQuantity(figures.volume_mm3, 'volume', system)}</Pair>
          <Pair name="Area">{formatQuantity(figures.area_mm2, 'area', system)}</Pair>
          {size && (
            <Pair name="Box">
              {size.join(' × ')} {lengthUnit}
            </Pair>
          )}
          {figures.centroid_mm && <Pair name="Centroid">{formatPoint(figures.centroid_mm, system, 4)}</Pair>}
          <Pair name="Made of">
            {formatCount(view?.bodies.length ?? part.bodies.length)}{' '}
            {(view?.bodies.length ?? part.bodies.length) === 1 ? 'body' : 'bodies'}, {formatCount(figures.faces)} faces
          </Pair>
          <Pair name="Placed">{placed === 1 ? 'once' : `${formatCount(placed)} times`}</Pair>
          {part.layer && <Pair name="Layer">{part.layer}</Pair>}
        </Pairs>
      </Group>
      {source && (
        <Group title="Source" closed>
          <Pairs>
            <Pair name="File">{source.fileName}</Pair>
            <Pair name="Format">
              {source.format} {source.schema}
            </Pair>
            <Pair name="Written by">{source.originatingSystem || <span className="muted">not said</span>}</Pair>
            <Pair name="Unit">{source.lengthUnit}</Pair>
            <Pair name="Size">{formatBytes(source.bytes)}</Pair>
            {source.layers.length > 0 && <Pair name="Layers">{source.layers.join(', ')}</Pair>}
            {source.pmi.dimensions + source.pmi.tolerances + source.pmi.datums > 0 && (
              <Pair name="PMI">
                {formatCount(source.pmi.dimensions)} dimensions, {formatCount(source.pmi.tolerances)} tolerances,{' '}
                {formatCount(source.pmi.datums)} datums
              </Pair>
            )}
          </Pairs>
          <Button
            icon="import"
            disabled={readOnly}
            title="Reads the file anew; faces that are found again keep their names"
            onClick={() => void reimport(source.id)}
          >
            Import new revision…
          </Button>
          {source.pmi.texts.length > 0 && (
            <ul className="source-texts">
              {source.pmi.texts.slice(0, 200).map((text, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: texts of a file repeat and never change
                <li key={index}>{text}</li>
              ))}
            </ul>
          )}
          {[...source.warnings.map(({ message }) => message), ...source.healing].map((text) => (
            <div key={text} className="notice warning">
              <Icon name="warning" />
              <div className="notice-body">{text}</div>
            </div>
          ))}
        </Group>
      )}
    </>
  );
}
