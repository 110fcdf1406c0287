import { useEffect } from 'react';
import {
  FIELD_QUANTITIES,
  type FieldQuantity,
  type Probe,
  type ResultEntry,
  type StudyRecord,
} from '../../../preload/contract/index.ts';
import { attempt } from '../../actions/edit.ts';
import { useCommand } from '../../commands/index.ts';
import { engine } from '../../engine/connection.ts';
import { frameOf, framesOf, shownQuantity, swings } from '../../state/frames.ts';
import { probeKey, useResults } from '../../state/results.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Group } from '../../ui/group.tsx';
import { fieldDescription } from '../../units/fields.ts';
import { formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';
import { QUANTITY_OPTIONS } from '../viewport/legend.tsx';
import { ProbeCurves } from './probe-curves.tsx';
import { loadProbeValues } from './probe-values.ts';

type Shown = FieldQuantity | 'displayed';

/** Places whose values are kept in view, with every result of the study. */
export function Probes({ entry, study }: { entry: ResultEntry; study: StudyRecord }) {
  const values = useResults((state) => state.probeValues);
  const asked = useResults((state) => state.display.quantity);
  const frame = useResults((state) => Math.min(state.display.frame, framesOf(entry).length - 1));
  const displayed = shownQuantity(frameOf(entry, frame), asked, FIELD_QUANTITIES);
  const place = useCommand('result.probe');
  const system = useUnits();
  const relative = swings(frameOf(entry, frame));
  const { inputHash } = entry;
  const { probes } = study;

  useEffect(() => {
    if (entry.fieldsHash) void attempt(() => loadProbeValues(inputHash, probes, frame));
  }, [inputHash, probes, entry.fieldsHash, frame]);

  const put = (next: Probe[]) =>
    void attempt(() => engine()['studies.probes.set']({ studyId: study.id, probes: next }));
  const replace = (probe: Probe) => put(probes.map((other) => (other.id === probe.id ? probe : other)));
  return (
    <Group title={`Probes${probes.length > 0 ? ` (${probes.length})` : ''}`} testId="probes">
      {probes.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Quantity</th>
              <th scope="col" className="number">
                {relative ? 'Relative' : 'Value'}
              </th>
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {probes.map((probe) => {
              const shown = probe.quantity ?? displayed;
              const value = values.get(probeKey(inputHash, probe.at_mm, frame))?.[shown];
              return (
                <tr key={probe.id}>
                  <td>
                    <TextField
                      label={`Name of ${probe.name}`}
                      value={probe.name}
                      onCommit={(name) => replace({ ...probe, name })}
                    />
                  </td>
                  <td>
                    <Select
                      label={`Quantity of ${probe.name}`}
                      value={(probe.quantity ?? 'displayed') as Shown}
                      options={[{ value: 'displayed', label: 'As shown' }, ...QUANTITY_OPTIONS]}
                      onChange={(next: Shown) => {
                        const { quantity: _before, ...rest } = probe;
                        replace(next === 'displayed' ? rest : { ...rest, quantity: next });
                      }}
                    />
                  </td>
                  <td className="number strong">
                    {value === undefined
                      ? '–'
                      : formatQuantity(value, relative ? 'none' : fieldDescription(shown).quantity, system)}
                  </td>
                  <td>
                    <IconButton
                      small
                      icon="close"
                      label={`Remove ${probe.name}`}
                      onClick={() => put(probes.filter(({ id }) => id !== probe.id))}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {relative && probes.length > 0 && (
        <p className="note">
          A mode has no amplitude of its own: only the proportions between its values mean something.
        </p>
      )}
      <ProbeCurves entry={entry} probes={probes} displayed={displayed} />
      <Button
        icon="probe"
        kind={place.checked ? 'primary' : ''}
        disabled={!place.enabled}
        onClick={place.run}
        data-testid="place-probes"
      >
        {place.checked ? 'Done placing' : 'Place probes'}
      </Button>
    </Group>
  );
}
