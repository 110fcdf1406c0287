import { useDocument } from '../../state/document.ts';
import { frameLabel, frameOf, framesOf, isFilm, swings } from '../../state/frames.ts';
import { usePlayback } from '../../state/playback.ts';
import { showResult, useResults } from '../../state/results.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatNumber } from '../../units/format.ts';
import { isOutOfDate, whoseResult } from '../results/foreign/whose.ts';
import { type Pane, paneView, scaleOf, titleOf } from './field.ts';

/** Which result this picture is of. */
export function ResultTitle({ pane }: { pane: Pane }) {
  useResults((state) => state);
  const time = usePlayback((state) => state.time);
  const records = useDocument((state) => state.records);
  const view = paneView(pane);
  if (!view) return null;
  const { entry, frame, quantity } = view;
  const { display } = useResults.getState();
  const record = records.get(entry.studyId);
  const study = record?.type === 'study' ? record : undefined;
  const scale = scaleOf(entry, { deformationScale: display.deformationScale, frame }, study);
  const shown = frameOf(entry, frame);
  const whose = whoseResult(entry);
  const several = framesOf(entry).length > 1;
  // Between two frames the moment is named, not the frame before it.
  const between = time !== null && isFilm(entry) && pane === 'main';
  const label = between
    ? `${formatNumber(time, 4)} ${shown.unit === '-' ? '' : (shown.unit ?? '')}`.trim()
    : frameLabel(shown);
  return (
    <div className="result-title" data-testid="result-title">
      <span className="strong truncate">{study?.name ?? 'Result'}</span>
      {several && (
        <span className="truncate" data-testid="frame-label">
          {label}
        </span>
      )}
      <span className="truncate result-quantity">{titleOf(quantity)}</span>
      <span className="muted">
        {scale === 0 ? 'undeformed' : `deformed × ${formatNumber(scale, 3)}`}
        {scale !== 0 && swings(shown) ? ', amplitude arbitrary' : ''}
      </span>
      {whose && <span className="badge">from {whose}</span>}
      {isOutOfDate(entry) && (
        <span className="badge warning">{entry.summary.variables ? 'other dimensions' : 'out of date'}</span>
      )}
      <IconButton
        small
        icon="close"
        label={pane === 'compared' ? 'End the comparison' : 'Show the model'}
        onClick={() => (pane === 'compared' ? useResults.setState({ compared: null }) : showResult(null))}
      />
    </div>
  );
}
