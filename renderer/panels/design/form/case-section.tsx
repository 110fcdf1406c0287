/** Load cases: what holds the part and what loads it. */
import { useState } from 'react';
import { toast } from '../../../state/ui.ts';
import { Select, TextField } from '../../../ui/fields.tsx';
import { Group } from '../../../ui/group.tsx';
import {
  type CaseContent,
  type ItemContent,
  itemFrom,
  problemsAbout,
  scalarOf,
  withCaseName,
  withValue,
} from './brief-document.ts';
import type { FormProps } from './brief-form.tsx';
import { AddButton, LiveField, Problems, Removable, Row } from './form-fields.tsx';
import { selectedFaces } from './selected-faces.ts';

const TYPES = ['static', 'modal', 'buckling', 'thermal', 'thermal-stress'].map((value) => ({
  value,
  label: {
    static: 'Static',
    modal: 'Vibration',
    buckling: 'Buckling',
    thermal: 'Heat',
    'thermal-stress': 'Thermal stress',
  }[value]!,
}));

export function CaseSection(props: FormProps) {
  const { content, text, readOnly, onChange } = props;
  const unused = (): string => {
    for (let count = content.cases.length + 1; ; count++)
      if (!content.cases.some(({ name }) => name === `load ${count}`)) return `load ${count}`;
  };
  return (
    <Group title="Load cases" extra={<span className="muted small">{content.cases.length}</span>} testId="form-cases">
      {content.cases.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a case keeps its place while its name is typed
        <Case key={index} {...props} one={one} />
      ))}
      <AddButton
        label="Add a load case"
        readOnly={readOnly}
        onAdd={() => {
          const [held = '', loaded = held] = placesOf(props);
          onChange(
            withValue(text, ['cases', unused()], {
              restraints: [{ on: held, fix: 'all' }],
              loads: [{ on: loaded, force: [0, 0, -100] }],
            }),
          );
        }}
      />
    </Group>
  );
}

/** Names that `on` may have. */
const placesOf = ({ content }: Pick<FormProps, 'content'>): string[] => [
  ...new Set([
    ...content.interfaces.map(({ name }) => name),
    ...content.concepts.flatMap(({ faces }) => faces.map(({ name }) => name)),
  ]),
];

function Case({ one, ...props }: FormProps & { one: CaseContent }) {
  const { text, problems, readOnly, onChange } = props;
  const { name, type, restraints, loads } = one;
  const item = (list: 'restraints' | 'loads', each: ItemContent, index: number) => (
    <Item key={`${list}${index}`} {...props} caseName={name} list={list} index={index} item={each} />
  );
  const [first = ''] = placesOf(props);
  return (
    <div className="brief-card">
      <Removable
        what={`the case ${name}`}
        readOnly={readOnly}
        onRemove={() => onChange(withValue(text, ['cases', name], undefined))}
      >
        <TextField
          label={`Name of the case ${name}`}
          value={name}
          disabled={readOnly}
          onCommit={(to) => onChange(withCaseName(text, name, to))}
        />
        <Select
          label={`Kind of the case ${name}`}
          value={type}
          options={TYPES.some(({ value }) => value === type) ? TYPES : [...TYPES, { value: type, label: type }]}
          disabled={readOnly}
          onChange={(kind) => onChange(withValue(text, ['cases', name, 'type'], kind === 'static' ? undefined : kind))}
        />
      </Removable>
      <Problems problems={problemsAbout(problems, name).filter((problem) => problem.startsWith('case'))} />
      <Row name="Held">
        {restraints.map((each, index) => item('restraints', each, index))}
        <AddButton
          label="Hold it"
          readOnly={readOnly}
          onAdd={() =>
            onChange(withValue(text, ['cases', name, 'restraints', restraints.length], { on: first, fix: 'all' }))
          }
        />
      </Row>
      <Row name="Loaded">
        {loads.map((each, index) => item('loads', each, index))}
        <AddButton
          label="Load it"
          readOnly={readOnly}
          onAdd={() =>
            onChange(withValue(text, ['cases', name, 'loads', loads.length], { on: first, force: [0, 0, -100] }))
          }
        />
      </Row>
    </div>
  );
}

const KINDS = {
  restraints: [{ value: 'fix', label: 'fixed', start: 'all' }],
  loads: [
    { value: 'force', label: 'force (N)', start: [0, 0, -100] },
    { value: 'pressure', label: 'pressure', start: '1 MPa' },
  ],
} as const;

