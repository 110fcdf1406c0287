/** What a part must fit: bolts, bores, journals and faces, the space it may take, and what is kept free. */
import { Select, TextField } from '../../../ui/fields.tsx';
import { Group } from '../../../ui/group.tsx';
import { BoltFields } from './bolt-fields.tsx';
import { acrossOf } from './bolt-pattern.ts';
import { problemsAbout, scalarOf, withInterfaceName, withValue } from './brief-document.ts';
import type { FormProps } from './brief-form.tsx';
import { AddButton, LiveField, Problems, Removable, Row } from './form-fields.tsx';
import { type BoxContent, type InterfaceKind, newBox, newInterface } from './interface-document.ts';
import { Axis, type InterfaceProps, Three, XYZ } from './place-fields.tsx';

const KINDS: { value: InterfaceKind; label: string }[] = [
  { value: 'bolts', label: 'Bolts' },
  { value: 'bore', label: 'Bore' },
  { value: 'journal', label: 'Journal' },
  { value: 'face', label: 'Face' },
];

export function InterfaceSection(props: FormProps) {
  const { content, text, problems, readOnly, onChange } = props;
  const { interfaces, envelope, keepOuts } = content;
  const unused = (kind: InterfaceKind): string => {
    for (let count = 1; ; count++) {
      const name = count === 1 ? kind : `${kind} ${count}`;
      if (!interfaces.some((one) => one.name === name)) return name;
    }
  };
  return (
    <Group
      title="What it must fit"
      extra={<span className="muted small">{interfaces.length}</span>}
      closed={interfaces.length === 0 && envelope === null && keepOuts.length === 0}
      testId="form-interfaces"
    >
      {interfaces.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an interface keeps its place while its name is typed
        <Interface key={index} {...props} one={one} />
      ))}
      <Select
        label="Add an interface"
        value=""
        disabled={readOnly}
        options={[
          { value: '', label: 'Add an interface…' },
          ...KINDS.map(({ value, label }) => ({ value: value as string, label })),
        ]}
        onChange={(kind) =>
          kind &&
          onChange(withValue(text, ['interfaces', unused(kind as InterfaceKind)], newInterface(kind as InterfaceKind)))
        }
        testId="add-interface"
      />
      {envelope ? (
        <Box
          {...props}
          name="Envelope"
          what="the envelope"
          path={['envelope']}
          box={envelope}
          about={/^envelope\b/}
          onRemove={() => onChange(withValue(text, ['envelope'], undefined))}
        />
      ) : (
        <AddButton
          label="Bound the space it may take"
          readOnly={readOnly}
          onAdd={() => onChange(withValue(text, ['envelope'], newBox()))}
          testId="add-envelope"
        />
      )}
      {keepOuts.map((box, index) => (
        <Box
          // biome-ignore lint/suspicious/noArrayIndexKey: keep-outs are their places in the text
          key={index}
          {...props}
          name={`Keep-out ${index + 1}`}
          what={`keep-out ${index + 1}`}
          path={['keep_out', index]}
          box={box}
          about={new RegExp(`^keep_out\\.${index}\\b`)}
          onRemove={() =>
            onChange(withValue(text, keepOuts.length === 1 ? ['keep_out'] : ['keep_out', index], undefined))
          }
        />
      ))}
      <AddButton
        label="Keep a space free"
        readOnly={readOnly}
        onAdd={() => onChange(withValue(text, ['keep_out', keepOuts.length], newBox()))}
        testId="add-keep-out"
      />
      <Problems problems={problemsAbout(problems, /^keep_out:/)} />
    </Group>
  );
}

