/** Choosers for planes, axes, profiles and paths: a short list first, a pick in the view where the list ends. */
import type { AxisLine, Path, Plane, Profile, Reference } from '../../../preload/contract/index.ts';
import { recordOf } from '../../state/document.ts';
import { Check, Segments, Select } from '../../ui/fields.tsx';
import { featuresOf } from '../edits.ts';
import { useEditor } from './editor-state.ts';
import { LabelledExpression } from './labelled.tsx';
import { ReferenceField } from './reference-field.tsx';

/** The steps before the one that is edited: what it may use. */
function earlier() {
  const { editing } = useEditor.getState();
  return editing ? featuresOf(recordOf('part', editing.partId)).slice(0, editing.index) : [];
}
const sketchOptions = () =>
  earlier()
    .filter(({ feature }) => feature.kind === 'sketch')
    .map(({ id, name }) => ({ value: id, label: name }));
const none = { value: '', label: 'choose…' };

interface ChooserProps<T> {
  path: string;
  label: string;
  value: T;
  onChange: (value: T) => void;
}
const one = (reference: Reference | undefined): Reference[] => (reference ? [reference] : []);

export function PlaneChooser({ path, label, value, onChange }: ChooserProps<Plane>) {
  const datums = earlier()
    .filter(({ feature }) => feature.kind === 'datum-plane')
    .map(({ id, name }) => ({ value: id, label: name, group: 'Datum planes' }));
  const chosen = value.by === 'principal' ? value.plane : value.by === 'datum' ? value.feature : value.by;
  const choose = (to: string) => {
    if (to === 'xy' || to === 'yz' || to === 'zx') onChange({ by: 'principal', plane: to });
    else if (to === 'face') onChange({ by: 'face', face: undefined as unknown as Reference });
    else if (to !== 'frame') onChange({ by: 'datum', feature: to });
  };
  return (
    <div className="chooser">
      <Select
        label={label}
        value={chosen}
        options={[
          { value: 'xy', label: 'XY', group: 'Principal planes' },
          { value: 'yz', label: 'YZ', group: 'Principal planes' },
          { value: 'zx', label: 'ZX', group: 'Principal planes' },
          { value: 'face', label: 'A planar face', group: 'From the part' },
          ...(value.by === 'frame' ? [{ value: 'frame', label: 'As it was placed', group: 'From the part' }] : []),
          ...datums,
        ]}
        onChange={choose}
      />
      {value.by === 'face' && (
        <ReferenceField
          path={`${path}.face`}
          label={label}
          value={one(value.face)}
          accepts={['face']}
          many={false}
          onChange={([face]) => onChange({ ...value, face: face as Reference })}
        />
      )}
      {(value.by === 'principal' || value.by === 'face') && (
        <LabelledExpression
          label="Offset"
          dimension="length"
          value={value.offset?.length ?? ''}
          placeholder="0 mm"
          onChange={(text) => {
            const { offset: _before, ...rest } = value;
            onChange(text.trim() === '' ? rest : { ...rest, offset: { length: text } });
          }}
        />
      )}
    </div>
  );
}

