import { STUDY_TYPES, type StudyType } from '../../preload/contract/index.ts';
import { activeStudy, changeType, createStudy, solve } from '../actions/studies.ts';
import { partForStudy } from '../actions/study-part.ts';
import { STUDY_TYPE_WORDS } from '../panels/studies/kinds/study-types.ts';
import { missingIn } from '../panels/studies/needs/missing.ts';
import { useDocument } from '../state/document.ts';
import { isRunning, useJobs } from '../state/jobs.ts';
import { setDisplay, showResult, useResults } from '../state/results.ts';
import { openDialog, revealPanel } from '../state/ui.ts';
import { setTool, useView } from '../state/view.ts';
import { register } from './registry.ts';

const isWritable = () => useDocument.getState().project?.readOnly === false;
const isSolving = () => useJobs.getState().entries.some(({ job }) => job.kind === 'solve' && isRunning(job));
const hasResult = () => useResults.getState().shown !== null;

const canMake = () => isWritable() && partForStudy() !== undefined;
const lower = (type: StudyType) => STUDY_TYPE_WORDS[type].name.toLowerCase();

register(
  {
    id: 'study.new',
    title: 'New study of the selected part…',
    category: 'Study',
    icon: 'study',
    keys: ['Shift+n'],
    enabled: canMake,
    run: () => openDialog('new-study'),
  },
  ...STUDY_TYPES.map((type) => ({
    id: `study.new.${type}`,
    title: `New ${lower(type)} of the selected part`,
    category: 'Study' as const,
    icon: STUDY_TYPE_WORDS[type].icon,
    keys: [`g ${STUDY_TYPE_WORDS[type].key}`],
    enabled: canMake,
    run: () => createStudy(partForStudy()!.id, type),
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
);
