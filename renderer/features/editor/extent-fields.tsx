/** How far an extrusion or a hole goes. */
import type { Extent, FeatureOf, Reference } from '../../../preload/contract/index.ts';
import type { FieldHelp } from '../../help/types.ts';
import { Select } from '../../ui/fields.tsx';
import { LabelledExpression } from './labelled.tsx';
import { ReferenceField } from './reference-field.tsx';

type HoleExtent = FeatureOf<'hole'>['extent'];
interface ExtentProps<T> {
  path: string;
  help: FieldHelp;
  value: T;
  onChange: (value: T) => void;
}
const optionsOf = (help: FieldHelp) => Object.entries(help.choices ?? {}).map(([value, label]) => ({ value, label }));

export function ExtentField({ path, help, value, onChange }: ExtentProps<Extent>) {
  const part = (name: string) => ({ label: help.parts![name]!.label, words: help.parts![name]!.words });
  const choose = (to: string) => {
    if (to === 'distance') onChange({ to, distance: { length: '10 mm' } });
    else if (to === 'through-all') onChange({ to });
    else onChange({ to: 'face', face: undefined as unknown as Reference });
  };
  return (
    <div className="chooser">
      <Select label={help.label} value={value.to} options={optionsOf(help)} onChange={choose} />
      {value.to === 'distance' && (
        <LabelledExpression
          {...part('distance')}
          dimension="length"
          value={value.distance.length}
          onChange={(length) => onChange({ to: 'distance', distance: { length } })}
        />
      )}
      {value.to === 'face' && (
        <>
          <ReferenceField
            path={`${path}.face`}
            label={part('face').label}
            value={value.face ? [value.face] : []}
            accepts={['face']}
            many={false}
            onChange={([face]) => onChange({ ...value, face: face as Reference })}
          />
          <LabelledExpression
            {...part('offset')}
            dimension="length"
            value={value.offset?.length ?? ''}
            placeholder="0 mm"
            onChange={(length) => {
              const { offset: _before, ...rest } = value;
              onChange(length.trim() === '' ? rest : { ...rest, offset: { length } });
            }}
          />
        </>
      )}
    </div>
  );
}

export function HoleExtentField({ help, value, onChange }: ExtentProps<HoleExtent>) {
  const part = (name: string) => ({ label: help.parts![name]!.label, words: help.parts![name]!.words });
  return (
    <div className="chooser">
      <Select
        label={help.label}
        value={value.to}
        options={optionsOf(help)}
        onChange={(to) =>
          onChange(
            to === 'depth' ? { to, depth: { length: '10 mm' }, tip: { angle: '118 deg' } } : { to: 'through-all' },
          )
        }
      />
      {value.to === 'depth' && (
        <>
          <LabelledExpression
            {...part('depth')}
            dimension="length"
            value={value.depth.length}
            onChange={(length) => onChange({ ...value, depth: { length } })}
          />
          <LabelledExpression
            {...part('tip')}
            dimension="angle"
            value={value.tip?.angle ?? ''}
            placeholder="flat"
            onChange={(angle) => {
              const { tip: _before, ...rest } = value;
              onChange(angle.trim() === '' ? rest : { ...rest, tip: { angle } });
            }}
          />
        </>
      )}
    </div>
  );
}
