import { describe, expect, it } from 'vitest';
import { AssemblyTree } from '../../../main/document/index.ts';
import {
  type AnyRecord,
  IDENTITY_TRANSFORM,
  type InstanceRecord,
  type PartRecord,
} from '../../../preload/contract/index.ts';
import { treeRows } from './rows.ts';

const instance = (id: string, parentId: string | null, partId: string | null, more = {}): InstanceRecord => ({
  type: 'instance',
  id,
  name: id,
  parentId,
  partId,
  transform: IDENTITY_TRANSFORM,
  order: 0,
  ...more,
});
const part = (id: string, bodies: number): PartRecord => ({
  type: 'part',
  id,
  name: `Name of ${id}`,
  sourceId: 's',
  sourceKey: '1',
  bodies: Array.from({ length: bodies }, (_, i) => ({ name: `Body ${i}` })),
});

const records: AnyRecord[] = [
  part('bolt', 1),
  part('housing', 2),
  instance('root', null, null),
  instance('sub', 'root', null, { hidden: true }),
  instance('bolt:1', 'sub', 'bolt'),
  instance('bolt:2', 'sub', 'bolt', { order: 1 }),
  instance('housing:1', 'root', 'housing', { order: 1, name: '' }),
];
const rowsOf = (expanded: string[], filter = '') =>
  treeRows({
    tree: new AssemblyTree(records),
    records: new Map(records.map((record) => [record.id, record])),
    parts: new Map(),
    expanded: new Set(expanded),
    filter,
  });

describe('assembly tree rows', () => {
  it('shows roots, closed, with the number of parts below', () => {
    const [root, ...rest] = rowsOf([]);
    expect(rest).toHaveLength(0);
    expect(root).toMatchObject({ key: 'root', kind: 'assembly', count: 3, expandable: true, expanded: false });
  });
  it('shows children in order under what is open, and bodies where there are several', () => {
    const rows = rowsOf(['root', 'sub', 'housing:1']);
    expect(rows.map(({ key, depth }) => [key, depth])).toEqual([
      ['root', 0],
      ['sub', 1],
      ['bolt:1', 2],
      ['bolt:2', 2],
      ['housing:1', 1],
      ['housing:1#0', 2],
      ['housing:1#1', 2],
    ]);
    expect(rows[2]).toMatchObject({ hidden: false, hiddenAbove: true, place: 1, siblings: 2 });
  });
  it('names an instance without a name after its part', () => {
    expect(rowsOf(['root']).at(-1)?.label).toBe('Name of housing');
  });
  it('finds by words of instance and part, with everything above', () => {
    expect(rowsOf([], 'bolt:2').map(({ key }) => key)).toEqual(['root', 'sub', 'bolt:2']);
    expect(rowsOf([], 'HOUSING name').map(({ key }) => key)).toEqual(['root', 'housing:1']);
    expect(rowsOf([], 'nothing')).toEqual([]);
  });
  it('lists ten thousand instances without holding the window up', () => {
    const many: AnyRecord[] = [part('bolt', 1), instance('root', null, null)];
    for (let i = 0; i < 10_000; i++) many.push(instance(`i${i}`, 'root', 'bolt', { order: i }));
    const input = {
      tree: new AssemblyTree(many),
      records: new Map(many.map((record) => [record.id, record])),
      parts: new Map(),
      expanded: new Set(['root']),
      filter: '',
    };
    const before = performance.now();
    expect(treeRows(input)).toHaveLength(10_001);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
