import { STUDY_TYPES, type StudyType } from '../../preload/contract/index.ts';
import { activeStudy, changeType, createStudy, solve } from '../actions/studies.ts';
import { subjectForStudy } from '../actions/study-part.ts';
import { DEFAULT_GLYPHS } from '../panels/results/glyph-defaults.ts';
import { STUDY_TYPE_WORDS } from '../panels/studies/kinds/study-types.ts';
import { missingIn } from '../panels/studies/needs/missing.ts';
import { chooseQuantity } from '../panels/viewport/choose-quantity.ts';
import { glyphKinds, paneView } from '../panels/viewport/field.ts';
import { recordOf, useDocument } from '../state/document.ts';
import { framesOf, isFilm } from '../state/frames.ts';
import { isRunning, useJobs } from '../state/jobs.ts';
import { stepFrame, togglePlaying, usePlayback } from '../state/playback.ts';
import { resultOf, setDisplay, showResult, useResults } from '../state/results.ts';
import { openDialog, revealPanel } from '../state/ui.ts';
import { setTool, useView } from '../state/view.ts';
import { register, runCommand } from './registry.ts';

const isWritable = () => useDocument.getState().project?.readOnly === false;
const isSolving = () => useJobs.getState().entries.some(({ job }) => job.kind === 'solve' && isRunning(job));
const hasResult = () => useResults.getState().shown !== null;
const hasFrames = () => {
  const entry = resultOf(useResults.getState().shown);
  return entry !== undefined && framesOf(entry).length > 1;
};
const glyphsThere = () => {
  const view = paneView('main');
  return view ? glyphKinds(view.entry, view.frame) : [];
};

const canMake = () => isWritable() && subjectForStudy() !== undefined;
const subjectInWords = () => subjectForStudy()?.words ?? 'the selected part';
const lower = (type: StudyType) => STUDY_TYPE_WORDS[type].name.toLowerCase();

