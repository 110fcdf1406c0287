import type { Connection, Load, Restraint, StudyRecord } from '../../../../preload/contract/index.ts';
import { editStudy } from '../../../actions/studies.ts';
import { newItem, withoutItem } from '../../../actions/study-items.ts';
import { groupOf, locateInStudy } from '../../../geometry/subject.ts';
import { conditionPageId, wordsFor } from '../../../help/studies/index.ts';
import { useGeometry } from '../../../state/geometry.ts';
import { useSelection } from '../../../state/selection.ts';
import { setTool, useView } from '../../../state/view.ts';
import { Group } from '../../../ui/group.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { MenuButton } from '../../../ui/menu.tsx';
import {
  belongs,
  describeKind,
  type Item,
  type ItemKind,
  itemsOf,
  type ListName,
  lacksPlaces,
  placesOn,
  sidesOf,
  withItems,
} from '../kinds/lists.ts';
import { addPickedReferences } from '../picked-references.ts';
import { ReferencePicker } from '../reference-picker.tsx';
import { useStudyPanel } from '../study-panel-state.ts';
import { addEntries } from './add-menu.ts';
import { ConnectionEditor } from './connection-editor.tsx';
import { CurveEditor } from './curve-editor.tsx';
import { LoadEditor } from './load-editor.tsx';
import { NotOfThisType } from './not-of-this-type.tsx';
import { RestraintEditor } from './restraint-editor.tsx';
import { StudyItem } from './study-item.tsx';
import { summaryOf } from './summary.ts';

const WORDS: Record<ListName, { title: string; add: string; empty: string }> = {
  restraints: { title: 'Restraints', add: 'Add a restraint', empty: 'Where is the part held? Add a restraint.' },
  loads: { title: 'Loads', add: 'Add a load', empty: 'What acts on the part? Add a load.' },
  connections: {
    title: 'Connections',
    add: 'Add a connection',
    empty: 'What joins the bodies, or makes faces move together? Nothing so far.',
  },
};
const HEAT_WORDS: Partial<Record<ListName, string>> = {
  restraints: 'Where is the temperature known? Add one, or convection.',
  loads: 'Where does heat come in and go out? Add a load.',
};

