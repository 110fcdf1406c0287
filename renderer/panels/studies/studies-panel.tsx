import { useEffect, useState } from 'react';
import { newId } from '../../../main/document/index.ts';
import { STUDY_TYPES, type StudyRecord } from '../../../preload/contract/index.ts';
import { edit } from '../../actions/edit.ts';
import { changeType, editStudy, freshName } from '../../actions/studies.ts';
import { useCommand } from '../../commands/index.ts';
import { recordsOf, selectStudies, useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { useResults } from '../../state/results.ts';
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
            <p>A study asks a question of a part, held here and loaded or heated there.</p>
            {!create.enabled && <p className="small">Select a part in the view or in the tree first.</p>}
            <TypeChoices />
          </div>
        </div>
      </section>
    );
  }
  const entries = (): MenuEntry[] => [
    { kind: 'item', label: 'Rename', icon: 'pencil', run: () => setRenaming(true) },
    { kind: 'item', label: 'Duplicate', icon: 'copy', run: () => void duplicate(study) },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Delete',
      icon: 'trash',
      run: () => void edit(`Delete ${study.name}`, [], { remove: [study.id] }),
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
        <ItemList study={study} list="restraints" />
        <ItemList study={study} list="loads" />
        {usesCases(study.study) && <LoadCases study={study} />}
        <Connections study={study} />
        <BodyMaterials study={study} />
        <TypeSettings study={study} />
        <MeshControls study={study} />
        <Sensitivities study={study} />
        <SurrogateSection study={study} />
      </div>
      <SolveBar study={study} />
    </section>
  );
}

/** What is asked, of which part, made of what. */
function Subject({ study }: { study: StudyRecord }) {
  const records = useDocument((state) => state.records);
  const part = records.get(study.partId);
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
        <Pair name="Part">{part?.type === 'part' ? part.name : <span className="field-error">gone</span>}</Pair>
        <Pair name="Material">
          <button
            type="button"
            className="link truncate"
            onClick={() => revealPanel('materials')}
            title="Choose a material"
          >
            {material?.type === 'material' ? material.name : 'Choose…'}
          </button>
        </Pair>
      </Pairs>
      <p className="muted small">{STUDY_TYPE_WORDS[study.study].about}</p>
    </div>
  );
}

/** Open where there are several bodies to join, or something is joined already. */
function Connections({ study }: { study: StudyRecord }) {
  const bodies = useGeometry((state) => state.parts.get(study.partId)?.bodies.length ?? 0);
  const closed = bodies < 2 && (study.connections ?? []).length === 0;
  return <ItemList key={String(closed)} study={study} list="connections" closed={closed} />;
}

async function duplicate(study: StudyRecord): Promise<void> {
  const copy: StudyRecord = { ...study, id: newId('study'), name: freshName(study.name, recordsOf('study')) };
  if (await edit(`Duplicate ${study.name}`, [copy])) useResults.setState({ activeStudyId: copy.id });
}
