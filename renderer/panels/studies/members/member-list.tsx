import type { GroupRecord } from '../../../../preload/contract/index.ts';
import { edit } from '../../../actions/edit.ts';
import { membersNow } from '../../../geometry/subject.ts';
import { useDocument } from '../../../state/document.ts';
import { useGeometry } from '../../../state/geometry.ts';
import { partItem, select, selectedInstanceIds, useSelection } from '../../../state/selection.ts';
import { point } from '../../../state/view.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Group } from '../../../ui/group.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { formatCount } from '../../../units/format.ts';
import { groupName, placementsIn, withoutCovered, withoutMember } from './member-edits.ts';

/** Which parts of the assembly a study is of: those that were removed are named, others can be added or taken out. */
export function MemberList({ group }: { group: GroupRecord }) {
  useDocument((state) => state.records);
  useGeometry((state) => state.parts);
  const tree = useDocument((state) => state.tree);
  const items = useSelection((state) => state.items);
  const members = membersNow(group);
  const { present, gone } = members;
  const inside = new Set(present.map(({ instanceId }) => instanceId));
  const chosen = selectedInstanceIds(items);
  const outside = placementsIn(chosen, tree).filter((id) => !inside.has(id));
  const put = (label: string, ids: string[]) => {
    const next = { ...group, members: withoutCovered(ids, tree) };
    void edit(label, [{ ...next, name: groupName(membersNow(next).present) }]);
  };
  const many = present.length > 8 && gone.length === 0;
  return (
    <Group title={`Parts · ${formatCount(present.length)}`} testId="study-members" closed={many}>
      <ul className="members" data-study-field="members" data-help="study:assembly">
        {gone.map((id) => (
          <li key={id} className="study-line">
            <Icon name="warning" size={14} />
            <span className="truncate grow field-error">Not in the assembly any more</span>
            <IconButton
              small
              icon="close"
              label="Take out what is gone"
              onClick={() =>
                put(
                  'Take out a part that is gone',
                  group.members.filter((other) => other !== id),
                )
              }
            />
          </li>
        ))}
        {present.map(({ instanceId, name }) => (
          <li
            key={instanceId}
            className="study-line"
            onPointerEnter={() => point([partItem(instanceId)])}
            onPointerLeave={() => point(null)}
          >
            <Icon name="part" size={14} />
            <button
              type="button"
              className="link truncate grow member"
              title="Select it"
              onClick={() => select([partItem(instanceId)])}
            >
              {name}
            </button>
            <IconButton
              small
              icon="close"
              label={`Take out ${name}`}
              onClick={() => {
                point(null);
                put(`Take ${name.slice(0, 60)} out of the study`, withoutMember(group, members, instanceId));
              }}
            />
          </li>
        ))}
      </ul>
      {outside.length > 0 && (
        <Button
          kind="quiet small"
          icon="plus"
          onClick={() => put('Add parts to the study', [...group.members, ...withoutCovered(chosen, tree)])}
        >
          Add the selected ({formatCount(outside.length)})
        </Button>
      )}
    </Group>
  );
}
