/**
 * A realistic large sketch: a plate with rounded corners, a grid of equal holes and a row of slots, all of it one connected
 * system that a drag of the right edge moves through: its columns stand evenly between the edges.
 */
import { Drawing } from './draw.ts';

export interface PlateSketch {
  sketch: Drawing;
  /** A corner arc's end on the right edge, which is free to move sideways. */
  handle: string;
}

export function perforatedPlate(columns = 18, rows = 13, slots = 8): PlateSketch {
  const d = new Drawing();
  const pitch = 20;
  const [width, height, radius] = [(columns + 1) * pitch, (rows + 4) * pitch, 10];
  const corner = (cx: number, cy: number, from: [number, number], to: [number, number]) => {
    const centre = d.point(cx, cy);
    const start = d.point(cx + from[0] * radius, cy + from[1] * radius);
    const end = d.point(cx + to[0] * radius, cy + to[1] * radius);
    return { centre, start, end, arc: d.arc(centre, start, end) };
  };
  const corners = [
    corner(radius, radius, [-1, 0], [0, -1]),
    corner(width - radius, radius, [0, -1], [1, 0]),
    corner(width - radius, height - radius, [1, 0], [0, 1]),
    corner(radius, height - radius, [0, 1], [-1, 0]),
  ];
  const sides = corners.map((from, i) => d.line(from.end, corners[(i + 1) % 4]!.start));
  sides.forEach((side, i) => {
    d.add({ kind: i % 2 === 0 ? 'horizontal' : 'vertical', a: side });
    d.add({ kind: 'tangent', a: side, b: corners[i]!.arc });
    d.add({ kind: 'tangent', a: side, b: corners[(i + 1) % 4]!.arc });
    if (i > 0) d.add({ kind: 'equal', a: corners[0]!.arc, b: corners[i]!.arc });
  });
  const [, right, , left] = sides as [string, string, string, string];
  d.add({ kind: 'radius', curve: corners[0]!.arc, value: radius });
  d.add({ kind: 'point-on', point: corners[0]!.end, curve: 'x-axis' });
  d.add({ kind: 'point-on', point: corners[0]!.start, curve: 'y-axis' });
  d.add({ kind: 'vertical-distance', a: 'origin', b: corners[2]!.end, value: height });

  // The bottom row is spaced by equal segments of a construction chain from the left edge to the right one.
  const base = d.point(0, 2 * pitch);
  d.add({ kind: 'point-on', point: base, curve: left });
  d.add({ kind: 'vertical-distance', a: 'origin', b: base, value: 2 * pitch });
  const heads: string[] = [];
  let before = base;
  let first = '';
  for (let c = 1; c <= columns + 1; c++) {
    const head = d.point(c * pitch, 2 * pitch);
    const link = d.line(before, head);
    d.add({ kind: 'horizontal', a: link });
    if (first) d.add({ kind: 'equal', a: first, b: link });
    else first = link;
    if (c <= columns) heads.push(head);
    else d.add({ kind: 'point-on', point: head, curve: right });
    before = head;
  }
  const original = d.circle(heads[0]!, 6);
  d.add({ kind: 'diameter', curve: original, value: 12 });
  for (const head of heads.slice(1)) d.add({ kind: 'equal', a: original, b: d.circle(head, 6) });
  let below = heads[0]!;
  for (let r = 1; r < rows; r++) {
    const front = d.point(pitch, (r + 2) * pitch);
    d.add({ kind: 'equal', a: original, b: d.circle(front, 6) });
    d.add({ kind: 'vertical', a: below, b: front });
    d.add({ kind: 'distance', a: below, b: front, value: pitch });
    for (let c = 1; c < columns; c++) {
      const centre = d.point((c + 1) * pitch, (r + 2) * pitch);
      d.add({ kind: 'equal', a: original, b: d.circle(centre, 6) });
      d.add({ kind: 'horizontal', a: front, b: centre });
      d.add({ kind: 'vertical', a: heads[c]!, b: centre });
    }
    below = front;
  }

  let model: string | null = null;
  for (let s = 0; s < slots; s++) {
    const [x, y] = [(2 * s + 1) * pitch, (rows + 2.7) * pitch];
    const [a, b] = [d.point(x, y), d.point(x + pitch, y)];
    const [a1, a2] = [d.point(x, y + 5), d.point(x, y - 5)];
    const [b1, b2] = [d.point(x + pitch, y - 5), d.point(x + pitch, y + 5)];
    const [one, two] = [d.arc(a, a1, a2), d.arc(b, b1, b2)];
    const [low, high] = [d.line(a2, b1), d.line(b2, a1)];
    for (const side of [low, high]) for (const arc of [one, two]) d.add({ kind: 'tangent', a: side, b: arc });
    d.add({ kind: 'horizontal', a: low });
    d.add({ kind: 'equal', a: one, b: two });
    if (model) d.add({ kind: 'equal', a: model, b: one });
    else {
      d.add({ kind: 'radius', curve: one, value: 5 });
      model = one;
    }
    d.add({ kind: 'vertical', a: heads[2 * s]!, b: a });
    d.add({ kind: 'vertical', a: heads[2 * s + 1]!, b });
    d.add({ kind: 'vertical-distance', a, b: corners[2]!.end, value: height - y });
  }
  return { sketch: d, handle: corners[2]!.start };
}
