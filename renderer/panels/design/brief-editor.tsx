/** A brief as a form or as its text with numbered lines, and what is wrong with it or what it asks, while it is written. */
import { useEffect, useRef, useState } from 'react';
import type { BriefRecord, DesignBriefCheck } from '../../../preload/contract/index.ts';
import { checkSoon, keepBrief, startDesign, typeBrief } from '../../actions/design.ts';
import { useDesign } from '../../state/design.ts';
import { useDocument } from '../../state/document.ts';
import { Icon } from '../../ui/icons.tsx';
import { textKeys } from '../../ui/text-keys.ts';
import { formatCount } from '../../units/format.ts';
import { BriefForm } from './form/brief-form.tsx';
import { lineOfProblem } from './words.ts';

export function BriefEditor({ record }: { record: BriefRecord }) {
  const draft = useDesign((state) => (state.draft?.briefId === record.id ? state.draft.text : null));
  const check = useDesign((state) => state.check);
  const readOnly = useDocument((state) => state.project?.readOnly !== false);
  const text = draft ?? record.text;
  const view = useDesign((state) => state.briefView);
  /** A line to go to once the text is there. */
  const [line, setLine] = useState<number | null>(null);
  const known = check?.text === text ? check.result : null;
  const problems = (known ?? check?.result)?.problems ?? [];

  // Another text than the one that was typed here: undone, or changed elsewhere.
  useEffect(() => {
    if (draft === null) checkSoon(record.text, 0);
  }, [draft, record.text]);
  // What was typed goes into the project when the editor goes out of view.
  useEffect(() => () => void keepBrief(), []);

  const onChange = (next: string) => typeBrief(record, next);
  const goToLine = (to: number) => {
    setLine(to);
    useDesign.setState({ briefView: 'text' });
  };
  return (
    <>
      {view === 'form' ? (
        <BriefForm
          text={text}
          problems={problems}
          readOnly={readOnly}
          onChange={onChange}
          onText={() => useDesign.setState({ briefView: 'text' })}
          onStart={() => void startDesign(record.id)}
        />
      ) : (
        <BriefText
          text={text}
          problems={problems}
          readOnly={readOnly}
          onChange={onChange}
          onStart={() => void startDesign(record.id)}
          line={line}
          onThere={() => setLine(null)}
        />
      )}
      <div id="brief-check" className="brief-check" data-testid="brief-check" aria-live="polite">
        {problems.length > 0 ? (
          <>
            <p className="strong">
              <Icon name="error" /> {problems.length === 1 ? 'One thing' : `${formatCount(problems.length)} things`} to
              mend
            </p>
            <ul>
              {problems.map((problem) => (
                <Problem key={problem} problem={problem} line={lineOfProblem(problem, text)} onGo={goToLine} />
              ))}
            </ul>
          </>
        ) : (
          <Asked asked={known?.brief ?? null} />
        )}
      </div>
    </>
  );
}

interface BriefTextProps {
  text: string;
  problems: readonly string[];
  readOnly: boolean;
  onChange: (text: string) => void;
  onStart: () => void;
  /** A line to put the caret on. */
  line: number | null;
  onThere: () => void;
}

function BriefText({ text, problems, readOnly, onChange, onStart, line, onThere }: BriefTextProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLDivElement>(null);
  const wrong = new Set(problems.map((problem) => lineOfProblem(problem, text)));
  useEffect(() => {
    const element = area.current;
    if (line === null || !element) return;
    const lines = element.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    element.focus();
    element.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    element.scrollTop = Math.max(0, (line - 4) * (element.scrollHeight / lines.length));
    onThere();
  }, [line, onThere]);
  const onKeyDown = textKeys({ readOnly, onChange, onRun: onStart });
  return (
    <div className="script-editor brief-editor">
      <div ref={numbers} className="script-numbers" aria-hidden="true">
        {text.split('\n').map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are their numbers
          <div key={index} className={wrong.has(index + 1) ? 'wrong' : ''}>
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={area}
        aria-label="Brief"
        aria-describedby="brief-check"
        aria-invalid={problems.length > 0}
        data-own-keys="Escape"
        data-testid="brief-text"
        spellCheck={false}
        wrap="off"
        readOnly={readOnly}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={() => void keepBrief()}
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

function Problem({ problem, line, onGo }: { problem: string; line: number | null; onGo: (line: number) => void }) {
  return (
    <li>
      {line === null ? (
        problem
      ) : (
        <button type="button" className="brief-problem" onClick={() => onGo(line)} title={`Go to line ${line}`}>
          <span className="strong">Line {line}</span> {problem}
        </button>
      )}
    </li>
  );
}

const count = (items: readonly unknown[], one: string, many = `${one}s`): string =>
  `${items.length === 1 ? 'one' : formatCount(items.length)} ${items.length === 1 ? one : many}`;

/** What the engineer understood. */
function Asked({ asked }: { asked: DesignBriefCheck['brief'] }) {
  if (!asked) return <p className="muted">Checking…</p>;
  const { concepts, materials, cases, requirements, objectives, budget } = asked;
  const variables = concepts.flatMap((each) => each.variables);
  return (
    <>
      <p className="strong brief-good">
        <Icon name="check" /> It can be worked on
      </p>
      <p className="muted">
        {`${count(concepts, 'concept')} (${concepts.map(({ name }) => name).join(', ')}) with ${count(variables, 'dimension')} to choose${
          variables.length > 0 ? `: ${variables.join(', ')}` : ''
        }; ${count(materials, 'material')}; ${count(cases, 'load case')}; ${count(requirements, 'requirement')}; ${objectives
          .map(({ text }) => text)
          .join(', ')}. At most ${budget.minutes} minutes and ${formatCount(budget.solves)} solves.`}
      </p>
    </>
  );
}
