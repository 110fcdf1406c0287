import { DEFAULT_REFERENCE_TEMPERATURE_degC, type StudyRecord } from '../../../../preload/contract/index.ts';
import { editStudy } from '../../../actions/studies.ts';
import { SETTING_HELP } from '../../../help/studies/index.ts';
import { selectStudies, useDocument } from '../../../state/document.ts';
import { Select } from '../../../ui/fields.tsx';
import { formatNumber, toDisplay } from '../../../units/format.ts';
import { useUnits } from '../../../units/use-units.ts';
import { Row, refuseBelowAbsoluteZero, Value } from '../fields/value.tsx';

const NONE = 'none';
const UNIFORM = 'uniform';

/** Where the temperatures come from that expand the part, and at which one it has its drawn size. */
export function TemperatureSource({ study }: { study: StudyRecord }) {
  const studies = useDocument(selectStudies);
  const system = useUnits();
  const { words, parts } = SETTING_HELP.temperatures;
  const source = study.temperatures;
  const thermal = studies.filter(
    ({ partId, study: type }) => partId === study.partId && (type === 'thermal' || type === 'transient-thermal'),
  );
  const chosen = source?.from === 'study' ? thermal.find(({ id }) => id === source.studyId) : undefined;
  const put = (label: string, temperatures: StudyRecord['temperatures']) =>
    void editStudy(study.id, label, (now) => {
      const { temperatures: _before, ...rest } = now;
      return temperatures ? { ...rest, temperatures } : rest;
    });
  const putReference = (value: number | undefined) =>
    void editStudy(study.id, 'Temperature free of strain', (now) => {
      const { referenceTemperature_degC: _before, ...rest } = now;
      return value === undefined ? rest : { ...rest, referenceTemperature_degC: value };
    });
  const options = [
    { value: NONE, label: study.study === 'thermal-stress' ? 'heat loads of this study' : 'none' },
    { value: UNIFORM, label: 'one temperature for all' },
    ...thermal.map(({ id, name }) => ({ value: id, label: name, group: 'Thermal studies' })),
    ...(source?.from === 'study' && !chosen ? [{ value: source.studyId, label: 'a study that is gone' }] : []),
  ];
  return (
    <>
      <Row name="Temperatures" field="temperatures" words={words}>
        <Select
          label="Temperatures from"
          value={source ? (source.from === 'study' ? source.studyId : UNIFORM) : NONE}
          options={options}
          onChange={(value) => {
            if (value === NONE) put('No temperatures from elsewhere', undefined);
            else if (value === UNIFORM) put('One temperature for all', { from: 'uniform', temperature_degC: 100 });
            else put('Temperatures from a study', { from: 'study', studyId: value });
          }}
        />
      </Row>
      {source?.from === 'uniform' && (
        <Value
          name="Temperature"
          quantity="temperature"
          field="temperatures.temperature_degC"
          words={parts.temperature_degC.words}
          refuse={refuseBelowAbsoluteZero}
          value={source.temperature_degC}
          onCommit={(temperature_degC) => put('Temperature', { from: 'uniform', temperature_degC })}
        />
      )}
      {source?.from === 'study' && chosen?.study === 'transient-thermal' && (
        <Value
          name="At the time"
          quantity="time"
          field="temperatures.time_s"
          words={parts.time_s.words}
          minimum={0}
          placeholder="its end"
          value={source.time_s}
          onCommit={(time_s) => put('Time of the temperatures', { ...source, time_s })}
          onClear={() => put('Temperatures at the end', { from: 'study', studyId: source.studyId })}
        />
      )}
      {(study.study === 'thermal-stress' || source || study.referenceTemperature_degC !== undefined) && (
        <Value
          name="Free of strain at"
          quantity="temperature"
          field="referenceTemperature_degC"
          words={SETTING_HELP.referenceTemperature_degC.words}
          placeholder={formatNumber(toDisplay(DEFAULT_REFERENCE_TEMPERATURE_degC, 'temperature', system))}
          refuse={refuseBelowAbsoluteZero}
          value={study.referenceTemperature_degC}
          onCommit={putReference}
          onClear={() => putReference(undefined)}
        />
      )}
    </>
  );
}