/** The restraints, loads or connections of a study. */
export function ItemList({ study, list, closed }: { study: StudyRecord; list: ListName; closed?: boolean }) {
  const items = itemsOf(study, list);
  // Whether its places are still there is a question of the part's shape.
  useGeometry((state) => (groupOf(study.partId) ? state.parts : state.parts.get(study.partId)));
  const { title, add: addLabel, empty } = WORDS[list];
  const heatOnly = study.study === 'thermal' || study.study === 'transient-thermal';
  const put = (label: string, change: (items: Item[]) => Item[], coalesce?: string) =>
    editStudy(study.id, label, (now) => withItems(now, list, change(itemsOf(now, list))), coalesce);
  const replace = (item: Item, label: string) =>
    void put(label, (now) => now.map((other) => (other.id === item.id ? item : other)));

  const add = async (kind: ItemKind) => {
    const item = newItem(list, kind, study);
    if (!(await put(`Add ${item.name}`, (now) => [...now, item]))) return;
    useStudyPanel.setState({ openItem: item.id });
    const [first] = sidesOf(list, kind);
    const { accepts, emptyMeansAll } = describeKind(list, kind);
    if (!first || emptyMeansAll) return;
    // What is selected already is what was meant; otherwise picking begins at once.
    const chosen = useSelection.getState().items.filter((one) => one.kind !== 'part' && accepts.includes(one.kind));
    if (chosen.length > 0) return addPickedReferences(study.id, item.id, chosen, first.side);
    const toolTitle = first.title ? `${item.name}: ${first.title.toLowerCase()}` : item.name;
    setTool(
      { kind: 'references', studyId: study.id, itemId: item.id, side: first.side, accepts, title: toolTitle },
      accepts[0]!,
    );
  };

  return (
    <Group
      title={title}
      testId={list}
      {...(closed ? { closed } : {})}
      extra={
        // The heading is a summary: a click on the button must not close it.
        // biome-ignore lint/a11y/noStaticElementInteractions: only stops the click of the button within
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <span className="group-extra" data-study-field={`add-${list}`} onClick={(event) => event.preventDefault()}>
          <MenuButton
            label={addLabel}
            entries={() => addEntries(study.study, list, (kind) => void add(kind))}
            className="icon-button small with-words"
            testId={`add-${list}`}
          >
            <Icon name="plus" size={14} />
            Add
          </MenuButton>
        </span>
      }
    >
      {items.length === 0 && <p className="muted">{(heatOnly && HEAT_WORDS[list]) || empty}</p>}
      <ul className="study-items">
        {items.map((item, index) => {
          const { icon, accepts, about, emptyMeansAll } = describeKind(list, item.kind);
          const foreign = !belongs(study.study, list, item.kind);
          const sides = sidesOf(list, item.kind);
          return (
            <StudyItem
              key={item.id}
              id={item.id}
              name={item.name}
              icon={icon}
              help={conditionPageId(list, item.kind)}
              summary={summaryOf(list, item)}
              suppressed={item.suppressed ?? false}
              incomplete={lacksPlaces(list, item)}
              foreign={foreign}
              lost={sides.some(({ side }) =>
                placesOn(item, side).some((reference) => locateInStudy(reference, study.partId)?.error !== undefined),
              )}
              canMoveUp={index > 0}
              canMoveDown={index < items.length - 1}
              onRename={(name) => replace({ ...item, name }, `Rename ${item.name}`)}
              onSuppress={() =>
                replace(
                  { ...item, suppressed: !item.suppressed },
                  `${item.suppressed ? 'Activate' : 'Suppress'} ${item.name}`,
                )
              }
              onMove={(by) =>
                void put(`Move ${item.name}`, (now) => {
                  const at = now.findIndex(({ id }) => id === item.id);
                  const next = now.filter(({ id }) => id !== item.id);
                  next.splice(at + by, 0, item);
                  return next;
                })
              }
              onRemove={() => {
                const { tool } = useView.getState();
                if (tool.kind === 'references' && tool.itemId === item.id) setTool({ kind: 'select' });
                void editStudy(study.id, `Delete ${item.name}`, (now) => withoutItem(now, list, item.id));
              }}
            >
              {foreign && !item.suppressed && (
                <NotOfThisType
                  type={study.study}
                  onSuppress={() => replace({ ...item, suppressed: true }, `Suppress ${item.name}`)}
                />
              )}
              <p className="muted small study-about">{about}</p>
              {sides.map(({ side, title: sideTitle }) => (
                <ReferencePicker
                  key={side}
                  study={study}
                  itemId={item.id}
                  title={item.name}
                  side={side}
                  sideTitle={sideTitle}
                  on={placesOn(item, side)}
                  accepts={accepts}
                  {...(emptyMeansAll ? { empty: 'In all bodies.' } : {})}
                />
              ))}
              <Editor study={study} list={list} item={item} onChange={replace} />
            </StudyItem>
          );
        })}
      </ul>
    </Group>
  );
}

interface EditorProps {
  study: StudyRecord;
  list: ListName;
  item: Item;
  onChange: (item: Item, label: string) => void;
}

function Editor({ study, list, item, onChange }: EditorProps) {
  if (list === 'restraints') {
    const restraint = item as Restraint;
    return (
      <>
        <RestraintEditor
          restraint={restraint}
          partId={study.partId}
          onChange={(next, what) => onChange(next, `Change ${what} of ${item.name}`)}
        />
        {restraint.kind === 'temperature' && (study.study === 'transient-thermal' || restraint.curve) && (
          <CurveEditor
            load={restraint}
            end_s={study.transient?.end_s ?? 1}
            words={wordsFor('restraints', restraint.kind, 'curve')}
            onChange={(next) => onChange(next, `Change ${item.name}`)}
          />
        )}
      </>
    );
  }
  const put = (next: Item) => onChange(next, `Change ${item.name}`);
  if (list === 'connections')
    return (
      <ConnectionEditor
        connection={item as Connection}
        heat={['thermal', 'transient-thermal', 'thermal-stress'].includes(study.study)}
        onChange={put}
      />
    );
  const load = item as Load;
  return (
    <>
      <LoadEditor load={load} partId={study.partId} onChange={put} />
      {(study.study === 'transient-thermal' || load.curve) && (
        <CurveEditor
          load={load}
          end_s={study.transient?.end_s ?? 1}
          words={wordsFor('loads', load.kind, 'curve')}
          onChange={put}
        />
      )}
    </>
  );
}
