/** Forgets what belonged to the project that was open before. */
import { forgetAgent } from './agent.ts';
import { forgetBranches } from './branches.ts';
import { forgetDesigns } from './design.ts';
import { clearGeometry } from './geometry.ts';
import { forgetManufacture } from './manufacture.ts';
import { clearHistories } from './parts.ts';
import { clearPath } from './path.ts';
import { DEFAULT_DISPLAY, useResults } from './results.ts';
import { useSelection } from './selection.ts';
import { forgetSensitivities } from './sensitivities.ts';
import { forgetSurrogates } from './surrogates.ts';
import { resetView } from './view.ts';

export function forgetProject(): void {
  clearGeometry();
  clearHistories();
  useSelection.setState({ items: [], hovered: null });
  useResults.setState({
    entries: [],
    shown: null,
    compared: null,
    comparedView: { quantity: null, frame: null },
    display: DEFAULT_DISPLAY,
    activeStudyId: null,
    pointedAt: null,
    probeValues: new Map(),
  });
  clearPath();
  forgetSensitivities();
  forgetSurrogates();
  forgetManufacture();
  forgetAgent();
  forgetBranches();
  forgetDesigns();
  resetView();
}