interface ItemProps extends FormProps {
  caseName: string;
  list: 'restraints' | 'loads';
  index: number;
  item: ItemContent;
}

function Item(props: ItemProps) {
  const { text, readOnly, onChange, caseName, list, index, item } = props;
  const path = ['cases', caseName, list, index];
  const what = `${list === 'loads' ? 'load' : 'restraint'} ${index + 1} of ${caseName}`;
  const kinds = KINDS[list];
  const remove = () => onChange(withValue(text, path, undefined));
  const known = kinds.find(({ value }) => value === item.kind);
  const force = item.kind === 'force' ? /^\[([^,]*),([^,]*),([^,]*)\]$/.exec(item.value) : null;
  if (!known || (item.kind === 'force' && !force)) return <ItemText {...props} what={what} onRemove={remove} />;
  return (
    <Removable what={`the ${what}`} readOnly={readOnly} onRemove={remove} className="brief-item">
      <Place {...props} what={what} />
      {kinds.length > 1 ? (
        <Select
          label={`Kind of ${what}`}
          value={item.kind}
          options={kinds.map(({ value, label }) => ({ value, label }))}
          disabled={readOnly}
          onChange={(kind) =>
            onChange(withValue(text, path, { on: item.on, [kind]: kinds.find(({ value }) => value === kind)!.start }))
          }
        />
      ) : (
        <span className="muted">fixed along</span>
      )}
      {force ? (
        <span className="brief-vector">
          {(['X', 'Y', 'Z'] as const).map((axis, k) => (
            <LiveField
              key={axis}
              label={`${axis} of ${what} (N)`}
              value={force[k + 1]!.trim()}
              numeric
              readOnly={readOnly}
              onChange={(value) => onChange(withValue(text, [...path, 'force', k], scalarOf(value)))}
            />
          ))}
        </span>
      ) : (
        <LiveField
          label={`${known.label} of ${what}`}
          value={item.value}
          readOnly={readOnly}
          onChange={(value) => onChange(withValue(text, [...path, item.kind], scalarOf(value)))}
        />
      )}
    </Removable>
  );
}

/** A name, or a selector that is typed; or what is selected in the view, which then has a name. */
function Place({ content, text, readOnly, onChange, caseName, list, index, item, what }: ItemProps & { what: string }) {
  const names = placesOf({ content });
  const path = ['cases', caseName, list, index, 'on'];
  const part = content.concepts.findIndex(({ kind }) => kind === 'part');
  const take = (): void => {
    const found = selectedFaces(content.concepts[part]!.of);
    if ('why' in found) {
      toast(found.why);
      return;
    }
    let name = list === 'loads' ? 'loaded face' : 'held face';
    for (let count = 2; names.includes(name); count++) name = `${list === 'loads' ? 'loaded' : 'held'} face ${count}`;
    const named = withValue(
      text,
      ['concepts', part, 'faces', name],
      found.faces.length === 1 ? found.faces[0] : found.faces,
    );
    onChange(withValue(named, path, name));
  };
  return (
    <Select
      label={`Where: ${what}`}
      value={item.on}
      disabled={readOnly}
      options={[
        ...(names.includes(item.on) ? [] : [{ value: item.on, label: item.on || 'choose…' }]),
        ...names.map((name) => ({ value: name, label: name })),
        ...(part >= 0 ? [{ value: SELECTED, label: 'what is selected in the view' }] : []),
      ]}
      onChange={(on) => (on === SELECTED ? take() : onChange(withValue(text, path, on)))}
    />
  );
}
const SELECTED = '\u0000selected';

/** What has more to it than a row has room for, as its line of the text. */
function ItemText({
  text,
  readOnly,
  onChange,
  caseName,
  list,
  index,
  item,
  what,
  onRemove,
}: ItemProps & { what: string; onRemove: () => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? item.text;
  return (
    <Removable what={`the ${what}`} readOnly={readOnly} onRemove={onRemove} className="brief-item">
      <LiveField
        label={`The ${what} as text`}
        value={shown}
        readOnly={readOnly}
        problems={itemFrom(shown) ? [] : ['This is no line such as {on: bore, pressure: 10 bar}.']}
        onChange={(next) => {
          const data = itemFrom(next);
          setDraft(data ? null : next);
          if (data) onChange(withValue(text, ['cases', caseName, list, index], data));
        }}
      />
    </Removable>
  );
}
