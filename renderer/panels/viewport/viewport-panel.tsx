import { useState } from 'react';
import { DragHandle } from '../../features/handles/drag-handle.tsx';
import { PlanePicker } from '../../features/planes/plane-picker.tsx';
import { SketchLines } from '../../features/sketch-lines.tsx';
import { commandEntries } from '../../shell/command-entries.ts';
import { SketchMode, useSketcher } from '../../sketcher/index.tsx';
import { useResults } from '../../state/results.ts';
import { partItem, select, useSelection } from '../../state/selection.ts';
import { useSensitivities } from '../../state/sensitivities.ts';
import { usePaintedPrediction, useSurrogates } from '../../state/surrogates.ts';
import { useView } from '../../state/view.ts';
import { Icon } from '../../ui/icons.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import type { PickedItem } from '../../viewport/api.ts';
import { paintedSensitivity } from '../sensitivities/painting.ts';
import { SensitivityKey } from '../sensitivities/sensitivity-key.tsx';
import { shownPrediction } from '../surrogates/live/painting.ts';
import { PredictionLegend } from '../surrogates/live/prediction-legend.tsx';
import { ViewportCanvas } from './canvas.tsx';
import { EmptyState } from './empty-state.tsx';
import { GlyphKey } from './glyph-key.tsx';
import { HeadsUp } from './heads-up.tsx';
import { HoverTip } from './hover-tip.tsx';
import { ImportProgress } from './import-progress.tsx';
import { Legend } from './legend.tsx';
import { ResultTitle } from './result-title.tsx';
import { ScaleBar } from './scale-bar.tsx';
import { TimeBar } from './time-bar.tsx';
import { ToolCard } from './tool-card.tsx';
import { ViewControls } from './view-controls.tsx';
import { viewEntries } from './view-entries.ts';
import { useViewMenu } from './view-menu-state.ts';

const SKETCH_MENU = [
  'sketch.enter',
  'sketch.escape',
  '-',
  'sketch.tool.line',
  'sketch.tool.dimension',
  'sketch.tool.trim',
  'sketch.construction',
  '-',
  'sketch.delete',
  'sketch.look',
  'sketch.marks',
  '-',
  'sketch.finish',
];

/** The picture, and what lies over it. */
export function ViewportPanel() {
  const shown = useResults((state) => state.shown);
  const compared = useResults((state) => state.compared);
  useSensitivities((state) => state);
  const improving = paintedSensitivity() !== null;
  // Answers come many times a second: whether there is one is all that matters here.
  const isLive = useSurrogates(() => shownPrediction() !== null);
  const begun = usePaintedPrediction((state) => state.painted !== null);
  const predicting = begun && isLive && !improving;
  const asResult = shown !== null && !improving && !predicting;
  const failure = useView((state) => state.failure);
  const sketching = useSketcher((state) => state.session !== null);
  const viewMenuAt = useViewMenu((state) => state.at);
  const [menu, setMenu] = useState<{ at: { x: number; y: number }; entries: MenuEntry[] } | null>(null);

  const openMenu = (item: PickedItem | null, x: number, y: number) => {
    const selected = useSelection.getState().items;
    if (item && !selected.some(({ instanceId }) => instanceId === item.instanceId)) select([partItem(item.instanceId)]);
    const entries = sketching
      ? commandEntries(SKETCH_MENU)
      : item
        ? commandEntries([
            'view.fitSelection',
            'view.normalTo',
            'view.isolate',
            'view.hide',
            'view.showAll',
            '-',
            'select.samePart',
            'edit.rename',
            '-',
            'feature.sketch',
            'feature.fillet',
            'feature.offset-face',
            'feature.delete-face',
            '-',
            'study.new',
            'window.panel.materials',
            'window.panel.properties',
          ])
        : commandEntries(['view.fit', 'view.isometric', 'view.showAll', '-', 'view.orthographic', 'view.section']);
    setMenu({ at: { x, y }, entries });
  };

  return (
    <section className="viewport-panel" aria-label="Model">
      <div className={`viewport-split ${compared ? 'two' : ''}`}>
        <div className="viewport-pane">
          <ViewportCanvas pane="main" onContextMenu={openMenu} />
          {asResult && <ResultTitle pane="main" />}
          {asResult && <GlyphKey />}
        </div>
        {compared && (
          <div className="viewport-pane">
            <ViewportCanvas pane="compared" onContextMenu={openMenu} />
            <ResultTitle pane="compared" />
            <Legend pane="compared" />
          </div>
        )}
      </div>
      {failure ? (
        <div className="viewport-cover" role="alert">
          <div className="viewport-card">
            <Icon name="warning" size={24} />
            <strong>No picture can be drawn</strong>
            <p className="muted">{failure}</p>
            <p className="muted">Everything else works: the panels, importing, solving and exporting.</p>
          </div>
        </div>
      ) : (
        <>
          {sketching ? (
            <SketchMode />
          ) : (
            <>
              <EmptyState />
              <HeadsUp />
              <ViewControls />
              <ToolCard />
              <SketchLines />
              <PlanePicker />
              <DragHandle />
              <HoverTip />
            </>
          )}
          {asResult && <Legend />}
          {asResult && <TimeBar />}
          {improving && <SensitivityKey />}
          {predicting && <PredictionLegend />}
          <ScaleBar />
        </>
      )}
      <ImportProgress />
      {menu && <Menu label="Model" entries={menu.entries} at={menu.at} onClose={() => setMenu(null)} />}
      {viewMenuAt && (
        <Menu
          label="Views"
          entries={viewEntries()}
          at={viewMenuAt}
          onClose={() => useViewMenu.setState({ at: null })}
        />
      )}
    </section>
  );
}
