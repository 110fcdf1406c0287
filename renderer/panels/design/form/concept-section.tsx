/** Concepts: what a design starts from, which dimensions may change, and which faces have names. */
import { useEffect, useState } from 'react';
import type { DesignArchetype, VariableValue } from '../../../../preload/contract/index.ts';
import { engine, useConnection } from '../../../engine/connection.ts';
import { useSampleParts } from '../../../features/samples.tsx';
import { recordsOf, useDocument } from '../../../state/document.ts';
import { reportError } from '../../../state/messages.ts';
import { useVariables } from '../../../state/parts.ts';
import { toast } from '../../../state/ui.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Select, TextField } from '../../../ui/fields.tsx';
import { Group } from '../../../ui/group.tsx';
import { formatNumber } from '../../../units/format.ts';
import { type ConceptContent, problemsAbout, scalarOf, withFaceName, withValue } from './brief-document.ts';
import type { FormProps } from './brief-form.tsx';
import { AddButton, LiveField, Problems, Removable, Row } from './form-fields.tsx';
import { selectedFaces } from './selected-faces.ts';

const KINDS: { value: ConceptContent['kind']; label: string }[] = [
  { value: 'part', label: 'A part' },
  { value: 'archetype', label: 'An archetype' },
  { value: 'generate', label: 'A generated shape' },
];

/** What the engine can fit, asked once. */
function useArchetypes(): DesignArchetype[] {
  const status = useConnection((state) => state.status);
  const [archetypes, setArchetypes] = useState<DesignArchetype[]>([]);
  useEffect(() => {
    if (status !== 'open') return;
    let gone = false;
    engine()
      ['design.archetypes']({})
      .then((list) => !gone && setArchetypes(list))
      .catch((thrown: unknown) => !gone && reportError(thrown));
    return () => {
      gone = true;
    };
  }, [status]);
  return archetypes;
}

