import { useEffect, useState } from 'react';
import { listInWords, newId } from '../../../main/document/index.ts';
import { type GroupRecord, STUDY_TYPES, type StudyRecord } from '../../../preload/contract/index.ts';
import { edit } from '../../actions/edit.ts';
import { changeType, deleteStudy, editStudy, freshName } from '../../actions/studies.ts';
import { useCommand } from '../../commands/index.ts';
import { groupOf, membersNow, subjectBodies } from '../../geometry/subject.ts';
import { recordOf, recordsOf, selectStudies, useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { useResults } from '../../state/results.ts';
import { partItem, select, useSelection } from '../../state/selection.ts';
import { revealPanel } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Pair, Pairs } from '../../ui/group.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { SurrogateSection } from '../surrogates/surrogate-section.tsx';
import { usesCases } from './cases/case-edits.ts';
import { LoadCases } from './cases/load-cases.tsx';
import { ItemList } from './conditions/item-list.tsx';
import { STUDY_TYPE_WORDS } from './kinds/study-types.ts';
import { BodyMaterials } from './materials/body-materials.tsx';
import { MemberList } from './members/member-list.tsx';
import { SolveBar } from './needs/solve-bar.tsx';
import { MeshControls } from './settings/mesh-controls.tsx';
import { Sensitivities } from './settings/sensitivities.tsx';
import { TypeSettings } from './settings/type-settings.tsx';
import { StudyChoice } from './study-choice.tsx';
import { TypeChoices } from './type-choices.tsx';

/** Studies: what is asked of a part, and the button that answers. */
export function StudiesPanel() {
  const studies = useDocument(selectStudies);
  const activeId = useResults((state) => state.activeStudyId);
  const create = useCommand('study.new');
  const [renaming, setRenaming] = useState(false);
  const study = studies.find(({ id }) => id === activeId) ?? studies[0];

  useEffect(() => {
    if (study && study.id !== activeId) useResults.setState({ activeStudyId: study.id });
  }, [study, activeId]);

  if (!study) {
    return (
      <section className="panel" aria-label="Studies" data-testid="studies">
        <div className="panel-scroll">
          <div className="panel-empty">
            <p>
              A study asks a question of a part, or of several parts together, held here and loaded or heated there.
            </p>
            {!create.enabled && <p className="small">Select a part in the view or in the tree first.</p>}
            <TypeChoices />
          </div>
        </div>
      </section>
    );
  }
  const group = groupOf(study.partId);
  const entries = (): MenuEntry[] => [
    { kind: 'item', label: 'Rename', icon: 'pencil', run: () => setRenaming(true) },
    { kind: 'item', label: 'Duplicate', icon: 'copy', run: () => void duplicate(study) },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Delete',
      icon: 'trash',
      run: () => void deleteStudy(study),
    },
  ];
  return (
    <section className="panel" aria-label="Studies" data-testid="studies">
      <div className="panel-bar">
        {renaming ? (
          <TextField
            label="Name of the study"
            value={study.name}
            autoFocus
            onCommit={(name) => {
              setRenaming(false);
              void editStudy(study.id, `Rename ${study.name}`, (current) => ({ ...current, name }));
            }}
            onCancel={() => setRenaming(false)}
          />
        ) : (
          <StudyChoice study={study} studies={studies} />
        )}
        <Button icon="plus" disabled={!create.enabled} onClick={create.run} title={`${create.title} (${create.keys})`}>
          New
        </Button>
        <MenuButton label="Study: more" entries={entries}>
          <Icon name="more" />
        </MenuButton>
      </div>
      {/* Another study begins with its own groups open or closed. */}
      <div className="panel-scroll" key={`${study.id} ${study.study}`} data-help={`study:${study.study}`}>
        <Subject study={study} />
        {group && <MemberList key={group.id} group={group} />}
        <ItemList study={study} list="restraints" />
        <ItemList study={study} list="loads" />
        {usesCases(study.study) && <LoadCases study={study} />}
        <Connections study={study} />
        <BodyMaterials study={study} />
        <TypeSettings study={study} />
        <MeshControls study={study} />
        {!group && <Sensitivities study={study} />}
        {!group && <SurrogateSection study={study} />}
      </div>
      <SolveBar study={study} />
    </section>
  );
}

/** What is asked, of which part, made of what. */
function Subject({ study }: { study: StudyRecord }) {
  const records = useDocument((state) => state.records);
  const part = records.get(study.partId);
  const group = groupOf(study.partId);
  const material = part?.type === 'part' && part.materialId ? records.get(part.materialId) : undefined;
  return (
    <div className="study-part">
      <Pairs>
        <Pair name="Type" title={STUDY_TYPE_WORDS[study.study].about}>
          <Select
            label="Type of the study"
            testId="study-type"
            value={study.study}
            options={STUDY_TYPES.map((value) => ({ value, label: STUDY_TYPE_WORDS[value].label }))}
            onChange={(type) => void changeType(study, type)}
          />
        </Pair>
        <Pair name={group ? 'Parts' : 'Part'}>
          {part?.type === 'part' || part?.type === 'group' ? (
            <span className="truncate" title={part.name}>
              {part.name}
            </span>
          ) : (
            <span className="field-error">gone</span>
          )}
        </Pair>
        <Pair name="Material">
          <button
            type="button"
            className="link truncate"
            onClick={() => {
              // A material goes to what is selected: to all parts of the study, unless something of it is selected already.
              if (group) selectMembers(group);
              revealPanel('materials');
            }}
            title="Choose a material"
          >
            {group ? materialsInWords(group) : material?.type === 'material' ? material.name : 'Choose…'}
          </button>
        </Pair>
      </Pairs>
      <p className="muted small">{STUDY_TYPE_WORDS[study.study].about}</p>
    </div>
  );
}

function selectMembers(group: GroupRecord): void {
  const members = new Set(membersNow(group).present.map(({ instanceId }) => instanceId));
  const { items } = useSelection.getState();
  if (!items.some(({ instanceId }) => members.has(instanceId))) select([...members].map(partItem));
}

/** `Steel`, `Steel and Brass`, or that some have none. */
function materialsInWords(group: GroupRecord): string {
  const parts = membersNow(group).present.map(({ part }) => part);
  const names = [...new Set(parts.flatMap(({ materialId }) => recordOf('material', materialId)?.name ?? []))];
  const without = parts.some(({ materialId }) => !recordOf('material', materialId));
  if (names.length === 0) return 'Choose…';
  return without ? `${listInWords(names, 2)}; some of none` : listInWords(names, 3);
}

/** Open where there are several bodies to join, or something is joined already. */
function Connections({ study }: { study: StudyRecord }) {
  useGeometry((state) => state.parts);
  const bodies = subjectBodies(study.partId).length;
  const closed = bodies < 2 && (study.connections ?? []).length === 0;
  return <ItemList key={String(closed)} study={study} list="connections" closed={closed} />;
}

async function duplicate(study: StudyRecord): Promise<void> {
  const copy: StudyRecord = { ...study, id: newId('study'), name: freshName(study.name, recordsOf('study')) };
  if (await edit(`Duplicate ${study.name}`, [copy])) useResults.setState({ activeStudyId: copy.id });
}
