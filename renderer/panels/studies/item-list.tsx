import type { Load, Restraint, StudyRecord } from '../../../preload/contract/index.ts';
import { editStudy, newLoad, newRestraint } from '../../actions/studies.ts';
import { locate } from '../../geometry/locate.ts';
import { useGeometry } from '../../state/geometry.ts';
import { useSelection } from '../../state/selection.ts';
import { setTool, useView } from '../../state/view.ts';
import { Group } from '../../ui/group.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { formatCount } from '../../units/format.ts';
import { loadLabel } from '../viewport/annotations.ts';
import { LOADS, RESTRAINTS } from './item-kinds.ts';
import { LoadEditor } from './load-editor.tsx';
import { addPickedReferences } from './picked-references.ts';
import { ReferencePicker } from './reference-picker.tsx';
import { RestraintEditor } from './restraint-editor.tsx';
import { StudyItem } from './study-item.tsx';
import { useStudyPanel } from './study-panel-state.ts';

type ListName = 'restraints' | 'loads';
type Item = Restraint | Load;

const describe = (list: ListName, kind: Item['kind']) =>
  list === 'restraints' ? RESTRAINTS[kind as Restraint['kind']] : LOADS[kind as Load['kind']];

const whereOn = (item: Item): string =>
  !('on' in item) ? 'whole part' : item.on.length === 1 ? '1 place' : `${formatCount(item.on.length)} places`;

/** Replaces one list of the study. */
const withList = (study: StudyRecord, list: ListName, items: Item[]): StudyRecord =>
  list === 'restraints' ? { ...study, restraints: items as Restraint[] } : { ...study, loads: items as Load[] };

/** The restraints or the loads of a study. */
export function ItemList({ study, list }: { study: StudyRecord; list: ListName }) {
  const items: Item[] = study[list];
  // Whether its places are still there is a question of the part's shape.
  useGeometry((state) => state.parts.get(study.partId));
  const title = list === 'restraints' ? 'Restraints' : 'Loads';
  const put = (label: string, next: Item[], coalesce?: string) =>
    editStudy(study.id, label, (current) => withList(current, list, next), coalesce);
  const replace = (item: Item, label: string, coalesce?: string) =>
    void put(
      label,
      items.map((other) => (other.id === item.id ? item : other)),
      coalesce,
    );

  const add = async (kind: Item['kind']) => {
    const item =
      list === 'restraints' ? newRestraint(kind as Restraint['kind'], study) : newLoad(kind as Load['kind'], study);
    if (!(await put(`Add ${item.name}`, [...items, item]))) return;
    useStudyPanel.setState({ openItem: item.id });
    const { accepts } = describe(list, kind);
    if (accepts.length === 0) return;
    // What is selected already is what was meant; otherwise picking begins at once.
    const chosen = useSelection.getState().items.filter((one) => one.kind !== 'part' && accepts.includes(one.kind));
    if (chosen.length > 0) return addPickedReferences(study.id, item.id, chosen);
    setTool({ kind: 'references', studyId: study.id, itemId: item.id, accepts, title: item.name }, accepts[0]!);
  };
  const addEntries = (): MenuEntry[] =>
    Object.entries(list === 'restraints' ? RESTRAINTS : LOADS).map(([kind, { label, icon }]) => ({
      kind: 'item',
      label,
      icon,
      run: () => void add(kind as Item['kind']),
    }));

  return (
    <Group
      title={title}
      testId={list}
      extra={
        // The heading is a summary: a click on the button must not close it.
        // biome-ignore lint/a11y/noStaticElementInteractions: only stops the click of the button within
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <span className="group-extra" onClick={(event) => event.preventDefault()}>
          <MenuButton
            label={list === 'restraints' ? 'Add a restraint' : 'Add a load'}
            entries={addEntries}
            className="icon-button small with-words"
            testId={`add-${list}`}
          >
            <Icon name="plus" size={14} />
            Add
          </MenuButton>
        </span>
      }
    >
      {items.length === 0 && (
        <p className="muted">
          {list === 'restraints' ? 'Where is the part held? Add a restraint.' : 'What acts on the part? Add a load.'}
        </p>
      )}
      <ul className="study-items">
        {items.map((item, index) => {
          const { icon, accepts, about } = describe(list, item.kind);
          return (
            <StudyItem
              key={item.id}
              id={item.id}
              name={item.name}
              icon={icon}
              summary={list === 'loads' ? loadLabel(item as Load) : whereOn(item)}
              suppressed={item.suppressed ?? false}
              incomplete={'on' in item && item.on.length === 0}
              lost={'on' in item && item.on.some((reference) => locate(reference, study.partId)?.error !== undefined)}
              canMoveUp={index > 0}
              canMoveDown={index < items.length - 1}
              onRename={(name) => replace({ ...item, name }, `Rename ${item.name}`)}
              onSuppress={() =>
                replace(
                  { ...item, suppressed: !item.suppressed },
                  `${item.suppressed ? 'Activate' : 'Suppress'} ${item.name}`,
                )
              }
              onMove={(by) => {
                const next = [...items];
                next.splice(index, 1);
                next.splice(index + by, 0, item);
                void put(`Move ${item.name}`, next);
              }}
              onRemove={() => {
                const { tool } = useView.getState();
                if (tool.kind === 'references' && tool.itemId === item.id) setTool({ kind: 'select' });
                void put(
                  `Delete ${item.name}`,
                  items.filter((other) => other.id !== item.id),
                );
              }}
            >
              <p className="muted small study-about">{about}</p>
              {'on' in item && accepts.length > 0 && (
                <ReferencePicker study={study} itemId={item.id} title={item.name} on={item.on} accepts={accepts} />
              )}
              {list === 'restraints' ? (
                <RestraintEditor
                  restraint={item as Restraint}
                  onChange={(next, what) => replace(next, `Change ${what} of ${item.name}`)}
                />
              ) : (
                <LoadEditor load={item as Load} onChange={(next) => replace(next, `Change ${item.name}`)} />
              )}
            </StudyItem>
          );
        })}
      </ul>
    </Group>
  );
}
