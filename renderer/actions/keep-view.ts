/** Keeps with its study how a result is looked at, and gives the project file its thumbnail. */
import type { StudyRecord } from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';
import { upload } from '../engine/upload.ts';
import { recordOf, useDocument } from '../state/document.ts';
import { useGeometry } from '../state/geometry.ts';
import { displayOf, firstViewOf, resultOf, setDisplay, useResults, viewOf } from '../state/results.ts';
import { mainViewport } from '../state/viewports.ts';
import { editStudy } from './studies.ts';

const VIEW_DELAY = 1500;
const THUMBNAIL_DELAY = 5000;
const THUMBNAIL = { width: 384, height: 240 };

const isWritable = (): boolean => useDocument.getState().project?.readOnly === false;

function keepResultView(): void {
  const { shown, display } = useResults.getState();
  const study = recordOf('study', resultOf(shown)?.studyId);
  if (!study || !isWritable()) return;
  const view = viewOf(display);
  if (JSON.stringify(view) === JSON.stringify(study.view ?? firstViewOf(resultOf(shown)))) return;
  void editStudy(
    study.id,
    `Change how ${study.name} is shown`,
    (current) => ({ ...current, view }),
    `view-${study.id}`,
  );
}

/** What an undo (or another window) did to the view of the result that is shown, done here as well. */
function followResultView(study: StudyRecord): void {
  const { shown, display } = useResults.getState();
  const wanted = study.view ?? firstViewOf(resultOf(shown));
  if (JSON.stringify(viewOf(display)) !== JSON.stringify(wanted)) setDisplay(displayOf(wanted));
}

async function keepThumbnail(): Promise<void> {
  const viewport = mainViewport();
  if (!viewport || !isWritable() || useDocument.getState().placements.size === 0) return;
  try {
    const bytes = (await viewport.screenshot(THUMBNAIL)) as Uint8Array<ArrayBuffer>;
    const file = new File([bytes], 'thumbnail.png', { type: 'image/png' });
    const uploadId = await upload(file, () => {}, new AbortController().signal);
    await engine()['project.setThumbnail']({ uploadId });
  } catch {
    // The project is as good without.
  }
}

/** Begins to keep both. */
export function keepViews(): void {
  let viewTimer: ReturnType<typeof setTimeout> | undefined;
  let pictureTimer: ReturnType<typeof setTimeout> | undefined;
  const thumbnailSoon = () => {
    clearTimeout(pictureTimer);
    pictureTimer = setTimeout(() => void keepThumbnail(), THUMBNAIL_DELAY);
  };
  useResults.subscribe((state, before) => {
    if (state.display !== before.display) {
      clearTimeout(viewTimer);
      viewTimer = setTimeout(keepResultView, VIEW_DELAY);
    }
    if (state.shown !== before.shown) thumbnailSoon();
  });
  useGeometry.subscribe(thumbnailSoon);
  useDocument.subscribe((state, before) => {
    const id = resultOf(useResults.getState().shown)?.studyId;
    const [now, then] = [recordOf('study', id, state.records), recordOf('study', id, before.records)];
    if (now && then && now.view !== then.view) followResultView(now);
  });
}