export function ConceptSection({ content, text, problems, readOnly, onChange }: FormProps) {
  const archetypes = useArchetypes();
  const samples = useSampleParts();
  const records = useDocument((state) => state.records);
  const parts = recordsOf('part', records).map(({ name }) => name);
  const first = parts[0] ?? samples[0]?.key ?? '';
  return (
    <Group
      title="Concepts"
      extra={<span className="muted small">{content.concepts.length}</span>}
      testId="form-concepts"
    >
      <datalist id="brief-parts">
        {parts.map((name) => (
          <option key={name} value={name}>
            of this project
          </option>
        ))}
        {samples.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </datalist>
      {content.concepts.length === 0 && (
        <p className="muted small">
          {content.interfaces.length > 0
            ? 'Every archetype that fits the interfaces is tried.'
            : 'What does a design start from?'}
        </p>
      )}
      {content.concepts.map((concept, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: concepts are their places in the text
        <div key={index} className="brief-card">
          <Removable
            what={`concept ${index + 1}`}
            readOnly={readOnly}
            onRemove={() => onChange(withValue(text, ['concepts', index], undefined))}
          >
            <Select
              label={`Concept ${index + 1}: kind`}
              value={concept.kind}
              options={KINDS}
              disabled={readOnly}
              onChange={(kind) =>
                onChange(
                  withValue(
                    text,
                    ['concepts', index],
                    kind === 'generate'
                      ? { generate: true }
                      : { [kind]: kind === 'part' ? first : (archetypes[0]?.key ?? '') },
                  ),
                )
              }
            />
            {concept.kind === 'archetype' ? (
              <Select
                label={`Concept ${index + 1}: archetype`}
                value={concept.of}
                options={[
                  ...archetypes.map(({ key, title }) => ({ value: key, label: title })),
                  ...(archetypes.some(({ key }) => key === concept.of)
                    ? []
                    : [{ value: concept.of, label: concept.of }]),
                ]}
                disabled={readOnly}
                onChange={(key) => onChange(withValue(text, ['concepts', index, 'archetype'], key))}
              />
            ) : (
              concept.kind === 'part' && (
                <LiveField
                  label={`Concept ${index + 1}: part`}
                  value={concept.of}
                  choices="brief-parts"
                  readOnly={readOnly}
                  placeholder="A part of the project, or a sample"
                  onChange={(name) => onChange(withValue(text, ['concepts', index, 'part'], name))}
                />
              )
            )}
          </Removable>
          <Problems
            problems={problemsAbout(problems, concept.name, concept.of).filter((problem) => /^concept/i.test(problem))}
          />
          {concept.kind === 'archetype' && <About archetype={archetypes.find(({ key }) => key === concept.of)} />}
          {concept.kind === 'generate' && (
            <p className="muted small">
              Material is put where the loads of the cases need it, between the interfaces and inside of the envelope,
              and becomes a part with dimensions of its own. That takes some minutes.
            </p>
          )}
          {concept.kind !== 'generate' && (
            <>
              <Variables {...{ concept, index, text, readOnly, onChange }} />
              {concept.kind === 'part' && <Faces {...{ concept, index, text, readOnly, onChange }} />}
            </>
          )}
        </div>
      ))}
      <AddButton
        label="Add a concept"
        readOnly={readOnly}
        onAdd={() => onChange(withValue(text, ['concepts', content.concepts.length], { part: first }))}
      />
    </Group>
  );
}

/** What an archetype is, and which interfaces it takes. */
const About = ({ archetype }: { archetype: DesignArchetype | undefined }) =>
  archetype ? (
    <p className="muted small">
      {archetype.about} It takes {archetype.roles}.
    </p>
  ) : null;

interface ConceptProps extends Pick<FormProps, 'text' | 'readOnly' | 'onChange'> {
  concept: ConceptContent;
  index: number;
}

const amount = (value: number | undefined, dimension: VariableValue['dimension']): string => {
  if (value === undefined) return '';
  if (dimension === 'length') return `${formatNumber(value, 6)} mm`;
  return dimension === 'angle' ? `${formatNumber((value * 180) / Math.PI, 6)} deg` : formatNumber(value, 6);
};
/** Where a part says nothing of a dimension's range, this share around its value is a start. */
const AROUND = 0.3;

function Variables({ concept, index, text, readOnly, onChange }: ConceptProps) {
  const records = useDocument((state) => state.records);
  const part = recordsOf('part', records).find(({ name }) => name === concept.of);
  const known = useVariables(part?.id);
  const path = ['concepts', index, 'vary'];
  const free = known.filter(
    ({ name }) =>
      !concept.vary.some(({ variable }) => variable === name) && !concept.set.some(({ variable }) => variable === name),
  );
  const add = (name: string) => {
    const variable = known.find((each) => each.name === name);
    const {
      value = 1,
      minimum = value * (1 - AROUND),
      maximum = value * (1 + AROUND),
      dimension = 'length',
    } = variable ?? {};
    onChange(withValue(text, [...path, name], [amount(minimum, dimension), amount(maximum, dimension)].map(scalarOf)));
  };
  const list = `brief-variables-${index}`;
  return (
    <>
      <datalist id={list}>
        {free.map(({ name, note }) => (
          <option key={name} value={name}>
            {note}
          </option>
        ))}
      </datalist>
      {concept.vary.map(({ variable, range }) => (
        <Row key={variable} name={variable}>
          <Removable
            what={`${variable} from what may change`}
            readOnly={readOnly}
            onRemove={() => onChange(withValue(text, [...path, variable], undefined))}
          >
            {'choices' in range ? (
              <LiveField
                label={`Choices of ${variable}`}
                value={range.choices}
                readOnly={readOnly}
                onChange={(choices) =>
                  onChange(
                    withValue(
                      text,
                      [...path, variable, 'choices'],
                      choices.split(',').map((each) => scalarOf(each.trim())),
                    ),
                  )
                }
              />
            ) : (
              <>
                <LiveField
                  label={`Least ${variable}`}
                  value={range.low}
                  readOnly={readOnly}
                  onChange={(low) => onChange(withValue(text, [...path, variable, 0], scalarOf(low)))}
                />
                <span className="muted">to</span>
                <LiveField
                  label={`Most ${variable}`}
                  value={range.high}
                  readOnly={readOnly}
                  onChange={(high) => onChange(withValue(text, [...path, variable, 1], scalarOf(high)))}
                />
              </>
            )}
          </Removable>
        </Row>
      ))}
      {concept.set.map(({ variable, value }) => (
        <Row key={variable} name={variable}>
          <Removable
            what={`the fixed ${variable}`}
            readOnly={readOnly}
            onRemove={() => onChange(withValue(text, ['concepts', index, 'set', variable], undefined))}
          >
            <span className="muted">is</span>
            <LiveField
              label={`Fixed ${variable}`}
              value={value}
              readOnly={readOnly}
              onChange={(fixed) => onChange(withValue(text, ['concepts', index, 'set', variable], scalarOf(fixed)))}
            />
          </Removable>
        </Row>
      ))}
      <Row name="May change">
        {known.length > 0 ? (
          <Select
            label={`Concept ${index + 1}: let a dimension change`}
            value=""
            disabled={readOnly || free.length === 0}
            options={[
              { value: '', label: free.length > 0 ? 'Add a dimension…' : 'All dimensions are listed' },
              ...free.map(({ name, value, dimension }) => ({
                value: name,
                label: `${name} (${amount(value, dimension)} now)`,
              })),
            ]}
            onChange={(name) => name && add(name)}
            testId={`vary-${index}`}
          />
        ) : (
          <TextField
            key={concept.vary.length}
            label={`Concept ${index + 1}: name of a dimension that may change`}
            value=""
            placeholder="Name of a dimension, Enter"
            disabled={readOnly}
            onCommit={add}
          />
        )}
      </Row>
    </>
  );
}

function Faces({ concept, index, text, readOnly, onChange }: ConceptProps) {
  const path = ['concepts', index, 'faces'];
  const take = (name: string): void => {
    const found = selectedFaces(concept.of);
    if ('why' in found) {
      toast(found.why);
      return;
    }
    onChange(withValue(text, [...path, name], found.faces.length === 1 ? found.faces[0] : found.faces));
  };
  const unused = (): string => {
    for (let count = 1; ; count++)
      if (!concept.faces.some(({ name }) => name === `face ${count}`)) return `face ${count}`;
  };
  return (
    <>
      {concept.faces.map(({ name, on }) => (
        <div key={name} className="brief-row">
          <TextField
            label={`Name of the face ${name}`}
            value={name}
            disabled={readOnly}
            onCommit={(to) => onChange(withFaceName(text, index, name, to))}
          />
          <div className="brief-row-fields">
            <Removable
              what={`the face ${name}`}
              readOnly={readOnly}
              onRemove={() => onChange(withValue(text, [...path, name], undefined))}
            >
              <LiveField
                label={`Faces that ${name} is`}
                value={on}
                readOnly={readOnly}
                onChange={(next) =>
                  onChange(withValue(text, [...path, name], next.includes(';') ? next.split(/;\s*/) : next))
                }
              />
              <IconButton
                icon="target"
                label={`Use what is selected for ${name}`}
                small
                disabled={readOnly}
                onClick={() => take(name)}
              />
            </Removable>
          </div>
        </div>
      ))}
      <AddButton
        label="Name the selected face"
        readOnly={readOnly}
        onAdd={() => take(unused())}
        testId={`name-face-${index}`}
      />
    </>
  );
}
