import { type SensitivityRequest, STUDY_KINDS, type StudyRecord } from '../../../../preload/contract/index.ts';
import { editStudy } from '../../../actions/studies.ts';
import { SETTING_HELP } from '../../../help/studies/index.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Select } from '../../../ui/fields.tsx';
import { Group } from '../../../ui/group.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../../ui/menu.tsx';
import { formatCount } from '../../../units/format.ts';
import { CountField } from '../fields/count-field.tsx';

const LABELS: Record<SensitivityRequest['functional'], string> = {
  mass: 'Mass',
  compliance: 'Compliance (how soft it is)',
  probe: 'Displacement at a probe',
  stress: 'Largest stress, smoothed',
  frequency: 'Natural frequency',
  buckling: 'Buckling factor',
  temperature: 'Temperature',
};

/** Figures whose change with the shape is asked for. */
export function Sensitivities({ study }: { study: StudyRecord }) {
  const allowed = STUDY_KINDS[study.study].sensitivities;
  const asked = study.sensitivities ?? [];
  if (allowed.length === 0 && asked.length === 0) return null;
  const put = (label: string, next: SensitivityRequest[]) =>
    void editStudy(study.id, label, (now) => {
      const { sensitivities: _before, ...rest } = now;
      return next.length > 0 ? { ...rest, sensitivities: next } : rest;
    });
  const entries = (): MenuEntry[] =>
    allowed.map((functional) => ({
      kind: 'item',
      label: LABELS[functional],
      disabled: functional === 'probe' && study.probes.length === 0,
      run: () =>
        put(`Ask for the sensitivity of ${LABELS[functional].toLowerCase()}`, [
          ...asked,
          {
            functional,
            ...(functional === 'probe' ? { probe: study.probes[0]!.id } : {}),
            ...(functional === 'frequency' || functional === 'buckling' ? { mode: 1 } : {}),
          },
        ]),
    }));
  const replace = (index: number, next: SensitivityRequest) =>
    put(
      'Change a sensitivity',
      asked.map((one, other) => (other === index ? next : one)),
    );
  return (
    <Group
      title="Sensitivities"
      closed={asked.length === 0}
      testId="sensitivities"
      extra={
        // biome-ignore lint/a11y/noStaticElementInteractions: only stops the click of the button within
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <span className="group-extra" onClick={(event) => event.preventDefault()}>
          {asked.length > 0 && <span className="muted">{formatCount(asked.length)}</span>}
          <MenuButton label="Ask for a sensitivity" entries={entries} className="icon-button small with-words">
            <Icon name="plus" size={14} />
            Add
          </MenuButton>
        </span>
      }
    >
      <div data-study-field="sensitivities" data-help={`study:${study.study}`}>
        {asked.length === 0 && <p className="muted">{SETTING_HELP.sensitivities.words}</p>}
        <ul className="study-items">
          {asked.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same may be asked for twice
            <li key={index} className="study-line sensitivity">
              <span className="truncate grow">{LABELS[one.functional]}</span>
              {!allowed.includes(one.functional) && <span className="badge warning">not of this type</span>}
              {(one.functional === 'probe' || one.functional === 'temperature') && study.probes.length > 0 && (
                <Select
                  label="Probe"
                  value={one.probe ?? ''}
                  options={[
                    ...(one.functional === 'temperature' ? [{ value: '', label: 'largest' }] : []),
                    ...study.probes.map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                  onChange={(probe) => {
                    const { probe: _before, ...rest } = one;
                    replace(index, probe === '' ? rest : { ...rest, probe });
                  }}
                />
              )}
              {(one.functional === 'frequency' || one.functional === 'buckling') && (
                <span className="sensitivity-mode">
                  <CountField
                    label={`Mode of ${LABELS[one.functional]}`}
                    most={500}
                    value={one.mode ?? 1}
                    onCommit={(mode) => replace(index, { ...one, mode })}
                  />
                </span>
              )}
              <IconButton
                small
                icon="trash"
                label={`Do not ask for ${LABELS[one.functional]}`}
                onClick={() =>
                  put(
                    'Delete a sensitivity',
                    asked.filter((_, other) => other !== index),
                  )
                }
              />
            </li>
          ))}
        </ul>
      </div>
    </Group>
  );
}
