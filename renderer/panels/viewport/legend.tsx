import { useState } from 'react';
import { FIELD_QUANTITIES, type FieldQuantity } from '../../../preload/contract/index.ts';
import { setDisplay, useResults } from '../../state/results.ts';
import { useSettings } from '../../state/settings.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { QuantityField, Select } from '../../ui/fields.tsx';
import { FIELDS } from '../../units/fields.ts';
import { formatNumber } from '../../units/format.ts';
import { inUnit, unitOf } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';
import { bandColours } from '../../viewport/colour-map.ts';
import { shownRange } from './field.ts';
import { legendValues } from './legend-values.ts';

export const QUANTITY_OPTIONS = FIELD_QUANTITIES.map((value) => ({
  value,
  label: FIELDS[value].label,
  group: FIELDS[value].group as string,
}));

/** The colours and what they mean; the pencil opens what can be changed about them. */
export function Legend() {
  const display = useResults((state) => state.display);
  useResults((state) => `${state.shown} ${state.compared} ${state.entries.length}`);
  const system = useUnits();
  const [editing, setEditing] = useState(false);
  const { quantity, label } = FIELDS[display.quantity];
  const unit = unitOf(quantity, system);
  const range = shownRange();
  const colourMap = useSettings((state) => state.colourMap);
  const colours = bandColours(colourMap, display.bands).reverse();
  const values = legendValues(range, display.bands);
  return (
    <section className="legend" aria-label="Contour legend" data-testid="legend">
      <div className="legend-head">
        <span className="strong truncate" title={label}>
          {label}
        </span>
        <span className="muted">{unit.symbol}</span>
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
            value={display.quantity}
            options={QUANTITY_OPTIONS}
            onChange={(next: FieldQuantity) =>
              setDisplay({ quantity: next, range: null, threshold: null, isoValue: null })
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
