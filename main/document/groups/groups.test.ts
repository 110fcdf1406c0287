import { describe, expect, test } from 'vitest';
import type { BodyInfo, Transform, Vector3 } from '../../../preload/contract/geometry.ts';
import type { AnyRecord, GroupRecord } from '../../../preload/contract/records.ts';
import { boxWithBore } from '../box.fixture.ts';
import { instance, part } from '../records.fixture.ts';
import { makePick, resolveReference } from '../references.ts';
import { composeTransforms, rotation, transformPoint, translation } from '../transforms.ts';
import { AssemblyTree } from '../tree.ts';
import { groupBodiesOf, makeMemberPick, resolveInGroup } from './group-bodies.ts';
import { membersOf } from './members.ts';
import { placedInfo } from './placed-body.ts';

const bolt = part('bolt', { name: 'Bolt' });
const plate = part('plate', { name: 'Plate' });
const quarter = rotation([0, 0, 1], Math.PI / 2);
const whole = instance('whole', { name: 'Machine' });
const frame = instance('frame', { name: 'frame', parentId: whole.id, transform: translation([100, 0, 0]) });
const first = instance('first', { name: 'bolt', parentId: frame.id, partId: bolt.id, order: 1 });
const second = instance('second', { name: 'bolt', parentId: frame.id, partId: bolt.id, order: 2, transform: quarter });
const base = instance('base', { name: '', parentId: whole.id, partId: plate.id, order: 3 });
const RECORDS: AnyRecord[] = [bolt, plate, whole, frame, first, second, base];
const members = (group: string[], records = RECORDS) => {
  const record: GroupRecord = { type: 'group', id: 'group_a00000', name: 'a', members: group };
  return membersOf(record, new AssemblyTree(records), new Map(records.map((each) => [each.id, each])));
};

describe('members of a group', () => {
  test('are the placements that its instances stand for, in the order of the tree, called by the way down', () => {
    const { present, gone } = members([base.id, frame.id, first.id]);
    expect(present.map(({ name, part: { id } }) => [name, id])).toEqual([
      ['frame/bolt (1)', bolt.id],
      ['frame/bolt (2)', bolt.id],
      ['Plate', plate.id],
    ]);
    expect(present[1]!.world).toEqual(composeTransforms(translation([100, 0, 0]), quarter));
    expect(gone).toEqual([]);
  });
  test('have the same name whoever else is in the group, and are missed when they are removed', () => {
    expect(members([second.id]).present.map(({ name }) => name)).toEqual(['frame/bolt (2)']);
    const left = RECORDS.filter(({ id }) => id !== second.id);
    expect(members([second.id, base.id], left)).toMatchObject({ gone: [second.id], present: [{ name: 'Plate' }] });
  });
});

describe('a body where its part stands', () => {
  test('looks as the kernel describes it there', () => {
    const shift: Vector3 = [7, -3, 11];
    expect(placedInfo(boxWithBore(), translation(shift), 'box')).toEqual({
      ...boxWithBore([40, 20, 10], shift),
      name: 'box',
    });
  });
  test('is turned with all its directions, its inertia too', () => {
    // The box of 40 x 20 x 10 lies along y afterwards.
    const world = composeTransforms(translation([20, 0, 0]), quarter);
    const inertia_mm5 = [1, 2, 3, 0.1, 0.2, 0.3];
    const own = boxWithBore();
    const info: BodyInfo = { ...own, mass: { ...own.mass, inertia_mm5 } };
    const there = placedInfo(info, world, 'box');
    there.faces.forEach((face, index) => {
      const { centroid_mm, normal } = info.faces[index]!;
      expect(face.centroid_mm).toEqual(transformPoint(world, centroid_mm));
      expect(face.normal![2]).toBe(normal![2]);
    });
    expect(there.box.min.map((each) => Math.round(each))).toEqual([0, 0, 0]);
    expect(there.box.max.map((each) => Math.round(each))).toEqual([20, 40, 10]);
    // What was about x is about y; x has become y and y has become -x.
    [2, 1, 3, -0.1, 0.3, -0.2].forEach((each, index) => {
      expect(there.mass.inertia_mm5![index]).toBeCloseTo(each, 12);
    });
  });
});

describe('a reference on a group', () => {
  const info = boxWithBore();
  const bodies = groupBodiesOf(
    members([frame.id]).present.map((member) => ({
      ...member,
      bodies: [info, boxWithBore([40, 20, 10], [0, 0, 50])],
      names: ['shank', ''],
    })),
  );
  test('is one on the part of its instance, wherever that stands and whoever else is there', () => {
    const reference = makeMemberPick(second.id, [info], 0, 'face', 3);
    const { items } = resolveInGroup(reference, bodies);
    expect(items).toEqual([
      {
        body: 2,
        kind: 'face',
        index: 3,
        instanceId: second.id,
        own: { body: 0, kind: 'face', index: 3 },
      },
    ]);
    const moved = bodies.map((body) => ({ ...body, member: { ...body.member, world: [...quarter] as Transform } }));
    expect(resolveInGroup(reference, moved.slice(2)).items[0]).toMatchObject({ body: 0, instanceId: second.id });
  });
  test('to a whole body has its place among all of them', () => {
    const reference = makeMemberPick(second.id, [info, bodies[1]!.member.bodies[1]!], 1, 'body', 0);
    expect(resolveInGroup(reference, bodies).items).toEqual([
      { body: 3, kind: 'body', index: 3, instanceId: second.id, own: { body: 1, kind: 'body', index: 1 } },
    ]);
  });
  test('by a selector looks through all bodies where they stand, or through those of a name', () => {
    expect(bodies.map(({ name }) => name)).toEqual([
      'frame/bolt (1)/shank',
      'frame/bolt (1)/Body 2',
      'frame/bolt (2)/shank',
      'frame/bolt (2)/Body 2',
    ]);
    // Only what was turned reaches so far along y, and it is the face that was +X.
    const { items } = resolveInGroup({ by: 'selector', selector: 'faces of "shank" >Y' }, bodies);
    expect(items).toMatchObject([{ instanceId: second.id, own: { body: 0, kind: 'face', index: 1 } }]);
  });
  test('is lost where its instance is, and where it names none; a part alone does not take it either', () => {
    const onOther = makeMemberPick(base.id, [info], 0, 'face', 3);
    expect(resolveInGroup(onOther, bodies)).toMatchObject({ items: [], error: { code: 'reference.no-member' } });
    expect(resolveInGroup(makePick([info], 0, 'face', 3), bodies).error!.code).toBe('reference.no-member');
    expect(resolveReference(onOther, [info])).toMatchObject({ items: [], error: { code: 'reference.of-member' } });
  });
});
