import { useState } from 'react';
import { FIELD_QUANTITIES } from '../../../preload/contract/index.ts';
import { frameOf, framesOf, isFilm, quantitiesOf } from '../../state/frames.ts';
import { type DisplayQuantity, setDisplay, useResults } from '../../state/results.ts';
import { useSettings } from '../../state/settings.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Check, QuantityField, Select } from '../../ui/fields.tsx';
import { ELEMENT_FIELDS, FIELDS, fieldDescription } from '../../units/fields.ts';
import { formatNumber } from '../../units/format.ts';
import { inUnit, unitOf } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';
import { ELEMENT_QUANTITIES } from '../../viewport/api.ts';
import { bandColours } from '../../viewport/colour-map.ts';
import { chooseQuantity } from './choose-quantity.ts';
import { hasNoAmplitude, type Pane, paneView, shownRange } from './field.ts';
import { legendValues } from './legend-values.ts';

export const QUANTITY_OPTIONS = FIELD_QUANTITIES.map((value) => ({
  value,
  label: FIELDS[value].label,
  group: FIELDS[value].group as string,
}));

const MESH_OPTIONS = ELEMENT_QUANTITIES.map((value) => ({
  value,
  label: ELEMENT_FIELDS[value].label,
  group: ELEMENT_FIELDS[value].group as string,
}));

/** What the frame in a pane has numbers of, and its mesh. */
export function quantityOptions(pane: Pane): { value: DisplayQuantity; label: string; group: string }[] {
  const view = paneView(pane);
  const there = view ? quantitiesOf(frameOf(view.entry, view.frame), FIELD_QUANTITIES) : [];
  const fields = QUANTITY_OPTIONS.filter(({ value }) => there.length === 0 || there.includes(value));
  return [...fields, ...MESH_OPTIONS];
}

/** The colours and what they mean; the pencil opens what can be changed about them. */
export function Legend({ pane = 'main' }: { pane?: Pane }) {
  useResults((state) => state);
  const { display, comparedView, compared } = useResults.getState();
  const system = useUnits();
  const [editing, setEditing] = useState(false);
  const view = paneView(pane);
  const colourMap = useSettings((state) => state.colourMap);
  if (!view) return null;
  // The same quantity in both panes has the same colours: one legend says it.
  if (pane === 'compared' && view.quantity === paneView('main')?.quantity) return null;
  const { quantity, label } = fieldDescription(view.quantity);
  const unit = unitOf(quantity, system);
  const range = shownRange(pane);
  const colours = bandColours(colourMap, display.bands).reverse();
  const values = legendValues(range, display.bands);
  return (
    <section
      className={`legend ${pane} ${compared ? 'two' : ''}`}
      aria-label="Contour legend"
      data-testid={pane === 'main' ? 'legend' : 'legend-compared'}
    >
      <div className="legend-head">
        <span className="strong">{label}</span>
        <span className="muted">{hasNoAmplitude(view) ? 'relative' : unit.symbol}</span>
        <IconButton
          small
          icon="pencil"
          label="Edit the legend"
          pressed={editing}
          onClick={() => setEditing(!editing)}
        />
      </div>
      <div className="legend-scale">
        <div className="legend-colours" aria-hidden="true">
          {colours.map((colour, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: bands have no other identity than their place
              key={index}
              style={{ background: `rgb(${colour.map((part) => Math.round(part * 255)).join(' ')})` }}
            />
          ))}
        </div>
        <ol className="legend-values">
          {values.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <li key={index}>{formatNumber(inUnit(value, unit), 3)}</li>
          ))}
        </ol>
      </div>
      {editing && (
        <div className="legend-editor">
          <Select
            label="Quantity"
            value={view.quantity}
            options={quantityOptions(pane)}
            onChange={(next: DisplayQuantity) =>
              pane === 'compared'
                ? useResults.setState({ comparedView: { ...comparedView, quantity: next } })
                : void chooseQuantity(next)
            }
          />
          <div className="legend-row">
            <span className="muted">Max</span>
            <QuantityField
              label="Legend maximum"
              quantity={quantity}
              value={range[1]}
              onCommit={(high) => setDisplay({ range: [Math.min(range[0], high), high] })}
            />
          </div>
          <div className="legend-row">
            <span className="muted">Min</span>
            <QuantityField
              label="Legend minimum"
              quantity={quantity}
              value={range[0]}
              onCommit={(low) => setDisplay({ range: [low, Math.max(range[1], low)] })}
            />
          </div>
          <div className="legend-row">
            <span className="muted">Bands</span>
            <Select
              label="Number of bands"
              value={String(display.bands)}
              options={[
                { value: '0', label: 'Smooth' },
                ...['6', '8', '10', '12', '16', '24'].map((value) => ({ value, label: value })),
              ]}
              onChange={(bands) => setDisplay({ bands: Number(bands) })}
            />
          </div>
          {framesOf(view.entry).length > 1 && !isFilm(view.entry) && (
            <Check
              label="Range of all frames"
              checked={display.rangeOver === 'all'}
              onChange={(all) => setDisplay({ rangeOver: all ? 'all' : 'frame', range: null })}
            />
          )}
          <Button
            icon="reset"
            disabled={display.range === null && display.bands === 12}
            onClick={() => setDisplay({ range: null, bands: 12 })}
          >
            Reset
          </Button>
        </div>
      )}
    </section>
  );
}
