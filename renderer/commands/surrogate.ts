/** Commands of a study's surrogate. */
import { endLive, isOutdated, startLive } from '../actions/live-prediction.ts';
import { activeStudy } from '../actions/studies.ts';
import { chooseModel, giveModelAway } from '../actions/surrogate-models.ts';
import { takeValues } from '../actions/surrogates.ts';
import { goTo } from '../panels/studies/study-panel-state.ts';
import { openSetup } from '../panels/surrogates/setup-form.tsx';
import { recordOf, useDocument } from '../state/document.ts';
import { useSurrogates } from '../state/surrogates.ts';
import { register } from './registry.ts';

const isWritable = () => useDocument.getState().project?.readOnly === false;
const live = () => useSurrogates.getState().live;

register(
  {
    id: 'study.surrogate',
    title: () => (activeStudy()?.surrogate ? 'Change the surrogate of the study…' : 'Make a surrogate of the study…'),
    category: 'Study',
    icon: 'animate',
    keys: ['g p'],
    enabled: () => isWritable() && activeStudy() !== undefined,
    run: async () => {
      const study = activeStudy()!;
      goTo({ field: 'surrogate' });
      await openSetup(study);
      goTo({ field: 'surrogate' });
    },
  },
  {
    id: 'study.surrogate.live',
    title: () => (live() ? 'End the live prediction' : 'Drag dimensions live, predicted by the surrogate'),
    category: 'Study',
    icon: 'drag',
    keys: ['Shift+d'],
    enabled: () => {
      const study = activeStudy();
      return live() !== null || (study !== undefined && !!useSurrogates.getState().states.get(study.id)?.card);
    },
    checked: () => live() !== null,
    run: async () => {
      if (live()) return endLive();
      await startLive(activeStudy()!.id);
      goTo({ field: 'surrogate-live' });
    },
  },
  {
    id: 'study.surrogate.give',
    title: 'Give the surrogate’s model away as one file',
    category: 'Study',
    icon: 'export',
    enabled: () => {
      const study = activeStudy();
      return study !== undefined && !!useSurrogates.getState().states.get(study.id)?.card;
    },
    run: () => giveModelAway(activeStudy()!),
  },
  {
    id: 'study.surrogate.bring',
    title: 'Bring in a surrogate’s model from a file…',
    category: 'Study',
    icon: 'import',
    enabled: () => isWritable() && activeStudy() !== undefined,
    run: async () => {
      goTo({ field: 'surrogate' });
      await chooseModel(activeStudy()!.id);
    },
  },
  {
    id: 'study.surrogate.use',
    title: 'Use the values of the live prediction',
    category: 'Study',
    icon: 'check',
    enabled: () => isWritable() && live() !== null && !isOutdated(live()!),
    run: () => takeValues(recordOf('study', live()!.studyId)!, live()!.values),
  },
);
