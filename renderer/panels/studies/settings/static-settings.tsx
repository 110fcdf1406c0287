import type { StudyRecord } from '../../../../preload/contract/index.ts';
import { editStudy } from '../../../actions/studies.ts';
import { SETTING_HELP } from '../../../help/studies/index.ts';
import { Check } from '../../../ui/fields.tsx';
import { Group } from '../../../ui/group.tsx';
import { CountField } from '../fields/count-field.tsx';
import { Pairs, Row } from '../fields/value.tsx';
import { usesInertiaRelief, usesLargeDisplacement } from '../kinds/uses.ts';
import { TemperatureSource } from './temperature-source.tsx';

/** Inertia relief, large displacement, and where temperatures come from. */
export function StaticSettings({ study }: { study: StudyRecord }) {
  const thermal = study.study === 'thermal-stress';
  const used = study.inertiaRelief || study.largeDisplacement || study.temperatures;
  return (
    <Group title={thermal ? 'Temperatures' : 'Settings'} closed={!thermal && !used} testId="type-settings">
      <div data-help={`study:${study.study}`}>
        <Pairs>
          {usesInertiaRelief(study.study) && <InertiaRelief study={study} />}
          {usesLargeDisplacement(study.study) && <LargeDisplacement study={study} />}
          <TemperatureSource study={study} />
        </Pairs>
      </div>
    </Group>
  );
}

function InertiaRelief({ study }: { study: StudyRecord }) {
  const { words } = SETTING_HELP.inertiaRelief;
  return (
    <Row name="Free body" field="inertiaRelief" words={words}>
      <Check
        label="held by its inertia"
        checked={study.inertiaRelief ?? false}
        onChange={(checked) =>
          void editStudy(study.id, checked ? 'Inertia relief' : 'No inertia relief', (now) => {
            const { inertiaRelief: _before, ...rest } = now;
            return checked ? { ...rest, inertiaRelief: true } : rest;
          })
        }
      />
    </Row>
  );
}

function LargeDisplacement({ study }: { study: StudyRecord }) {
  const { words, parts } = SETTING_HELP.largeDisplacement;
  const large = study.largeDisplacement;
  const put = (label: string, next: StudyRecord['largeDisplacement']) =>
    void editStudy(study.id, label, (now) => {
      const { largeDisplacement: _before, ...rest } = now;
      return next ? { ...rest, largeDisplacement: next } : rest;
    });
  return (
    <>
      <Row name="Displacement" field="largeDisplacement" words={words}>
        <Check
          label="is large"
          checked={large !== undefined}
          onChange={(checked) => put(checked ? 'Large displacement' : 'Small displacement', checked ? {} : undefined)}
        />
      </Row>
      {large && (
        <>
          <Row name="First steps" field="largeDisplacement.steps" words={parts.steps.words}>
            <CountField
              label="First steps"
              most={1000}
              placeholder="chosen"
              value={large.steps}
              onCommit={(steps) => put('Load steps', { ...large, steps })}
              onClear={() => {
                const { steps: _before, ...rest } = large;
                put('Load steps: chosen', rest);
              }}
            />
          </Row>
          <Row name="Pressure" field="largeDisplacement.followerPressure" words={parts.followerPressure.words}>
            <Check
              label="turns with its face"
              checked={large.followerPressure ?? false}
              onChange={(checked) => {
                const { followerPressure: _before, ...rest } = large;
                put(
                  checked ? 'Pressure turns with its face' : 'Pressure keeps its direction',
                  checked ? { ...rest, followerPressure: true } : rest,
                );
              }}
            />
          </Row>
        </>
      )}
    </>
  );
}
