import { useEffect, useState } from 'react';
import { newId } from '../../../main/document/index.ts';
import type { StudyRecord } from '../../../preload/contract/index.ts';
import { edit } from '../../actions/edit.ts';
import { editStudy, freshName } from '../../actions/studies.ts';
import { useCommand } from '../../commands/index.ts';
import { recordsOf, selectStudies, useDocument } from '../../state/document.ts';
import { useResults } from '../../state/results.ts';
import { revealPanel } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Pair, Pairs } from '../../ui/group.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { ItemList } from './item-list.tsx';
import { MeshControls } from './mesh-controls.tsx';
import { SolveBar } from './solve-bar.tsx';

/** Studies: what is asked of a part, and the button that answers. */
export function StudiesPanel() {
  const studies = useDocument(selectStudies);
  const activeId = useResults((state) => state.activeStudyId);
  const records = useDocument((state) => state.records);
  const create = useCommand('study.new');
  const [renaming, setRenaming] = useState(false);
  const study = studies.find(({ id }) => id === activeId) ?? studies[0];

  useEffect(() => {
    if (study && study.id !== activeId) useResults.setState({ activeStudyId: study.id });
  }, [study, activeId]);

  if (!study) {
    return (
      <section className="panel" aria-label="Studies" data-testid="studies">
        <div className="panel-empty">
          <p>
            A study asks what happens to a part when it is held here and loaded there. Select a part and create one.
          </p>
          <Button icon="plus" kind="primary" disabled={!create.enabled} onClick={create.run} data-testid="new-study">
            New static study
          </Button>
          {!create.enabled && <p className="small">Select a part in the view or in the tree first.</p>}
        </div>
      </section>
    );
  }
  const part = records.get(study.partId);
  const material = part?.type === 'part' && part.materialId ? records.get(part.materialId) : undefined;
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
          <Select
            label="Study"
            value={study.id}
            options={studies.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => useResults.setState({ activeStudyId: id })}
          />
        )}
        <Button icon="plus" disabled={!create.enabled} onClick={create.run} title={create.title}>
          New
        </Button>
        <MenuButton label="Study: more" entries={entries}>
          <Icon name="more" />
        </MenuButton>
      </div>
      <div className="panel-scroll">
        <div className="study-part">
          <Pairs>
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
        </div>
        <ItemList study={study} list="restraints" />
        <ItemList study={study} list="loads" />
        <MeshControls study={study} />
      </div>
      <SolveBar study={study} />
    </section>
  );
}

async function duplicate(study: StudyRecord): Promise<void> {
  const copy: StudyRecord = { ...study, id: newId('study'), name: freshName(study.name, recordsOf('study')) };
  if (await edit(`Duplicate ${study.name}`, [copy])) useResults.setState({ activeStudyId: copy.id });
}
