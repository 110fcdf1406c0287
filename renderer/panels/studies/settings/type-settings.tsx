/** What each type of study asks beside restraints, loads and a mesh. */
import type { StudyRecord } from '../../../../preload/contract/index.ts';
import { editStudy } from '../../../actions/studies.ts';
import { SETTING_HELP } from '../../../help/studies/index.ts';
import { Check } from '../../../ui/fields.tsx';
import { Group } from '../../../ui/group.tsx';
import { CountField } from '../fields/count-field.tsx';
import { Pairs, Row, refuseBelowAbsoluteZero, refuseNotPositive, Value } from '../fields/value.tsx';
import { settingsOf } from '../kinds/study-types.ts';
import { StaticSettings } from './static-settings.tsx';

type Settings = 'modal' | 'harmonic' | 'buckling' | 'transient';

/** The present settings of this kind, and how to change one of them; undefined takes it out. */
function useSettings<Key extends Settings>(study: StudyRecord, key: Key) {
  type Values = NonNullable<StudyRecord[Key]>;
  const initial = (settingsOf(study.study) as Partial<StudyRecord>)[key] as Values;
  const put = (label: string, part: Partial<Record<keyof Values, unknown>>) =>
    void editStudy(study.id, label, (now) => {
      const next = { ...((now[key] as Values | undefined) ?? initial), ...part };
      const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
      return { ...now, [key]: kept };
    });
  return [(study[key] as Values | undefined) ?? initial, put] as const;
}

export function TypeSettings({ study }: { study: StudyRecord }) {
  switch (study.study) {
    case 'modal':
      return <ModalSettings study={study} />;
    case 'harmonic':
      return <HarmonicSettings study={study} />;
    case 'buckling':
      return <BucklingSettings study={study} />;
    case 'transient-thermal':
      return <TransientSettings study={study} />;
    case 'static':
    case 'thermal-stress':
      return <StaticSettings study={study} />;
    default:
      return null;
  }
}

function ModalSettings({ study }: { study: StudyRecord }) {
  const [modal, put] = useSettings(study, 'modal');
  const { parts } = SETTING_HELP.modal;
  return (
    <Group title="Vibration" testId="type-settings">
      <div data-help="study:modal">
        <Pairs>
          <Row name="Modes" field="modal.modes" words={parts.modes.words}>
            <CountField label="Modes" most={500} value={modal.modes} onCommit={(modes) => put('Modes', { modes })} />
          </Row>
          <Value
            name="Up to"
            quantity="frequency"
            field="modal.to_Hz"
            words={parts.to_Hz.words}
            placeholder="no limit"
            refuse={refuseNotPositive}
            value={modal.to_Hz}
            onCommit={(to_Hz) => put('Highest frequency', { to_Hz })}
            onClear={() => put('No highest frequency', { to_Hz: undefined })}
          />
          <Row name="Loads" field="modal.prestressed" words={parts.prestressed.words}>
            <Check
              label="stress the part first"
              checked={modal.prestressed ?? false}
              onChange={(checked) =>
                put(checked ? 'Pre-stressed' : 'Not pre-stressed', { prestressed: checked || undefined })
              }
            />
          </Row>
        </Pairs>
      </div>
    </Group>
  );
}

function HarmonicSettings({ study }: { study: StudyRecord }) {
  const [harmonic, put] = useSettings(study, 'harmonic');
  const { parts } = SETTING_HELP.harmonic;
  return (
    <Group title="Response" testId="type-settings">
      <div data-help="study:harmonic">
        <Pairs>
          <Value
            name="From"
            quantity="frequency"
            field="harmonic.from_Hz"
            words={parts.from_Hz.words}
            minimum={0}
            value={harmonic.from_Hz}
            onCommit={(from_Hz) => put('Lowest frequency', { from_Hz })}
          />
          <Value
            name="To"
            quantity="frequency"
            field="harmonic.to_Hz"
            words={parts.to_Hz.words}
            refuse={refuseNotPositive}
            value={harmonic.to_Hz}
            onCommit={(to_Hz) => put('Highest frequency', { to_Hz })}
          />
          <Row name="Points" field="harmonic.points" words={parts.points.words}>
            <CountField
              label="Points"
              most={10_000}
              value={harmonic.points}
              onCommit={(points) => put('Points', { points })}
            />
          </Row>
          <Value
            name="Damping (%)"
            quantity="none"
            field="harmonic.dampingRatio"
            words={parts.dampingRatio.words}
            refuse={(value) => (value > 0 && value < 100 ? null : 'It lies between 0 and 100 %.')}
            value={harmonic.dampingRatio * 100}
            onCommit={(percent) => put('Damping', { dampingRatio: percent / 100 })}
          />
          <Row name="Modes" field="harmonic.modes" words={parts.modes.words}>
            <CountField
              label="Modes"
              most={500}
              placeholder="chosen"
              value={harmonic.modes}
              onCommit={(modes) => put('Modes', { modes })}
              onClear={() => put('Modes: chosen', { modes: undefined })}
            />
          </Row>
        </Pairs>
      </div>
    </Group>
  );
}

function BucklingSettings({ study }: { study: StudyRecord }) {
  const [buckling, put] = useSettings(study, 'buckling');
  return (
    <Group title="Buckling" testId="type-settings">
      <div data-help="study:buckling">
        <Pairs>
          <Row name="Modes" field="buckling.modes" words={SETTING_HELP.buckling.parts.modes.words}>
            <CountField label="Modes" most={100} value={buckling.modes} onCommit={(modes) => put('Modes', { modes })} />
          </Row>
        </Pairs>
      </div>
    </Group>
  );
}

function TransientSettings({ study }: { study: StudyRecord }) {
  const [transient, put] = useSettings(study, 'transient');
  const { parts } = SETTING_HELP.transient;
  return (
    <Group title="Time" testId="type-settings">
      <div data-help="study:transient-thermal">
        <Pairs>
          <Value
            name="Until"
            quantity="time"
            field="transient.end_s"
            words={parts.end_s.words}
            refuse={refuseNotPositive}
            value={transient.end_s}
            onCommit={(end_s) => put('End of the time', { end_s })}
          />
          <Value
            name="Step"
            quantity="time"
            field="transient.step_s"
            words={parts.step_s.words}
            placeholder="chosen"
            refuse={refuseNotPositive}
            value={transient.step_s}
            onCommit={(step_s) => put('Time step', { step_s })}
            onClear={() => put('Time step: chosen', { step_s: undefined })}
          />
          <Value
            name="Begins at"
            quantity="temperature"
            field="transient.initial_degC"
            words={parts.initial_degC.words}
            refuse={refuseBelowAbsoluteZero}
            value={transient.initial_degC}
            onCommit={(initial_degC) => put('Temperature at the beginning', { initial_degC })}
          />
          <Row name="Pictures" field="transient.frames" words={parts.frames.words}>
            <CountField
              label="Pictures"
              most={1000}
              placeholder="50"
              value={transient.frames}
              onCommit={(frames) => put('Pictures that are kept', { frames })}
              onClear={() => put('Pictures that are kept', { frames: undefined })}
            />
          </Row>
        </Pairs>
      </div>
    </Group>
  );
}
