/** Hollows that powder, or support, stays in. */
import type { Shape } from '../../geometry/shape.ts';
import { closedVoids, openness } from '../../geometry/voids.ts';
import { boresOf } from '../common/bores.ts';
import { figure } from '../findings.ts';
import { middleOf, type Task } from '../process.ts';
import type { Build } from './build.ts';

/** Faces that see less of the outside are within a hollow. */
const ENCLOSED = 0.04;

export function applyTrappedPowder({ findings }: Task, shape: Shape, rule: string): void {
  const closed = closedVoids(shape);
  for (const faces of closed)
    findings.apply(rule, shape, {
      measured: 0,
      faces,
      at_mm: middleOf(shape, faces[0]!),
      say: (_, least) =>
        `The hollow is closed: the powder in it can't be taken out. Openings of ${least} are recommended.`,
      fix: (to) => [
        {
          words: `Open it with two holes of ${figure(to)} mm or more.`,
          change: { what: 'diameter', from: null, to, unit: 'mm' },
        },
      ],
    });
  const shut = new Set(closed.flat());
  const open = openness(shape);
  const bores = boresOf(shape);
  const inHoles = new Set(bores.flatMap(({ faces, hole }) => [...faces, ...(hole?.faces ?? [])]));
  const waiting = new Set<number>();
  open.forEach((share, face) => {
    if (share < ENCLOSED && !shut.has(face) && !inHoles.has(face)) waiting.add(face);
  });
  for (const face of [...waiting]) {
    if (!waiting.delete(face)) continue;
    const group = [face];
    for (const each of group)
      for (const { face: other } of shape.neighbours[each]!) if (waiting.delete(other)) group.push(other);
    const beside = new Set(group.flatMap((each) => shape.neighbours[each]!.map(({ face: other }) => other)));
    const mouths = bores.filter(({ faces }) => faces.some((each) => beside.has(each)));
    if (mouths.length === 0) continue;
    const widest = Math.max(...mouths.map(({ diameter_mm }) => diameter_mm));
    findings.apply(rule, shape, {
      measured: widest,
      faces: [...group, ...mouths.flatMap(({ faces }) => faces)],
      at_mm: mouths[0]!.middle_mm,
      say: (measured, least) => `The hollow opens only by a hole of ${measured}; ${least} lets the powder out.`,
      fix: (to) => [
        {
          words: `Widen the hole to ${figure(to)} mm, better two of them.`,
          change: { what: 'diameter', from: widest, to, unit: 'mm' },
        },
      ],
    });
  }
}

/** Support within a closed hollow stays there. */
export function applyTrappedSupport(
  { findings }: Task,
  shape: Shape,
  build: Build,
  bridge_mm: number,
  rule: string,
): void {
  const closed = closedVoids(shape).filter((faces) =>
    build.hanging.some(
      ({ sample, span_mm }) => faces.includes(sample.face) && (span_mm === null || span_mm > bridge_mm),
    ),
  );
  findings.apply(rule, shape, {
    measured: closed.length,
    faces: closed.flat(),
    at_mm: closed[0] ? middleOf(shape, closed[0][0]!) : shape.info.mass.centroid_mm,
    say: () => "The hollow is closed and its ceiling needs support, which can't be taken out.",
    fix: () => [{ words: 'Vault the ceiling at 45 degrees, or open the hollow.' }],
  });
}
