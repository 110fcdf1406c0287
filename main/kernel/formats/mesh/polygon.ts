/** Polygons to triangles. */

/**
 * Triangles of a simple polygon in space, as positions within `corners`: ear clipping in the plane of its normal, so that
 * concave outlines come out right. Outlines too long for that are cut into a fan.
 */
export function triangulate(positions: Float64Array | readonly number[], corners: readonly number[]): number[] {
  const n = corners.length;
  if (n === 3) return [0, 1, 2];
  const fan = (): number[] => {
    const out: number[] = [];
    for (let i = 1; i + 1 < n; i++) out.push(0, i, i + 1);
    return out;
  };
  if (n > 1500) return fan();
  let nx = 0;
  let ny = 0;
  let nz = 0;
  for (let i = 0; i < n; i++) {
    const a = 3 * corners[i]!;
    const b = 3 * corners[(i + 1) % n]!;
    nx += (positions[a + 1]! - positions[b + 1]!) * (positions[a + 2]! + positions[b + 2]!);
    ny += (positions[a + 2]! - positions[b + 2]!) * (positions[a]! + positions[b]!);
    nz += (positions[a]! - positions[b]!) * (positions[a + 1]! + positions[b + 1]!);
  }
  const largest = Math.max(Math.abs(nx), Math.abs(ny), Math.abs(nz));
  if (!(largest > 0)) return fan();
  // Dropping the coordinate along which the normal is longest keeps the outline simple; the sign keeps its sense.
  const drop = largest === Math.abs(nx) ? 0 : largest === Math.abs(ny) ? 1 : 2;
  const flip = (drop === 0 ? nx : drop === 1 ? ny : nz) < 0;
  const u = (drop + 1) % 3;
  const v = (drop + 2) % 3;
  const x = corners.map((c) => (flip ? -1 : 1) * positions[3 * c + u]!);
  const y = corners.map((c) => positions[3 * c + v]!);
  const turn = (a: number, b: number, c: number): number =>
    (x[b]! - x[a]!) * (y[c]! - y[a]!) - (y[b]! - y[a]!) * (x[c]! - x[a]!);
  const rest = Array.from({ length: n }, (_, i) => i);
  const out: number[] = [];
  let since = 0;
  for (let i = 0; rest.length > 3 && since <= rest.length; i = (i + 1) % rest.length) {
    const a = rest[(i + rest.length - 1) % rest.length]!;
    const b = rest[i]!;
    const c = rest[(i + 1) % rest.length]!;
    const ear =
      turn(a, b, c) > 0 &&
      !rest.some(
        (p) => p !== a && p !== b && p !== c && turn(a, b, p) >= 0 && turn(b, c, p) >= 0 && turn(c, a, p) >= 0,
      );
    if (ear) {
      out.push(a, b, c);
      rest.splice(i, 1);
      i = i === 0 ? rest.length - 1 : i - 1;
      since = 0;
    } else since++;
  }
  // What is left is a triangle, or an outline that crosses itself, for which any answer is as good.
  for (let i = 1; i + 1 < rest.length; i++) out.push(rest[0]!, rest[i]!, rest[i + 1]!);
  return out;
}