register(
  {
    id: 'study.new',
    title: () => `New study of ${subjectInWords()}…`,
    category: 'Study',
    icon: 'study',
    keys: ['Shift+n'],
    enabled: canMake,
    run: () => openDialog('new-study'),
  },
  ...STUDY_TYPES.map((type) => ({
    id: `study.new.${type}`,
    title: () => `New ${lower(type)} of ${subjectInWords()}`,
    category: 'Study' as const,
    icon: STUDY_TYPE_WORDS[type].icon,
    keys: [`g ${STUDY_TYPE_WORDS[type].key}`],
    enabled: canMake,
    run: () => createStudy(subjectForStudy()!.subject, type),
  })),
  ...STUDY_TYPES.map((type) => ({
    id: `study.type.${type}`,
    title: `Make the study a ${lower(type)}`,
    category: 'Study' as const,
    icon: STUDY_TYPE_WORDS[type].icon,
    enabled: () => isWritable() && activeStudy() !== undefined,
    checked: () => activeStudy()?.study === type,
    run: () => changeType(activeStudy()!, type),
  })),
  {
    id: 'study.solve',
    title: 'Solve',
    category: 'Study',
    icon: 'play',
    keys: ['$mod+Enter'],
    whileTyping: true,
    enabled: () => {
      const study = activeStudy();
      return (
        study !== undefined &&
        !isSolving() &&
        !missingIn(study, useDocument.getState().records).some(({ blocking }) => blocking)
      );
    },
    run: () => {
      // The field being typed into is taken first.
      (document.activeElement as HTMLElement | null)?.blur?.();
      return solve(activeStudy()!.id);
    },
  },
  {
    id: 'result.toggle',
    title: () => (hasResult() ? 'Show the model instead of the result' : 'Show the newest result'),
    category: 'Result',
    icon: 'result',
    keys: ['r'],
    enabled: () => useResults.getState().entries.some(({ fieldsHash }) => fieldsHash !== null),
    checked: hasResult,
    run: () => {
      const { entries, shown, activeStudyId } = useResults.getState();
      if (shown) return showResult(null);
      const usable = entries.filter(({ fieldsHash }) => fieldsHash !== null);
      const best =
        usable.find(({ studyId, current }) => studyId === activeStudyId && current) ??
        usable.find(({ studyId }) => studyId === activeStudyId) ??
        usable[0];
      if (!best) return;
      showResult(best.inputHash);
      revealPanel('results');
    },
  },
  {
    id: 'result.deform',
    title: 'Deformed shape',
    category: 'Result',
    icon: 'deform',
    keys: ['d'],
    enabled: hasResult,
    checked: () => useResults.getState().display.deformationScale !== 0,
    run: () => setDisplay({ deformationScale: useResults.getState().display.deformationScale === 0 ? null : 0 }),
  },
  {
    id: 'result.animate',
    title: 'Animate the deformation',
    category: 'Result',
    icon: 'animate',
    enabled: hasResult,
    checked: () => useResults.getState().display.animate,
    run: () => {
      const { animate, deformationScale } = useResults.getState().display;
      setDisplay({ animate: !animate, ...(!animate && deformationScale === 0 ? { deformationScale: null } : {}) });
    },
  },
  {
    id: 'result.mesh',
    title: 'Mesh over the result',
    category: 'Result',
    icon: 'mesh',
    enabled: hasResult,
    checked: () => useResults.getState().display.showMesh,
    run: () => setDisplay({ showMesh: !useResults.getState().display.showMesh }),
  },
  {
    id: 'result.probe',
    title: 'Place probes',
    category: 'Result',
    icon: 'probe',
    keys: ['b'],
    enabled: () => hasResult() && isWritable(),
    checked: () => useView.getState().tool.kind === 'probe',
    run: () => {
      const { entries, shown } = useResults.getState();
      const studyId = entries.find(({ inputHash }) => inputHash === shown)?.studyId;
      if (useView.getState().tool.kind === 'probe' || !studyId) setTool({ kind: 'select' });
      else setTool({ kind: 'probe', studyId });
    },
  },
  {
    id: 'result.nextFrame',
    title: 'Next frame: case, mode or moment',
    category: 'Result',
    keys: ['.'],
    enabled: hasFrames,
    run: () => stepFrame(1),
  },
  {
    id: 'result.previousFrame',
    title: 'Previous frame: case, mode or moment',
    category: 'Result',
    keys: [','],
    enabled: hasFrames,
    run: () => stepFrame(-1),
  },
  {
    id: 'result.play',
    title: () => (usePlayback.getState().playing ? 'Pause the film' : 'Play'),
    category: 'Result',
    icon: 'play',
    keys: ['k'],
    enabled: hasResult,
    checked: () => usePlayback.getState().playing || useResults.getState().display.animate,
    run: () => {
      const entry = resultOf(useResults.getState().shown);
      if (entry && isFilm(entry)) togglePlaying();
      else return runCommand('result.animate');
    },
  },
  {
    id: 'result.arrows',
    title: 'Arrows on the result',
    category: 'Result',
    keys: ['a'],
    enabled: () => glyphsThere().length > 0,
    checked: () => useResults.getState().display.glyphs !== null,
    run: () => {
      const { glyphs } = useResults.getState().display;
      const [kind] = glyphsThere();
      if (glyphs || !kind) setDisplay({ glyphs: null, plain: false });
      else setDisplay({ glyphs: { kind, ...DEFAULT_GLYPHS } });
    },
  },
  {
    id: 'result.slices',
    title: 'Slices through the result',
    category: 'Result',
    enabled: hasResult,
    checked: () => useResults.getState().display.slices !== null,
    run: () => setDisplay({ slices: useResults.getState().display.slices ? null : { axis: 'x', count: 5, at: 0.5 } }),
  },
  {
    id: 'result.quality',
    title: 'Paint the quality of the mesh',
    category: 'Result',
    icon: 'mesh',
    enabled: hasResult,
    checked: () => useResults.getState().display.quantity === 'element_quality',
    run: () =>
      chooseQuantity(useResults.getState().display.quantity === 'element_quality' ? 'von_mises' : 'element_quality'),
  },
  {
    id: 'result.elements',
    title: 'Inspect elements',
    category: 'Result',
    icon: 'pick',
    enabled: hasResult,
    checked: () => useView.getState().tool.kind === 'elements',
    run: () => setTool({ kind: useView.getState().tool.kind === 'elements' ? 'select' : 'elements' }),
  },
  {
    id: 'result.path',
    title: 'Plot along a line',
    category: 'Result',
    icon: 'measure',
    keys: ['l'],
    enabled: hasResult,
    checked: () => useView.getState().tool.kind === 'path',
    run: () => {
      const partId = recordOf('study', resultOf(useResults.getState().shown)?.studyId)?.partId;
      if (useView.getState().tool.kind === 'path' || !partId) setTool({ kind: 'select' });
      else {
        revealPanel('results');
        setTool({ kind: 'path', partId });
      }
    },
  },
  {
    id: 'result.split',
    title: 'Two linked views of the result',
    category: 'Result',
    icon: 'compare',
    enabled: hasResult,
    checked: () => useResults.getState().compared !== null,
    run: () =>
      useResults.setState(({ compared, shown }) => ({
        compared: compared ? null : shown,
        comparedView: { quantity: null, frame: null },
      })),
  },
);
