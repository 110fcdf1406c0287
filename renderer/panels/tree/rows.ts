/** The assembly tree as the flat list of rows that is drawn. Pure. */
import type { AssemblyTree } from '../../../main/document/index.ts';
import type {
  AnyRecord,
  BodyInfo,
  Colour,
  InstanceRecord,
  PartRecord,
  PartView,
} from '../../../preload/contract/index.ts';

export interface TreeRow {
  /** Unique: the instance's id, or `id#body`. */
  key: string;
  kind: 'assembly' | 'part' | 'body';
  instanceId: string;
  body: number;
  label: string;
  depth: number;
  /** Has rows below it, shown or not. */
  expandable: boolean;
  expanded: boolean;
  hidden: boolean;
  /** Hidden by something above it. */
  hiddenAbove: boolean;
  colour: Colour | undefined;
  bodyKind: BodyInfo['kind'] | undefined;
  /** Parts below an assembly. */
  count: number;
  pending: boolean;
  failed: boolean;
  place: number;
  siblings: number;
}

export interface RowsInput {
  tree: AssemblyTree;
  records: ReadonlyMap<string, AnyRecord>;
  parts: ReadonlyMap<string, PartView>;
  expanded: ReadonlySet<string>;
  /** Lower-case words that all must occur in the name; empty shows everything. */
  filter: string;
}

const nameOf = (instance: InstanceRecord, part: PartRecord | undefined): string =>
  instance.name || part?.name || 'Unnamed';

/** Instances that match or hold something that does, or null when there is no filter. */
function matching({ tree, records, filter }: RowsInput): Set<string> | null {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const found = new Set<string>();
  for (const instance of tree.descendantsOf(null)) {
    const part = instance.partId ? records.get(instance.partId) : undefined;
    const text = `${instance.name} ${part?.type === 'part' ? part.name : ''}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    found.add(instance.id);
    for (const above of tree.ancestorsOf(instance.id)) {
      if (found.has(above.id)) break;
      found.add(above.id);
    }
  }
  return found;
}

export function treeRows(input: RowsInput): TreeRow[] {
  const { tree, records, parts, expanded } = input;
  const shown = matching(input);
  const counts = new Map<string, number>();
  // Children come after their parents in this list: from its end, each count is complete before it is passed upwards.
  for (const instance of [...tree.descendantsOf(null)].reverse()) {
    const own = (counts.get(instance.id) ?? 0) + (instance.partId ? 1 : 0);
    counts.set(instance.id, own);
    if (instance.parentId) counts.set(instance.parentId, (counts.get(instance.parentId) ?? 0) + own);
  }

  const rows: TreeRow[] = [];
  interface Waiting {
    instance: InstanceRecord;
    depth: number;
    hiddenAbove: boolean;
    place: number;
    siblings: number;
  }
  const waiting: Waiting[] = [];
  const push = (parentId: string | null, depth: number, hiddenAbove: boolean) => {
    const children = tree.childrenOf(parentId).filter(({ id }) => !shown || shown.has(id));
    for (let i = children.length - 1; i >= 0; i--) {
      waiting.push({ instance: children[i]!, depth, hiddenAbove, place: i + 1, siblings: children.length });
    }
  };
  push(null, 0, false);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { instance, depth, hiddenAbove, place, siblings } = next;
    const record = instance.partId ? records.get(instance.partId) : undefined;
    const part = record?.type === 'part' ? record : undefined;
    const view = part && parts.get(part.id);
    const children = tree.childrenOf(instance.id).length;
    const bodies = part && part.bodies.length > 1 ? part.bodies.length : 0;
    // A filter opens what it finds things in, without changing what the person had opened.
    const open = shown && children > 0 ? true : expanded.has(instance.id);
    const hidden = instance.hidden ?? false;
    rows.push({
      key: instance.id,
      kind: instance.partId === null ? 'assembly' : 'part',
      instanceId: instance.id,
      body: 0,
      label: nameOf(instance, part),
      depth,
      expandable: children + bodies > 0,
      expanded: open && children + bodies > 0,
      hidden,
      hiddenAbove,
      colour: instance.colour ?? part?.colour ?? part?.bodies[0]?.colour ?? view?.bodies[0]?.info.colour,
      bodyKind: view?.bodies[0]?.info.kind,
      count: counts.get(instance.id) ?? 0,
      pending: part !== undefined && (view === undefined || view.status === 'pending'),
      failed: view?.status === 'failed',
      place,
      siblings,
    });
    if (!open) continue;
    if (bodies > 0 && part) {
      part.bodies.forEach((body, index) => {
        const info = view?.bodies.find((one) => one.index === index)?.info;
        rows.push({
          key: `${instance.id}#${index}`,
          kind: 'body',
          instanceId: instance.id,
          body: index,
          label: body.name || info?.name || `Body ${index + 1}`,
          depth: depth + 1,
          expandable: false,
          expanded: false,
          hidden: body.hidden ?? false,
          hiddenAbove: hiddenAbove || hidden,
          colour: body.colour ?? info?.colour ?? part.colour,
          bodyKind: info?.kind,
          count: 0,
          pending: false,
          failed: false,
          place: index + 1,
          siblings: bodies + children,
        });
      });
    }
    push(instance.id, depth + 1, hiddenAbove || hidden);
  }
  return rows;
}
