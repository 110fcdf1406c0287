import { useResults } from '../../state/results.ts';
import { useSettings } from '../../state/settings.ts';
import { formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';
import { cssColour, mapColour } from '../../viewport/colour-map.ts';
import { COMPRESSION_COLOUR, TENSION_COLOUR } from '../../viewport/field/glyph-instances.ts';
import { glyphKinds, glyphLargest, hasNoAmplitude, paneView } from './field.ts';

const WORDS = { displacement: 'Displacement', heat_flux: 'Heat flux', principal: 'Principal stresses' } as const;
const QUANTITY = { displacement: 'length', heat_flux: 'heatFlux', principal: 'stress' } as const;

/** What the arrows mean: how much the longest is, and in principal crosses which colour is which. */
export function GlyphKey() {
  useResults((state) => state);
  const colourMap = useSettings((state) => state.colourMap);
  const system = useUnits();
  const view = paneView('main');
  const { glyphs, plain } = useResults.getState().display;
  if (!view || !glyphs || !glyphKinds(view.entry, view.frame).includes(glyphs.kind)) return null;
  const largest = glyphLargest(view.entry, glyphs.kind, view.frame);
  const ramp = Array.from({ length: 9 }, (_, i) => cssColour(mapColour(colourMap, i / 8)));
  return (
    <section className="glyph-key" aria-label="Legend of the arrows" data-testid="glyph-key">
      <span className="strong">{WORDS[glyphs.kind]}</span>
      {glyphs.kind === 'principal' && (
        <>
          <span className="glyph-sign">
            <i style={{ background: cssColour(TENSION_COLOUR) }} /> tension ↔
          </span>
          <span className="glyph-sign">
            <i style={{ background: cssColour(COMPRESSION_COLOUR) }} /> compression →←
          </span>
        </>
      )}
      {glyphs.kind !== 'principal' && plain && (
        <span className="glyph-ramp" style={{ background: `linear-gradient(90deg, ${ramp.join(', ')})` }} />
      )}
      <span className="muted">
        {hasNoAmplitude(view)
          ? 'in proportion, amplitude arbitrary'
          : `${glyphs.byValue ? 'longest' : 'largest'} ${formatQuantity(largest, QUANTITY[glyphs.kind], system, 3)}`}
      </span>
    </section>
  );
}
