import { useEffect, useMemo, useState } from 'react';
import type { Material, MaterialRecord, PartRecord } from '../../../preload/contract/index.ts';
import { assignMaterial, copyMaterial, removeMaterial } from '../../actions/materials.ts';
import { useConnection } from '../../engine/connection.ts';
import { recordOf, recordsOf, selectMaterials, useDocument } from '../../state/document.ts';
import { loadLibrary, useLibrary } from '../../state/library.ts';
import { reportError } from '../../state/messages.ts';
import { selectedInstanceIds, useSelection } from '../../state/selection.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SearchField, Segments, Select } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';
import { placementsIn } from '../studies/members/member-edits.ts';
import { MATERIAL_DRAG_TYPE } from './drag.ts';
import { MaterialCard } from './material-card.tsx';
import { MaterialEditor } from './material-editor.tsx';
import { categoriesOf, findMaterials } from './search.ts';

type Place = 'library' | 'project';

/** The parts that a material would go onto: those selected, or the only one there is. */
function targetParts(instanceIds: string[]): PartRecord[] {
  const { tree } = useDocument.getState();
  const ids = new Set(placementsIn(instanceIds, tree).map((id) => tree.get(id)?.partId));
  const all = recordsOf('part');
  const selected = all.filter(({ id }) => ids.has(id));
  return selected.length > 0 ? selected : all.length === 1 ? all : [];
}

/** The library and the project's own materials; assigned by button, or by dragging onto the model. */
export function MaterialsPanel() {
  const library = useLibrary((state) => state.materials);
  const own = useDocument(selectMaterials);
  const items = useSelection((state) => state.items);
  const records = useDocument((state) => state.records);
  const status = useConnection((state) => state.status);
  const readOnly = useDocument((state) => state.project?.readOnly ?? true);
  const system = useUnits();
  const [place, setPlace] = useState<Place>('library');
  const [words, setWords] = useState('');
  const [category, setCategory] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const [editing, setEditing] = useState<string | null>(null);

  useEffect(() => {
    if (status === 'open') loadLibrary().catch(reportError);
  }, [status]);

  const all: Material[] = place === 'library' ? library : own;
  const found = useMemo(() => findMaterials(all, words, category), [all, words, category]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the records decide which parts there are
  const targets = useMemo(() => targetParts(selectedInstanceIds(items)), [items, records]);
  const targetName = targets.length === 1 ? targets[0]!.name : `${targets.length} parts`;
  const assigned = new Set(targets.map(({ materialId }) => recordOf('material', materialId)?.name));

  return (
    <section className="panel" aria-label="Materials" data-testid="materials">
      <div className="panel-bar">
        <Segments
          label="Which materials"
          value={place}
          onChange={(next) => {
            setPlace(next);
            setCategory('');
          }}
          options={[
            { value: 'library', label: 'Library' },
            { value: 'project', label: `Project ${own.length}` },
          ]}
        />
        <Select
          label="Category"
          value={category}
          options={[{ value: '', label: 'All kinds' }, ...categoriesOf(all).map((value) => ({ value, label: value }))]}
          onChange={setCategory}
        />
      </div>
      <div className="panel-bar">
        <SearchField label="Find a material" value={words} onChange={setWords} testId="material-search" />
      </div>
      <ul className="panel-scroll material-list">
        {found.map((material) => {
          const record = 'id' in material ? (material as MaterialRecord) : undefined;
          // A material of the project stays open while it is renamed.
          const key = record?.id ?? `${material.name} ${material.source}`;
          const isOpen = open === key;
          return (
            <li key={key} className={isOpen ? 'open' : ''}>
              <button
                type="button"
                className="material-row"
                aria-expanded={isOpen}
                draggable
                onDragStart={(event) => event.dataTransfer.setData(MATERIAL_DRAG_TYPE, JSON.stringify(material))}
                onClick={() => setOpen(isOpen ? null : key)}
                onDoubleClick={() => void assignMaterial(material, targets)}
              >
                <Icon name={isOpen ? 'down' : 'right'} size={12} />
                <span className="truncate">{material.name}</span>
                {assigned.has(material.name) && <Icon name="check" size={14} />}
                <span className="muted small number">
                  {formatQuantity(material.properties.young_MPa, 'stress', system, 3)}
                </span>
              </button>
              {isOpen && (
                <>
                  {record && editing === record.id && !readOnly ? (
                    <MaterialEditor material={record} />
                  ) : (
                    <MaterialCard material={material} />
                  )}
                  <div className="material-actions">
                    <Button
                      kind="primary"
                      disabled={targets.length === 0 || readOnly}
                      title={targets.length === 0 ? 'Select a part first' : undefined}
                      onClick={() => void assignMaterial(material, targets)}
                      data-testid="assign-material"
                    >
                      <span className="truncate">
                        {targets.length === 0 ? 'Select a part first' : `Use for ${targetName}`}
                      </span>
                    </Button>
                    {record ? (
                      <>
                        <IconButton
                          icon={editing === record.id ? 'check' : 'pencil'}
                          label={editing === record.id ? 'Done changing it' : 'Change it'}
                          pressed={editing === record.id}
                          disabled={readOnly}
                          onClick={() => setEditing(editing === record.id ? null : record.id)}
                        />
                        <IconButton
                          icon="trash"
                          label="Remove from the project"
                          disabled={readOnly}
                          onClick={() => void removeMaterial(record)}
                        />
                      </>
                    ) : (
                      <IconButton
                        icon="copy"
                        label="Copy into the project to change it"
                        disabled={readOnly}
                        onClick={async () => {
                          const copy = await copyMaterial(material);
                          if (!copy) return;
                          setPlace('project');
                          setCategory('');
                          setWords('');
                          setOpen(copy.id);
                          setEditing(copy.id);
                        }}
                      />
                    )}
                  </div>
                </>
              )}
            </li>
          );
        })}
        {found.length === 0 && (
          <li className="panel-empty">
            {place === 'project' && own.length === 0
              ? 'Materials that parts are made of are kept here with the project.'
              : 'No material is called that.'}
          </li>
        )}
      </ul>
    </section>
  );
}
