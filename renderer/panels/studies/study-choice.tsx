import type { StudyRecord } from '../../../preload/contract/index.ts';
import { useResults } from '../../state/results.ts';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { STUDY_TYPE_WORDS } from './kinds/study-types.ts';

/** The studies of the project, each with the icon of its type; the one that is shown is on the button. */
export function StudyChoice({ study, studies }: { study: StudyRecord; studies: StudyRecord[] }) {
  return (
    <MenuButton
      label={`Study: ${study.name}`}
      className="field study-choice"
      testId="study-choice"
      entries={() =>
        studies.map(({ id, name, study: type }) => ({
          kind: 'item',
          label: name,
          icon: STUDY_TYPE_WORDS[type].icon,
          ...(id === study.id ? { keys: '✓' } : {}),
          run: () => useResults.setState({ activeStudyId: id }),
        }))
      }
    >
      <Icon name={STUDY_TYPE_WORDS[study.study].icon} />
      <span className="truncate">{study.name}</span>
      <span className="spacer" />
      <Icon name="down" size={12} />
    </MenuButton>
  );
}
