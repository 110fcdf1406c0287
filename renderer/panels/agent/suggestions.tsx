/** What could be said of the project as it is, where nothing has been said yet. */
import { useMemo } from 'react';
import { say } from '../../actions/agent.ts';
import { recordsOf, useDocument } from '../../state/document.ts';
import { Icon } from '../../ui/icons.tsx';

export function suggestionsFor(parts: number, studies: readonly string[], variables: readonly string[]): string[] {
  if (parts === 0) return ['What can you do?'];
  const strength = studies.includes('static');
  const [variable] = variables;
  return [
    ...(strength
      ? [
          'What is the safety factor?',
          'Where is the weakest spot?',
          'Make it 20 % lighter and keep the safety factor above 2',
          'Use titanium and compare',
        ]
      : ['What is the mass?', 'How big is it?']),
    ...(studies.includes('modal') ? ['What is the first natural frequency?'] : []),
    ...(variable ? [`Increase ${variable} by 10 %`] : []),
    'Design the lightest one for 800 N',
    'M6 clearance holes at the corners',
    'Export for the shop',
  ].slice(0, 7);
}

export function Suggestions() {
  const records = useDocument((state) => state.records);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lists are read from the records
  const suggestions = useMemo(
    () =>
      suggestionsFor(
        recordsOf('part').length,
        recordsOf('study').map(({ study }) => study),
        recordsOf('variable').map(({ name }) => name),
      ),
    [records],
  );
  return (
    <div className="panel-scroll agent-empty">
      <p>
        Say in plain words what you want of the design. What changes it happens on a branch, one operation at a time,
        and is yours to accept or drop.
      </p>
      <ul aria-label="For instance">
        {suggestions.map((text) => (
          <li key={text}>
            <button type="button" className="agent-suggestion" onClick={() => void say(text)}>
              <Icon name="right" size={14} />
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