export function AxisChooser({ path, label, value, onChange }: ChooserProps<AxisLine>) {
  const lines = earlier().flatMap(({ id, name, feature }) =>
    feature.kind === 'sketch'
      ? feature.entities
          .filter(({ kind }) => kind === 'line')
          .sort((a, b) => Number(b.construction ?? false) - Number(a.construction ?? false))
          .slice(0, 40)
          .map((line) => ({
            value: `${id}/${line.id}`,
            label: `${name}: ${line.id}${line.construction ? ' (construction)' : ''}`,
            group: 'Lines of sketches',
          }))
      : [],
  );
  const chosen =
    value.by === 'principal' ? value.axis : value.by === 'sketch-line' ? `${value.sketch}/${value.line}` : value.by;
  const choose = (to: string) => {
    const missing = undefined as unknown as Reference;
    if (to === 'x' || to === 'y' || to === 'z') onChange({ by: 'principal', axis: to });
    else if (to === 'edge') onChange({ by: 'edge', edge: missing });
    else if (to === 'face') onChange({ by: 'face', face: missing });
    else if (to !== 'line') {
      const [sketch, line] = to.split('/') as [string, string];
      onChange({ by: 'sketch-line', sketch, line });
    }
  };
  return (
    <div className="chooser">
      <Select
        label={label}
        value={chosen}
        options={[
          { value: 'x', label: 'X', group: 'Principal axes' },
          { value: 'y', label: 'Y', group: 'Principal axes' },
          { value: 'z', label: 'Z', group: 'Principal axes' },
          { value: 'edge', label: 'An edge', group: 'From the part' },
          { value: 'face', label: 'A round or planar face', group: 'From the part' },
          ...(value.by === 'line' ? [{ value: 'line', label: 'As it was placed', group: 'From the part' }] : []),
          ...lines,
        ]}
        onChange={choose}
      />
      {(value.by === 'edge' || value.by === 'face') && (
        <ReferenceField
          path={`${path}.${value.by}`}
          label={label}
          value={one(value.by === 'edge' ? value.edge : value.face)}
          accepts={[value.by]}
          many={false}
          onChange={([picked]) =>
            onChange(
              value.by === 'edge' ? { ...value, edge: picked as Reference } : { ...value, face: picked as Reference },
            )
          }
        />
      )}
      {value.by !== 'line' && (
        <Check
          label="Reverse"
          checked={value.reverse ?? false}
          onChange={(reverse) => {
            const { reverse: _before, ...rest } = value;
            onChange((reverse ? { ...rest, reverse } : rest) as AxisLine);
          }}
        />
      )}
    </div>
  );
}

export function ProfileChooser({ path, label, value, onChange }: ChooserProps<Profile>) {
  const sketches = sketchOptions();
  return (
    <div className="chooser">
      <Select
        label={label}
        value={value.by === 'face' ? 'face' : value.sketch}
        options={[
          ...(value.by === 'sketch' && !sketches.some((option) => option.value === value.sketch) ? [none] : []),
          ...sketches.map((option) => ({ ...option, group: 'Sketches' })),
          { value: 'face', label: 'A planar face', group: 'From the part' },
        ].map((option) =>
          option.value === '' ? { ...option, value: value.by === 'sketch' ? value.sketch : '' } : option,
        )}
        onChange={(to) =>
          onChange(
            to === 'face' ? { by: 'face', face: undefined as unknown as Reference } : { by: 'sketch', sketch: to },
          )
        }
      />
      {value.by === 'face' && (
        <ReferenceField
          path={`${path}.face`}
          label={label}
          value={one(value.face)}
          accepts={['face']}
          many={false}
          onChange={([face]) => onChange({ by: 'face', face: face as Reference })}
        />
      )}
      {value.by === 'sketch' && value.regions && (
        <p className="muted small">
          {value.regions.length} of its regions.{' '}
          <button type="button" className="link" onClick={() => onChange({ by: 'sketch', sketch: value.sketch })}>
            Use all
          </button>
        </p>
      )}
    </div>
  );
}

export function PathChooser({ path, label, value, onChange }: ChooserProps<Path>) {
  const sketches = sketchOptions();
  return (
    <div className="chooser">
      <Segments
        label={label}
        value={value.by}
        options={[
          { value: 'sketch', label: 'Sketch' },
          { value: 'edges', label: 'Edges' },
        ]}
        onChange={(by) => onChange(by === 'edges' ? { by, edges: [] } : { by, sketch: sketches.at(-1)?.value ?? '' })}
      />
      {value.by === 'sketch' ? (
        <SketchChooser label={label} value={value.sketch} onChange={(sketch) => onChange({ by: 'sketch', sketch })} />
      ) : (
        <ReferenceField
          path={`${path}.edges`}
          label={label}
          value={value.edges}
          accepts={['edge']}
          many
          onChange={(edges) => onChange({ by: 'edges', edges })}
        />
      )}
    </div>
  );
}

export function SketchChooser(props: { label: string; value: string; onChange: (value: string) => void }) {
  const sketches = sketchOptions();
  const known = sketches.some(({ value }) => value === props.value);
  return (
    <Select
      label={props.label}
      value={props.value}
      options={[...(known ? [] : [{ ...none, value: props.value }]), ...sketches]}
      onChange={props.onChange}
    />
  );
}
