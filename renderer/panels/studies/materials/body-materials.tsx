import type { MaterialAxes, StudyRecord } from '../../../../preload/contract/index.ts';
import { editStudy } from '../../../actions/studies.ts';
import { subjectBodies } from '../../../geometry/subject.ts';
import { SETTING_HELP } from '../../../help/studies/index.ts';
import { recordOf, selectMaterials, useDocument } from '../../../state/document.ts';
import { useGeometry } from '../../../state/geometry.ts';
import { revealPanel } from '../../../state/ui.ts';
import { point } from '../../../state/view.ts';
import { Button } from '../../../ui/button.tsx';
import { Check, Select, VectorField } from '../../../ui/fields.tsx';
import { Group } from '../../../ui/group.tsx';
import { ofBody, type WhichBody, withBody } from './body-edits.ts';

const AS_PART = '';
const PRINCIPAL: MaterialAxes = { first: [1, 0, 0], second: [0, 1, 0] };

/** Which body is of what, and how the axes of direction-dependent materials lie. Shown where there is anything to choose. */
export function BodyMaterials({ study }: { study: StudyRecord }) {
  useGeometry((state) => state.parts);
  const materials = useDocument(selectMaterials);
  useDocument((state) => state.records);
  const shownOn = useDocument((state) => state.placements.get(study.partId)?.[0]);
  const solids = subjectBodies(study.partId).filter(({ info }) => info.kind === 'solid');
  const materialOfPart = (partId: string) => recordOf('material', recordOf('part', partId)?.materialId);
  const directed = solids.some((body) => {
    const own = ofBody(study, body);
    return own?.axes || (recordOf('material', own?.materialId) ?? materialOfPart(body.partId))?.properties.orthotropic;
  });
  if (solids.length < 2 && !directed && !study.bodyMaterials) return null;
  const put = (body: WhichBody, name: string, materialId: string | undefined, axes: MaterialAxes | undefined) =>
    void editStudy(study.id, `Material of ${name}`, (now) => withBody(now, body, materialId, axes));

  return (
    <Group title="Materials of bodies" closed={!study.bodyMaterials && !directed} testId="body-materials">
      <div data-study-field="bodyMaterials" data-help="study:materials" title={SETTING_HELP.bodyMaterials.words}>
        <ul className="body-materials">
          {solids.map((solid) => {
            const { index, name, body } = solid;
            const own = ofBody(study, solid);
            const ofPart = materialOfPart(solid.partId);
            const material = recordOf('material', own?.materialId) ?? ofPart;
            const gone = own?.materialId !== undefined && !recordOf('material', own.materialId);
            const instanceId = solid.instanceId ?? shownOn;
            const light = () => instanceId && point([{ instanceId, kind: 'body', body, index: 0 }]);
            return (
              <li key={index} onPointerEnter={light} onPointerLeave={() => point(null)}>
                <div className="study-line">
                  <span className="truncate grow">{name}</span>
                  <Select
                    label={`Material of ${name}`}
                    value={own?.materialId ?? AS_PART}
                    options={[
                      { value: AS_PART, label: ofPart ? `as the part: ${ofPart.name}` : 'as the part: none yet' },
                      ...materials.map(({ id, name: label }) => ({ value: id, label })),
                      ...(gone ? [{ value: own.materialId!, label: 'a material that is gone' }] : []),
                    ]}
                    onChange={(id) => put(solid, name, id === AS_PART ? undefined : id, own?.axes)}
                  />
                </div>
                {(material?.properties.orthotropic || own?.axes) && (
                  <Axes name={name} axes={own?.axes} onChange={(axes) => put(solid, name, own?.materialId, axes)} />
                )}
              </li>
            );
          })}
        </ul>
        <Button kind="quiet small" icon="material" onClick={() => revealPanel('materials')}>
          More materials
        </Button>
      </div>
    </Group>
  );
}

interface AxesProps {
  name: string;
  axes: MaterialAxes | undefined;
  onChange: (axes: MaterialAxes | undefined) => void;
}

function Axes({ name, axes, onChange }: AxesProps) {
  return (
    <div className="body-axes">
      <Check
        label="Own directions of the material’s axes"
        checked={axes !== undefined}
        onChange={(checked) => onChange(checked ? PRINCIPAL : undefined)}
      />
      {axes ? (
        <>
          <p className="field-heading">Axis 1 along</p>
          <VectorField
            label={`Axis 1 of ${name}`}
            quantity="none"
            value={axes.first}
            onCommit={(first) => onChange({ ...axes, first })}
          />
          <p className="field-heading">Axis 2 towards</p>
          <VectorField
            label={`Axis 2 of ${name}`}
            quantity="none"
            value={axes.second}
            onCommit={(second) => onChange({ ...axes, second })}
          />
        </>
      ) : (
        <p className="muted small">1, 2, 3 lie along X, Y, Z.</p>
      )}
    </div>
  );
}
