import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { STUDY_TYPES, type StudyType } from '../../preload/contract/index.ts';
import { createStudy } from '../actions/studies.ts';
import { subjectForStudy } from '../actions/study-part.ts';
import { STUDY_TYPE_WORDS } from '../panels/studies/kinds/study-types.ts';
import { closeDialog } from '../state/ui.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';

/** Which question is asked of the part: arrows choose, Enter makes the study. */
export function NewStudyDialog() {
  const [type, setType] = useState<StudyType>('static');
  const list = useRef<HTMLDivElement>(null);
  const labelId = useId();
  const subject = subjectForStudy()?.subject;
  const create = (which: StudyType) => {
    closeDialog();
    if (subject) void createStudy(subject, which);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) {
      const next = (STUDY_TYPES.indexOf(type) + by + STUDY_TYPES.length) % STUDY_TYPES.length;
      setType(STUDY_TYPES[next]!);
      list.current?.querySelectorAll('button')[next]?.focus();
    } else if (event.key === 'Enter') create(type);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      title={subject ? `New study of ${subject.name}` : 'New study'}
      onClose={closeDialog}
      testId="new-study-dialog"
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" disabled={!subject} onClick={() => create(type)} data-testid="create-study">
            Create
          </Button>
        </>
      }
    >
      <p className="muted" id={labelId}>
        What should be found out?
      </p>
      <div ref={list} className="study-types" role="radiogroup" aria-labelledby={labelId} onKeyDown={onKeyDown}>
        {STUDY_TYPES.map((each) => {
          const { label, about, icon } = STUDY_TYPE_WORDS[each];
          return (
            // biome-ignore lint/a11y/useSemanticElements: a list of buttons that behaves as a radio group
            <button
              key={each}
              type="button"
              role="radio"
              className="study-type"
              aria-checked={each === type}
              tabIndex={each === type ? 0 : -1}
              data-help={`study:${each}`}
              onClick={() => setType(each)}
              onDoubleClick={() => create(each)}
            >
              <Icon name={icon} size={20} />
              <span className="study-type-words">
                <span className="strong">{label}</span>
                <span className="muted small">{about}</span>
              </span>
            </button>
          );
        })}
      </div>
    </Dialog>
  );
}
