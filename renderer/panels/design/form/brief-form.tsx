/** A brief as a form: every field is a place in its text, which stays what counts. */
import { useEffect } from 'react';
import { PROCESS_TITLES, PROCESSES } from '../../../../preload/contract/index.ts';
import { useConnection } from '../../../engine/connection.ts';
import { loadLibrary, useLibrary } from '../../../state/library.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Select } from '../../../ui/fields.tsx';
import { Group } from '../../../ui/group.tsx';
import { type BriefContent, problemsAbout, readContent, scalarOf, withValue } from './brief-document.ts';
import { CaseSection } from './case-section.tsx';
import { ConceptSection } from './concept-section.tsx';
import { LiveField, Row } from './form-fields.tsx';
import { InterfaceSection } from './interface-section.tsx';
import { ObjectiveSection, RequirementSection } from './requirement-section.tsx';

export interface FormProps {
  content: BriefContent;
  text: string;
  /** Of this text, or of the one before while it is checked. */
  problems: readonly string[];
  readOnly: boolean;
  onChange: (text: string) => void;
}

interface BriefFormProps {
  text: string;
  problems: readonly string[];
  readOnly: boolean;
  onChange: (text: string) => void;
  onText: () => void;
  onStart: () => void;
}

export function BriefForm({ text, problems, readOnly, onChange, onText, onStart }: BriefFormProps) {
  const content = readContent(text);
  if (!content)
    return (
      <div className="panel-scroll">
        <p className="notice error">
          The text can't be read as it is, so there is no form of it. What is wrong is said below.{' '}
          <button type="button" className="link" onClick={onText}>
            Go to the text
          </button>
        </p>
      </div>
    );
  const props: FormProps = { content, text, problems, readOnly, onChange };
  return (
    <form
      className="panel-scroll brief-form"
      aria-label="Brief as a form"
      data-testid="brief-form"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onStart();
      }}
    >
      <GeneralSection {...props} />
      <InterfaceSection {...props} />
      <ConceptSection {...props} />
      <CaseSection {...props} />
      <RequirementSection {...props} />
      <ObjectiveSection {...props} />
    </form>
  );
}

function GeneralSection({ content, text, problems, readOnly, onChange }: FormProps) {
  const library = useLibrary((state) => state.materials);
  const status = useConnection((state) => state.status);
  useEffect(() => {
    if (status === 'open') void loadLibrary();
  }, [status]);
  const { materials } = content;
  const others = library.filter(({ name }) => !materials.includes(name));
  return (
    <Group title="What it is">
      <Row name="Name">
        <LiveField
          label="Name"
          value={content.name}
          readOnly={readOnly}
          problems={problemsAbout(problems, /^name\b/)}
          onChange={(name) => onChange(withValue(text, ['name'], name))}
        />
      </Row>
      <Row name="About">
        <LiveField
          label="About"
          value={content.about}
          placeholder="What it is for"
          readOnly={readOnly}
          problems={problemsAbout(problems, /^about\b/)}
          onChange={(about) => onChange(withValue(text, ['about'], about === '' ? undefined : about))}
        />
      </Row>
      <Row name="Process">
        <Select
          label="Process"
          value={content.process}
          disabled={readOnly}
          options={[
            { value: '', label: 'Not judged' },
            ...PROCESSES.map((process) => ({ value: process as string, label: PROCESS_TITLES[process] })),
          ]}
          onChange={(process) => onChange(withValue(text, ['process'], process === '' ? undefined : process))}
          testId="brief-process"
        />
      </Row>
      <Row name="Quantity">
        <LiveField
          label="Quantity"
          value={content.quantity}
          placeholder="1 piece"
          numeric
          readOnly={readOnly}
          problems={problemsAbout(problems, /^quantity\b/)}
          onChange={(quantity) =>
            onChange(withValue(text, ['quantity'], quantity === '' ? undefined : scalarOf(quantity)))
          }
        />
      </Row>
      <Row name="Materials">
        <ul className="brief-chips" aria-label="Materials that are allowed">
          {materials.map((name, index) => (
            <li
              key={name}
              className="brief-chip"
              data-wrong={problemsAbout(problems, name).some((each) => each.startsWith('material'))}
            >
              {name}
              <IconButton
                icon="close"
                label={`Do not allow ${name}`}
                small
                disabled={readOnly}
                onClick={() => onChange(withValue(text, ['materials', index], undefined))}
              />
            </li>
          ))}
        </ul>
        <Select
          label="Allow a material"
          value=""
          disabled={readOnly || others.length === 0}
          options={[
            { value: '', label: 'Allow a material…' },
            ...others.map(({ name, category }) => ({ value: name, label: name, group: category })),
          ]}
          onChange={(name) => name && onChange(withValue(text, ['materials', materials.length], name))}
          testId="brief-materials"
        />
      </Row>
    </Group>
  );
}
