/** Choices among things of the part: its bodies, its earlier steps, points of a sketch; and lists of numbers. */
import type { LengthExpression } from '../../../preload/contract/index.ts';
import { recordOf } from '../../state/document.ts';
import { useVariables } from '../../state/parts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Check, Select } from '../../ui/fields.tsx';
import { featuresOf } from '../edits.ts';
import { useEditor } from './editor-state.ts';
import { ExpressionField } from './expression-field.tsx';
import { useBase } from './reference-field.tsx';

interface ChecksProps {
  label: string;
  options: { value: string; label: string }[];
  value: readonly string[];
  /** What none chosen means. */
  none: string;
  onChange: (value: string[]) => void;
}

function Checks({ label, options, value, none, onChange }: ChecksProps) {
  const unknown = value.filter((one) => !options.some((option) => option.value === one));
  return (
    <fieldset className="plain checks" aria-label={label}>
      {[...options, ...unknown.map((one) => ({ value: one, label: `${one} (gone)` }))].map((option) => (
        <Check
          key={option.value}
          label={option.label}
          checked={value.includes(option.value)}
          onChange={(on) => onChange(on ? [...value, option.value] : value.filter((one) => one !== option.value))}
        />
      ))}
      {value.length === 0 && <p className="muted small">{none}</p>}
    </fieldset>
  );
}

export function BodiesField(props: {
  label: string;
  many: boolean;
  optional: boolean;
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  const base = useBase();
  const options = (base?.bodies ?? []).flatMap(({ info, index }) =>
    info.persistentName ? [{ value: info.persistentName, label: info.name || `Body ${index + 1}` }] : [],
  );
  if (!props.many) {
    const known = options.some(({ value }) => value === props.value[0]);
    return (
      <Select
        label={props.label}
        value={props.value[0] ?? ''}
        options={known ? options : [{ value: props.value[0] ?? '', label: 'choose…' }, ...options]}
        onChange={(body) => props.onChange([body])}
      />
    );
  }
  const none = props.optional ? 'All that it touches.' : 'None chosen yet.';
  return <Checks label={props.label} options={options} value={props.value} none={none} onChange={props.onChange} />;
}

export function FeaturesField(props: { label: string; value: readonly string[]; onChange: (value: string[]) => void }) {
  const editing = useEditor((state) => state.editing);
  const options = featuresOf(recordOf('part', editing?.partId))
    .slice(0, editing?.index)
    .filter(({ feature }) => feature.kind !== 'sketch' && feature.kind !== 'datum-plane')
    .map(({ id, name }) => ({ value: id, label: name }));
  return <Checks {...props} options={options} none="Whole bodies." />;
}

export function PointsField(props: {
  label: string;
  sketch: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  const feature = recordOf('feature', props.sketch)?.feature;
  const options =
    feature?.kind === 'sketch'
      ? feature.entities
          .filter(({ kind }) => kind === 'point')
          .slice(0, 200)
          .map((entity) => ({
            value: entity.id,
            label: entity.kind === 'point' ? `${entity.id} (${round(entity.x_mm)}, ${round(entity.y_mm)})` : entity.id,
          }))
      : [];
  return (
    <Checks
      label={props.label}
      options={options}
      value={props.value}
      none="Its free points and the centres of its circles."
      onChange={props.onChange}
    />
  );
}
const round = (value: number): number => Number(value.toPrecision(4));

/** Lengths one after the other: the diameters of a stepped hole. */
export function LengthsField(props: {
  label: string;
  value: readonly LengthExpression[];
  onChange: (value: LengthExpression[]) => void;
}) {
  const variables = useVariables(useEditor((state) => state.editing?.partId));
  const { value, onChange, label } = props;
  return (
    <div className="chooser">
      {value.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places in the list are what they are
        <div key={index} className="reference-head">
          <ExpressionField
            label={`${label} ${index + 1}`}
            dimension="length"
            value={one.length}
            variables={variables}
            onChange={(length) => onChange(value.map((other, at) => (at === index ? { length } : other)))}
          />
          {value.length > 1 && (
            <IconButton
              small
              icon="close"
              label={`Remove ${label} ${index + 1}`}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            />
          )}
        </div>
      ))}
      <Button icon="plus" onClick={() => onChange([...value, value.at(-1) ?? { length: '10 mm' }])}>
        Add a step
      </Button>
    </div>
  );
}
