/** A wish that is complete as the text of a brief. */
import { Document, isCollection, isMap, isSeq, visit } from 'yaml';
import type { ScenePlace } from './scene-places.ts';
import type { Wish } from './wish.ts';

/** What lies deeper than this is written on one line. */
const FLOW_FROM: Record<string, number> = {
  concepts: 3,
  cases: 2,
  interfaces: 1,
  envelope: 0,
  budget: 0,
  materials: 0,
};

export function briefText(wish: Wish): string {
  const loadCase = wish.load.on ? `${wish.load.on.name} load` : 'load';
  const faces: Record<string, string | string[]> = {};
  const known = wish.start.kind === 'sample' ? interfacesOf(wish.start.file, wish.start.faces) : new Set<string>();
  const placed = (place: ScenePlace): string => {
    if (!known.has(place.name)) faces[place.name] = place.on.length === 1 ? place.on[0]! : place.on;
    return place.name;
  };
  const restraints = wish.held ? [{ on: placed(wish.held), fix: 'all' }] : [];
  const { force_N, pressure, direction, on } = wish.load;
  const load =
    on && (pressure ? { on: placed(on), pressure } : { on: placed(on), force: forceOf(force_N!, direction!) });
  const cases: Record<string, unknown> = {};
  if (load) cases[loadCase] = { restraints, loads: [load] };
  if (wish.limits.some(({ of }) => of === 'vibration')) cases['vibration'] = { type: 'modal', restraints };
  if (load && wish.limits.some(({ of }) => of === 'buckling'))
    cases['buckling'] = { type: 'buckling', restraints, loads: [load] };
  const caseOf = { load: loadCase, vibration: 'vibration', buckling: 'buckling' } as const;
  const aims = wish.aims.map((aim) =>
    aim === 'displacement' ? `minimise max(displacement) in "${loadCase}"` : `minimise ${aim}`,
  );
  const file: Record<string, unknown> = {
    name: wish.noun,
    about: wish.said,
    ...(wish.process ? { process: wish.process } : {}),
    ...(wish.quantity === undefined ? {} : { quantity: wish.quantity }),
    materials: wish.materials,
    ...startOf(wish, faces),
    cases,
    requirements: wish.limits.map(({ text, of }) => (of === 'part' ? text : `${text} in "${caseOf[of]}"`)),
    objective: aims.length === 1 ? aims[0] : aims,
    budget: { minutes: wish.minutes ?? 10, solves: wish.solves ?? 400 },
  };
  return laidOut(file);
}

const forceOf = (size_N: number, direction: readonly number[]): number[] => {
  const length = Math.hypot(...direction);
  return direction.map((each) => (each === 0 ? 0 : Number(((size_N * each) / length).toPrecision(9))));
};

/** Names that a sample's brief has for its places already. */
export const interfacesOf = (file: Record<string, unknown>, faces: Record<string, string[]>): Set<string> =>
  new Set([...Object.keys((file['interfaces'] as object | undefined) ?? {}), ...Object.keys(faces)]);

function startOf({ start, vary }: Wish, faces: Record<string, string | string[]>): Record<string, unknown> {
  if (start.kind === 'part') return { concepts: [{ part: start.name, vary: vary ?? {}, faces }] };
  const { interfaces, envelope, concepts } = start.file as Record<string, unknown>;
  const added = ((concepts as Record<string, unknown>[] | undefined) ?? []).map((concept) => ({
    ...concept,
    ...(vary ? { vary } : {}),
    ...(Object.keys(faces).length > 0 ? { faces: { ...(concept['faces'] as object | undefined), ...faces } } : {}),
  }));
  return {
    ...(interfaces ? { interfaces } : {}),
    ...(envelope ? { envelope } : {}),
    ...(added.length > 0 ? { concepts: added } : {}),
  };
}

/** Block by block, what is small on one line, as people write briefs. */
function laidOut(file: Record<string, unknown>): string {
  const document = new Document(file);
  visit(document, {
    Pair(_key, { key, value }, path) {
      const [root] = path.filter((each) => isMap(each));
      if (root !== document.contents || path.filter(isMap).length !== 1 || !isCollection(value)) return;
      flowFrom(value, FLOW_FROM[String(key)] ?? 9);
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function flowFrom(node: unknown, depth: number): void {
  if (!isCollection(node)) return;
  if (depth <= 0) {
    node.flow = true;
    return;
  }
  for (const item of node.items) flowFrom(isSeq(node) ? item : (item as { value: unknown }).value, depth - 1);
}
