/** Requirements and what is aimed at. */
import { Select } from '../../../ui/fields.tsx';
import { Group } from '../../../ui/group.tsx';
import {
  problemsAbout,
  type RequirementParts,
  requirementParts,
  requirementText,
  withValue,
} from './brief-document.ts';
import type { FormProps } from './brief-form.tsx';
import { AddButton, LiveField, Problems, Removable } from './form-fields.tsx';

const QUANTITIES = [
  'max(von_mises)',
  'max(displacement)',
  'safety_factor',
  'mass',
  'cost',
  'first_frequency',
  'buckling_factor',
  'max(temperature)',
  'size(x)',
  'size(y)',
  'size(z)',
];
const COMPARISONS: { value: RequirementParts['comparison']; label: string }[] = [
  { value: '<=', label: '≤' },
  { value: '>=', label: '≥' },
];
const OBJECTIVES = [
  'minimise mass',
  'minimise cost',
  'minimise max(displacement)',
  'minimise max(von_mises)',
  'maximise first_frequency',
];

export function RequirementSection({ content, text, problems, readOnly, onChange }: FormProps) {
  const cases = content.cases.map(({ name }) => name);
  return (
    <Group
      title="Requirements"
      extra={<span className="muted small">{content.requirements.length}</span>}
      testId="form-requirements"
    >
      <datalist id="brief-quantities">
        {QUANTITIES.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {content.requirements.map((written, index) => {
        const parts = requirementParts(written);
        const put = (next: string) => onChange(withValue(text, ['requirements', index], next));
        const change = (more: Partial<RequirementParts>) => put(requirementText({ ...parts!, ...more }));
        const what = `requirement ${index + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: requirements are their places in the text
          <div key={index}>
            <Removable
              what={what}
              readOnly={readOnly}
              onRemove={() => onChange(withValue(text, ['requirements', index], undefined))}
              className="brief-requirement"
            >
              {parts ? (
                <>
                  <LiveField
                    label={`Quantity of ${what}`}
                    value={parts.quantity}
                    choices="brief-quantities"
                    readOnly={readOnly}
                    onChange={(quantity) => change({ quantity })}
                  />
                  <Select
                    label={`Comparison of ${what}`}
                    value={parts.comparison}
                    options={COMPARISONS}
                    disabled={readOnly}
                    onChange={(comparison) => change({ comparison })}
                  />
                  <LiveField
                    label={`Limit of ${what}`}
                    value={parts.limit}
                    readOnly={readOnly}
                    onChange={(limit) => change({ limit })}
                  />
                  <Select
                    label={`Load case of ${what}`}
                    value={parts.case}
                    disabled={readOnly}
                    options={[
                      { value: '', label: 'every case' },
                      ...[...new Set([...cases, ...(parts.case ? [parts.case] : [])])].map((name) => ({
                        value: name,
                        label: name,
                      })),
                    ]}
                    onChange={(of) => change({ case: of })}
                  />
                </>
              ) : (
                <LiveField label={`The ${what}`} value={written} readOnly={readOnly} onChange={put} />
              )}
            </Removable>
            <Problems problems={problemsAbout(problems, written.trim().replace(/\s+/g, ' '))} />
          </div>
        );
      })}
      <AddButton
        label="Add a requirement"
        readOnly={readOnly}
        testId="add-requirement"
        onAdd={() =>
          onChange(
            withValue(
              text,
              ['requirements', content.requirements.length],
              `max(displacement) <= 1 mm${cases[0] ? ` in "${cases[0]}"` : ''}`,
            ),
          )
        }
      />
    </Group>
  );
}

export function ObjectiveSection({ content, text, problems, readOnly, onChange }: FormProps) {
  const { objectives } = content;
  const several = objectives.length > 1;
  const put = (next: string[]) => onChange(withValue(text, ['objective'], next.length === 1 ? next[0] : next));
  return (
    <Group title="Aim and budget" testId="form-aim">
      <datalist id="brief-objectives">
        {OBJECTIVES.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {(objectives.length > 0 ? objectives : ['']).map((written, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: objectives are their places in the text
        <div key={index} className="brief-removable">
          <LiveField
            label={several ? `Aim ${index + 1}` : 'Aim'}
            value={written}
            choices="brief-objectives"
            placeholder="minimise mass"
            readOnly={readOnly}
            problems={problemsAbout(problems, written)}
            onChange={(next) =>
              put(objectives.length > 0 ? objectives.map((each, k) => (k === index ? next : each)) : [next])
            }
          />
          {several && (
            <button
              type="button"
              className="link"
              disabled={readOnly}
              onClick={() => put(objectives.filter((_, k) => k !== index))}
            >
              Remove
            </button>
          )}
        </div>
      ))}
      <AddButton
        label="Weigh it against another aim"
        readOnly={readOnly}
        onAdd={() => put([...(objectives.length > 0 ? objectives : ['minimise mass']), 'minimise max(displacement)'])}
      />
      <div className="brief-budget">
        <LiveField
          label="Minutes"
          value={content.minutes}
          placeholder="10"
          numeric
          readOnly={readOnly}
          problems={problemsAbout(problems, /^budget\.minutes/)}
          onChange={(minutes) =>
            onChange(withValue(text, ['budget', 'minutes'], minutes === '' ? undefined : Number(minutes)))
          }
        />
        <span className="muted">minutes, or</span>
        <LiveField
          label="Solves"
          value={content.solves}
          placeholder="400"
          numeric
          readOnly={readOnly}
          problems={problemsAbout(problems, /^budget\.solves/)}
          onChange={(solves) =>
            onChange(withValue(text, ['budget', 'solves'], solves === '' ? undefined : Number(solves)))
          }
        />
        <span className="muted">solves at most</span>
      </div>
    </Group>
  );
}
