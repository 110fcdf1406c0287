/** One parameter of a feature with the control that its form names. */
import type {
  AxisLine,
  Extent,
  Feature,
  FeatureOf,
  LengthExpression,
  Path,
  Plane,
  Profile,
  Reference,
} from '../../../preload/contract/index.ts';
import type { FieldHelp } from '../../help/types.ts';
import { useVariables } from '../../state/parts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Check, Segments, Select } from '../../ui/fields.tsx';
import type { FieldSpec } from '../forms.ts';
import { AxisChooser, PathChooser, PlaneChooser, ProfileChooser, SketchChooser } from './choosers.tsx';
import { useEditor } from './editor-state.ts';
import { ExpressionField } from './expression-field.tsx';
import { ExtentField, HoleExtentField } from './extent-fields.tsx';
import { Labelled } from './labelled.tsx';
import { BodiesField, FeaturesField, LengthsField, PointsField } from './list-fields.tsx';
import { ReferenceField } from './reference-field.tsx';
import { IndicesField, SizeField } from './small-fields.tsx';

interface FieldEditorProps {
  path: string;
  spec: FieldSpec;
  help: FieldHelp;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** With its label beside it, or above it where it is tall. */
export function FieldEditor(props: FieldEditorProps) {
  const { spec, help } = props;
  if (spec.control === 'none') return null;
  if (spec.control === 'flag')
    return (
      <div className="feature-field" title={help.words}>
        <span />
        <Check
          label={help.label}
          checked={props.value === true}
          onChange={(on) => props.onChange(on ? true : undefined)}
        />
      </div>
    );
  return (
    <Labelled label={help.label} words={help.words}>
      <Control {...props} />
    </Labelled>
  );
}

function Control({ path, spec, help, value, onChange }: FieldEditorProps) {
  const editing = useEditor((state) => state.editing);
  const variables = useVariables(editing?.partId);
  const feature = editing?.record.feature as Feature;
  const common = { path, label: help.label, onChange };
  switch (spec.control) {
    case 'length':
    case 'angle':
    case 'number': {
      const text = (value as Record<string, string> | undefined)?.[spec.control] ?? '';
      return (
        <ExpressionField
          label={help.label}
          dimension={spec.control}
          value={text}
          variables={variables}
          testId={`field-${path}`}
          onChange={(next) => onChange(next.trim() === '' && spec.optional ? undefined : { [spec.control]: next })}
        />
      );
    }
    case 'references': {
      const references = (spec.many ? value : value ? [value] : []) as Reference[] | undefined;
      return (
        <ReferenceField
          {...common}
          value={references ?? []}
          accepts={spec.accepts}
          many={spec.many}
          onChange={(next) => onChange(spec.many ? (next.length === 0 && spec.optional ? undefined : next) : next[0])}
        />
      );
    }
    case 'plane':
      return <PlaneChooser {...common} value={value as Plane} />;
    case 'axis':
      return <AxisChooser {...common} value={value as AxisLine} />;
    case 'profile':
      return <ProfileChooser {...common} value={value as Profile} />;
    case 'profiles':
      return <ProfilesField {...common} value={value as Profile[]} />;
    case 'path':
      return <PathChooser {...common} value={value as Path} />;
    case 'extent':
      if (value === undefined)
        return (
          <Button icon="plus" onClick={() => onChange({ to: 'distance', distance: { length: '10 mm' } })}>
            Add
          </Button>
        );
      return spec.optional ? (
        <div className="chooser">
          <ExtentField path={path} help={help} value={value as Extent} onChange={onChange} />
          <Button icon="close" kind="quiet" onClick={() => onChange(undefined)}>
            Leave it out
          </Button>
        </div>
      ) : (
        <ExtentField path={path} help={help} value={value as Extent} onChange={onChange} />
      );
    case 'hole-extent':
      return (
        <HoleExtentField path={path} help={help} value={value as FeatureOf<'hole'>['extent']} onChange={onChange} />
      );
    case 'choice': {
      const options = Object.entries(help.choices ?? {}).map(([choice, label]) => ({ value: choice, label }));
      const chosen = (value as string | undefined) ?? spec.initial ?? options[0]!.value;
      const letters = options.reduce((sum, option) => sum + option.label.length, 0);
      return options.length <= 3 && letters <= 18 ? (
        <Segments label={help.label} value={chosen} options={options} onChange={onChange} />
      ) : (
        <Select label={help.label} value={chosen} options={options} onChange={onChange} />
      );
    }
    case 'sketch':
      return <SketchChooser {...common} value={value as string} />;
    case 'bodies': {
      const names = (spec.many ? value : value ? [value] : []) as string[] | undefined;
      return (
        <BodiesField
          label={help.label}
          many={spec.many}
          optional={spec.optional ?? false}
          value={names ?? []}
          onChange={(next) => onChange(spec.many ? (next.length === 0 && spec.optional ? undefined : next) : next[0])}
        />
      );
    }
    case 'features':
      return (
        <FeaturesField
          label={help.label}
          value={(value as string[] | undefined) ?? []}
          onChange={(next) => onChange(next.length === 0 ? undefined : next)}
        />
      );
    case 'points':
      return (
        <PointsField
          label={help.label}
          sketch={feature.kind === 'hole' ? feature.sketch : ''}
          value={(value as string[] | undefined) ?? []}
          onChange={(next) => onChange(next.length === 0 ? undefined : next)}
        />
      );
    case 'vector':
      return <VectorExpressions {...common} value={value as LengthExpression[]} />;
    case 'lengths':
      return <LengthsField label={help.label} value={value as LengthExpression[]} onChange={onChange} />;
    case 'indices':
      return <IndicesField label={help.label} value={value as number[] | undefined} onChange={onChange} />;
    case 'size':
      return <SizeField label={help.label} value={value as string | undefined} onChange={onChange} />;
    case 'object':
      return <ObjectField path={path} spec={spec} help={help} value={value} onChange={onChange} />;
    default:
      return null;
  }
}

function VectorExpressions(props: { label: string; value: LengthExpression[]; onChange: (value: unknown) => void }) {
  const variables = useVariables(useEditor((state) => state.editing?.partId));
  return (
    <fieldset className="plain chooser" aria-label={props.label}>
      {(['X', 'Y', 'Z'] as const).map((axis, index) => (
        <div key={axis} className="vector-line">
          <span className={`quantity-axis axis-${axis.toLowerCase()}`}>{axis}</span>
          <ExpressionField
            label={`${props.label} ${axis}`}
            dimension="length"
            value={props.value[index]?.length ?? ''}
            variables={variables}
            onChange={(length) => props.onChange(props.value.map((one, at) => (at === index ? { length } : one)))}
          />
        </div>
      ))}
    </fieldset>
  );
}

function ProfilesField(props: { path: string; label: string; value: Profile[]; onChange: (value: unknown) => void }) {
  const { value, onChange } = props;
  return (
    <div className="chooser">
      {value.map((profile, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places in the list are what they are
        <div key={index} className="reference-head">
          <ProfileChooser
            path={`${props.path}.${index}`}
            label={`${props.label} ${index + 1}`}
            value={profile}
            onChange={(next) => onChange(value.map((other, at) => (at === index ? next : other)))}
          />
          {value.length > 1 && (
            <IconButton
              small
              icon="close"
              label={`Remove section ${index + 1}`}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            />
          )}
        </div>
      ))}
      <Button icon="plus" onClick={() => onChange([...value, { by: 'sketch', sketch: '' }])}>
        Add a section
      </Button>
    </div>
  );
}

function ObjectField({ path, spec, help, value, onChange }: FieldEditorProps) {
  if (spec.control !== 'object') return null;
  const current = value as Record<string, unknown> | undefined;
  if (!current)
    return (
      <Button icon="plus" onClick={() => onChange(spec.initial)}>
        Add
      </Button>
    );
  return (
    <div className="chooser nested">
      {Object.entries(spec.parts).map(([name, part]) => (
        <FieldEditor
          key={name}
          path={`${path}.${name}`}
          spec={part}
          help={help.parts?.[name] ?? { label: name, words: '' }}
          value={current[name]}
          onChange={(next) => onChange({ ...current, [name]: next })}
        />
      ))}
      {spec.optional && (
        <Button icon="close" kind="quiet" onClick={() => onChange(undefined)}>
          Leave it out
        </Button>
      )}
    </div>
  );
}
