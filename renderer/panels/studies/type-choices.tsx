import { STUDY_TYPES } from '../../../preload/contract/index.ts';
import { useCommand } from '../../commands/index.ts';
import { Icon } from '../../ui/icons.tsx';
import { STUDY_TYPE_WORDS } from './kinds/study-types.ts';

/** Every type with a line on it: one press makes the study. */
export function TypeChoices() {
  return (
    <ul className="study-types">
      {STUDY_TYPES.map((type) => (
        <li key={type}>
          <TypeChoice type={type} />
        </li>
      ))}
    </ul>
  );
}

function TypeChoice({ type }: { type: (typeof STUDY_TYPES)[number] }) {
  const { run, enabled, keys } = useCommand(`study.new.${type}`);
  const { name, about, icon } = STUDY_TYPE_WORDS[type];
  return (
    <button
      type="button"
      className="study-type"
      disabled={!enabled}
      onClick={run}
      data-help={`study:${type}`}
      data-testid={`new-study-${type}`}
      title={keys ? `New ${name.toLowerCase()} (${keys})` : undefined}
      aria-label={`New ${name.toLowerCase()}`}
    >
      <Icon name={icon} size={20} />
      <span className="study-type-words">
        <span className="strong">New {name.toLowerCase()}</span>
        <span className="muted small">{about}</span>
      </span>
    </button>
  );
}