function Interface(props: InterfaceProps) {
  const { one, text, problems, readOnly, onChange } = props;
  const { name, kind } = one;
  const path = ['interfaces', name];
  const put = (keys: (string | number)[], value: string) =>
    onChange(withValue(text, [...path, kind!, ...keys], value === '' ? undefined : scalarOf(value)));
  return (
    <div className="brief-card" data-testid={`interface-${name}`}>
      <Removable
        what={`the interface ${name}`}
        readOnly={readOnly}
        onRemove={() =>
          onChange(withValue(text, props.content.interfaces.length === 1 ? ['interfaces'] : path, undefined))
        }
      >
        <TextField
          label={`Name of the interface ${name}`}
          value={name}
          disabled={readOnly}
          onCommit={(to) => onChange(withInterfaceName(text, name, to))}
        />
        <Select
          label={`Kind of ${name}`}
          value={kind ?? ''}
          disabled={readOnly}
          options={kind ? KINDS : [{ value: '', label: 'as in the text' }, ...KINDS]}
          onChange={(next) => next && onChange(withValue(text, path, newInterface(next as InterfaceKind)))}
        />
      </Removable>
      <Problems
        problems={problemsAbout(problems, name, new RegExp(`^interfaces\\.${escaped(name)}\\b`)).filter((each) =>
          /^interface/.test(each),
        )}
      />
      {kind === 'bolts' && <BoltFields {...props} />}
      {(kind === 'bore' || kind === 'journal') && (
        <>
          <Row name="Diameter">
            <LiveField
              label={`Diameter of ${name}`}
              value={one.diameter}
              readOnly={readOnly}
              onChange={(value) => put(['diameter'], value)}
            />
          </Row>
          <Row name="Length">
            <LiveField
              label={`Length of ${name}`}
              value={one.length}
              placeholder={kind === 'bore' ? 'through' : ''}
              readOnly={readOnly}
              onChange={(value) => put(['length'], value)}
            />
          </Row>
        </>
      )}
      {kind !== null && kind !== 'bolts' && (
        <>
          <Row name="Middle at">
            <Three
              label={`of the middle of ${name}`}
              value={one.at}
              readOnly={readOnly}
              onChange={(k, value) => put(['at', k], value || '0')}
            />
          </Row>
          <Row name={kind === 'face' ? 'Faces' : 'Along'}>
            <Axis {...props} keys={[kind, kind === 'face' ? 'normal' : 'axis']} />
          </Row>
        </>
      )}
      {kind === 'face' && (
        <Row name="Size">
          <span className="brief-vector">
            {acrossOf(one.axis).map((axis, k) => (
              <LiveField
                key={axis}
                label={`Size of ${name} along ${XYZ[axis]}`}
                value={one.extent[k]!}
                placeholder={`along ${XYZ[axis]}`}
                readOnly={readOnly}
                onChange={(value) => {
                  const extent = one.extent.map((each, i) => scalarOf((i === k ? value : each) || '0'));
                  const empty = one.extent.every((each, i) => (i === k ? value : each) === '');
                  onChange(withValue(text, [...path, 'face', 'size'], empty ? undefined : extent));
                }}
              />
            ))}
          </span>
        </Row>
      )}
    </div>
  );
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface BoxProps extends FormProps {
  name: string;
  what: string;
  path: (string | number)[];
  box: BoxContent;
  about: RegExp;
  onRemove: () => void;
}

/** A box by its least and its greatest corner. */
function Box({ name, what, path, box, about, text, problems, readOnly, onChange, onRemove }: BoxProps) {
  const corner = (key: 'min' | 'max', words: string) => (
    <Row name={key === 'min' ? 'From' : 'To'}>
      <Three
        label={`of the ${words} corner of ${what}`}
        value={box[key]}
        readOnly={readOnly}
        onChange={(k, value) => onChange(withValue(text, [...path, key, k], scalarOf(value || '0')))}
      />
    </Row>
  );
  return (
    <div className="brief-card">
      <Removable what={what} readOnly={readOnly} onRemove={onRemove}>
        <span className="strong grow">{name}</span>
      </Removable>
      {corner('min', 'least')}
      {corner('max', 'greatest')}
      <Problems problems={problemsAbout(problems, about)} />
    </div>
  );
}
