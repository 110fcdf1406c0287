import type { Connection } from '../../../../preload/contract/index.ts';
import { wordsFor } from '../../../help/studies/index.ts';
import { Check } from '../../../ui/fields.tsx';
import { Vector } from '../fields/space-fields.tsx';
import { Pairs, Row, refuseNotPositive, Value } from '../fields/value.tsx';

interface ConnectionEditorProps {
  connection: Connection;
  /** Heat passes through it: its conductance matters. */
  heat: boolean;
  onChange: (connection: Connection) => void;
}

const AXES = ['x', 'y', 'z'] as const;

/** The values of a connection. */
export function ConnectionEditor({ connection, heat, onChange }: ConnectionEditorProps) {
  const words = (field: string) => wordsFor('connections', connection.kind, field);
  switch (connection.kind) {
    case 'bonded':
    case 'bonded-touching':
      return (
        <Pairs>
          <Value
            name="Gap up to"
            quantity="length"
            field="tolerance_mm"
            words={words('tolerance_mm')}
            minimum={0}
            placeholder="chosen"
            value={connection.tolerance_mm}
            onCommit={(tolerance_mm) => onChange({ ...connection, tolerance_mm })}
            onClear={() => {
              const { tolerance_mm: _chosen, ...rest } = connection;
              onChange(rest as Connection);
            }}
          />
          {(heat || connection.conductance_W_m2K !== undefined) && (
            <Value
              name="Conductance"
              quantity="heatTransfer"
              field="conductance_W_m2K"
              words={words('conductance_W_m2K')}
              refuse={refuseNotPositive}
              placeholder="perfect"
              value={connection.conductance_W_m2K}
              onCommit={(conductance_W_m2K) => onChange({ ...connection, conductance_W_m2K })}
              onClear={() => {
                const { conductance_W_m2K: _perfect, ...rest } = connection;
                onChange(rest as Connection);
              }}
            />
          )}
        </Pairs>
      );
    case 'coupled':
      return (
        <Pairs>
          <Row name="Along" field="axes" words={words('axes')}>
            <span className="checks">
              {AXES.map((axis) => (
                <Check
                  key={axis}
                  label={axis.toUpperCase()}
                  checked={connection.axes.includes(axis)}
                  // One axis has to remain: a coupling along none would be nothing.
                  disabled={connection.axes.length === 1 && connection.axes[0] === axis}
                  onChange={(checked) =>
                    onChange({
                      ...connection,
                      axes: AXES.filter((each) => (each === axis ? checked : connection.axes.includes(each))),
                    })
                  }
                />
              ))}
            </span>
          </Row>
        </Pairs>
      );
    case 'bolt':
      return (
        <Pairs>
          <Value
            name="Diameter"
            quantity="length"
            field="diameter_mm"
            words={words('diameter_mm')}
            refuse={refuseNotPositive}
            value={connection.diameter_mm}
            onCommit={(diameter_mm) => onChange({ ...connection, diameter_mm })}
          />
          <Value
            name="Young’s modulus"
            quantity="stress"
            field="young_MPa"
            words={words('young_MPa')}
            refuse={refuseNotPositive}
            value={connection.young_MPa}
            onCommit={(young_MPa) => onChange({ ...connection, young_MPa })}
          />
          <Value
            name="Preload"
            quantity="force"
            field="preload_N"
            words={words('preload_N')}
            value={connection.preload_N}
            onCommit={(preload_N) => onChange({ ...connection, preload_N })}
          />
        </Pairs>
      );
    case 'spring':
      return (
        <Vector
          label="Stiffness"
          quantity="springStiffness"
          field="stiffness_N_mm"
          title={words('stiffness_N_mm')}
          value={connection.stiffness_N_mm}
          onCommit={(stiffness_N_mm) => onChange({ ...connection, stiffness_N_mm })}
        />
      );
    default:
      return null;
  }
}
