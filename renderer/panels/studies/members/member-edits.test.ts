import { describe, expect, it } from 'vitest';
import { AssemblyTree, membersOf } from '../../../../main/document/index.ts';
import {
  type AnyRecord,
  type GroupRecord,
  IDENTITY_TRANSFORM,
  type InstanceRecord,
} from '../../../../preload/contract/index.ts';
import { groupName, placementsIn, withoutCovered, withoutMember } from './member-edits.ts';

const part: AnyRecord = { type: 'part', id: 'part_bolt00', name: 'Bolt', bodies: [] };
const instance = (key: string, parent: string | null, partId: string | null = part.id): InstanceRecord => ({
  type: 'instance',
  id: `instance_${key}`,
  name: key,
  parentId: parent === null ? null : `instance_${parent}`,
  partId,
  transform: IDENTITY_TRANSFORM,
  order: 0,
});
const RECORDS: AnyRecord[] = [
  part,
  instance('frame1', null, null),
  instance('bolt01', 'frame1'),
  instance('bolt02', 'frame1'),
  instance('plate1', null),
];
const tree = new AssemblyTree(RECORDS);
const lookup = new Map(RECORDS.map((record) => [record.id, record]));
const group = (...members: string[]): GroupRecord => ({ type: 'group', id: 'group_aaaaaa', name: '', members });

describe('members of a group', () => {
  it('are named once: what stands below another one is in it already', () => {
    expect(withoutCovered(['instance_bolt01', 'instance_frame1', 'instance_plate1'], tree)).toEqual([
      'instance_frame1',
      'instance_plate1',
    ]);
    expect(placementsIn(['instance_frame1', 'instance_bolt01', 'instance_gone01'], tree)).toEqual([
      'instance_bolt01',
      'instance_bolt02',
    ]);
  });
  it('can be taken out one by one, also of what holds several; what is gone stays named', () => {
    const all = group('instance_frame1', 'instance_plate1', 'instance_gone01');
    const members = membersOf(all, tree, lookup);
    expect(withoutMember(all, members, 'instance_plate1')).toEqual(['instance_frame1', 'instance_gone01']);
    expect(withoutMember(all, members, 'instance_bolt01')).toEqual([
      'instance_bolt02',
      'instance_plate1',
      'instance_gone01',
    ]);
  });
  it('give it a name that can be read', () => {
    const { present } = membersOf(group('instance_frame1', 'instance_plate1'), tree, lookup);
    expect(groupName(present)).toBe('frame1/bolt01, frame1/bolt02 and plate1');
    expect(groupName([])).toBe('No parts');
  });
});
