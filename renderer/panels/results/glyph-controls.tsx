import { type GlyphSettings, setDisplay, useResults } from '../../state/results.ts';
import { Check, Select } from '../../ui/fields.tsx';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import type { GlyphKind } from '../../viewport/api.ts';
import { glyphKinds, paneView } from '../viewport/field.ts';
import { DEFAULT_GLYPHS } from './glyph-defaults.ts';

const GLYPH_WORDS: Record<GlyphKind, string> = {
  displacement: 'Displacement',
  heat_flux: 'Heat flux',
  principal: 'Principal stresses',
};

/** Arrows for what has a direction. */
export function GlyphControls() {
  const { glyphs, plain, showReactions } = useResults((state) => state.display);
  useResults((state) => state.shown);
  const view = paneView('main');
  if (!view) return null;
  const kinds = glyphKinds(view.entry, view.frame);
  const { summary } = view.entry;
  const forces = (summary.reactions_N?.byRestraint.length ?? 0) > 0;
  if (kinds.length === 0 && !forces) return null;
  const change = (next: Partial<GlyphSettings>) => glyphs && setDisplay({ glyphs: { ...glyphs, ...next } });
  return (
    <Group title="Arrows" testId="arrows" closed={!glyphs && !showReactions}>
      <Pairs>
        <Pair name="Arrows of">
          <Select
            label="Arrows of"
            testId="arrows-of"
            value={glyphs && kinds.includes(glyphs.kind) ? glyphs.kind : 'none'}
            options={[
              { value: 'none', label: 'None' },
              ...kinds.map((kind) => ({ value: kind as string, label: GLYPH_WORDS[kind] })),
            ]}
            onChange={(kind) =>
              setDisplay(
                kind === 'none'
                  ? { glyphs: null, plain: false }
                  : // On a painted part crosses are hard to see.
                    { glyphs: { ...DEFAULT_GLYPHS, ...glyphs, kind: kind as GlyphKind }, plain: kind === 'principal' },
              )
            }
          />
        </Pair>
        {glyphs && (
          <>
            <Pair name="Density">
              <input
                type="range"
                aria-label="Density of the arrows"
                min={8}
                max={60}
                value={glyphs.density}
                onChange={(event) => change({ density: Number(event.currentTarget.value) })}
              />
            </Pair>
            <Pair name="Length">
              <input
                type="range"
                aria-label="Length of the arrows"
                min={0.3}
                max={3}
                step={0.1}
                value={glyphs.size}
                onChange={(event) => change({ size: Number(event.currentTarget.value) })}
              />
            </Pair>
            <Pair name="Look">
              <div className="checks">
                <Check label="Length by value" checked={glyphs.byValue} onChange={(byValue) => change({ byValue })} />
                <Check
                  label="Paint the part"
                  checked={!plain}
                  onChange={(painted) => setDisplay({ plain: !painted })}
                />
              </div>
            </Pair>
          </>
        )}
        {forces && (
          <Pair name="Forces">
            <Check
              label="Reactions at the restraints"
              checked={showReactions}
              onChange={(on) => setDisplay({ showReactions: on })}
            />
          </Pair>
        )}
      </Pairs>
    </Group>
  );
}
