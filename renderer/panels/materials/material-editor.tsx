import type {
  MaterialProperties,
  MaterialRecord,
  Orthotropic,
  TemperatureTables,
} from '../../../preload/contract/index.ts';
import { edit } from '../../actions/edit.ts';
import { recordOf } from '../../state/document.ts';
import { Check, QuantityField, TextField } from '../../ui/fields.tsx';
import { Pair, Pairs } from '../../ui/group.tsx';
import { DIRECTIONS, FIGURES, type Figure, orthotropicFault, orthotropicFrom, REQUIRED } from './figures.ts';
import { TableEditors } from './table-editors.tsx';

const named = ({ label, unit }: Figure<string>): string => (unit ? `${label} (${unit})` : label);

/** A material of the project, to be changed. Every value is a step of undo. */
export function MaterialEditor({ material }: { material: MaterialRecord }) {
  const p = material.properties;
  const put = (what: string, change: (now: MaterialRecord) => MaterialRecord) => {
    const now = recordOf('material', material.id);
    if (now) void edit(`Change ${what} of ${material.name}`, [change(now)]);
  };
  const putProperties = (what: string, change: (now: MaterialProperties) => MaterialProperties) =>
    put(what, (now) => ({ ...now, properties: change(now.properties) }));
  return (
    <div className="material-card material-editor" data-help="study:materials" data-testid="material-editor">
      <Pairs>
        <Pair name="Name">
          <TextField
            label="Name of the material"
            value={material.name}
            onCommit={(name) => put('the name', (now) => ({ ...now, name }))}
          />
        </Pair>
        {FIGURES.map((figure) => {
          const { key, scale = 1, quantity, refuse } = figure;
          const value = p[key];
          return (
            <Pair key={key} name={named(figure)}>
              <div className="grow">
                <QuantityField
                  label={named(figure)}
                  quantity={quantity}
                  value={value === undefined ? undefined : value * scale}
                  placeholder="not given"
                  {...(refuse ? { refuse } : {})}
                  onCommit={(next) => putProperties(figure.label, (now) => ({ ...now, [key]: next / scale }))}
                  {...(REQUIRED.includes(key)
                    ? {}
                    : {
                        onClear: () =>
                          putProperties(figure.label, (now) => {
                            const { [key]: _before, ...rest } = now;
                            return rest as MaterialProperties;
                          }),
                      })}
                />
              </div>
            </Pair>
          );
        })}
        <Pair name="Source">
          <TextField
            label="Where the figures come from"
            value={material.source}
            onCommit={(source) => put('the source', (now) => ({ ...now, source }))}
          />
        </Pair>
      </Pairs>
      <Directions
        properties={p}
        onChange={(orthotropic) =>
          putProperties('directions', ({ orthotropic: _before, ...rest }) =>
            orthotropic ? { ...rest, orthotropic } : rest,
          )
        }
      />
      <TableEditors
        properties={p}
        onChange={(tables: TemperatureTables) =>
          putProperties('tables', ({ tables: _before, ...rest }) =>
            Object.keys(tables).length > 0 ? { ...rest, tables } : rest,
          )
        }
      />
    </div>
  );
}

interface DirectionsProps {
  properties: MaterialProperties;
  onChange: (orthotropic: Orthotropic | undefined) => void;
}

function Directions({ properties, onChange }: DirectionsProps) {
  const { orthotropic } = properties;
  const fault = orthotropic && orthotropicFault(orthotropic);
  return (
    <>
      <Check
        label="Differs by direction (orthotropic)"
        checked={orthotropic !== undefined}
        onChange={(checked) => onChange(checked ? orthotropicFrom(properties) : undefined)}
      />
      {orthotropic && (
        <div className="directions">
          {DIRECTIONS.map((figure) => {
            const { key, names, scale = 1, quantity, refuse } = figure;
            const values = orthotropic[key];
            if (!values) return null;
            return (
              <fieldset key={key} className="plain" aria-label={named(figure)}>
                <legend className="field-heading">{named(figure)}</legend>
                <div className="vector">
                  {names.map((name, place) => (
                    <div key={name} className="direction">
                      <span className="muted small" aria-hidden="true">
                        {name}
                      </span>
                      <QuantityField
                        label={name}
                        quantity={quantity}
                        value={values[place]! * scale}
                        {...(refuse ? { refuse } : {})}
                        onCommit={(value) =>
                          onChange({
                            ...orthotropic,
                            [key]: values.map((other, at) => (at === place ? value / scale : other)),
                          })
                        }
                      />
                    </div>
                  ))}
                </div>
              </fieldset>
            );
          })}
          {fault && (
            <p className="field-error" role="alert">
              {fault}
            </p>
          )}
        </div>
      )}
    </>
  );
}
