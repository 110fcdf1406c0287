/** Small 3-vector arithmetic on plain tuples. No units: the callers carry them. */
export type Vec3 = [number, number, number];

export const add = (a: Readonly<Vec3>, b: Readonly<Vec3>): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Readonly<Vec3>, b: Readonly<Vec3>): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Readonly<Vec3>, factor: number): Vec3 => [a[0] * factor, a[1] * factor, a[2] * factor];
export const dot = (a: Readonly<Vec3>, b: Readonly<Vec3>): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Readonly<Vec3>, b: Readonly<Vec3>): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const norm = (a: Readonly<Vec3>): number => Math.hypot(a[0], a[1], a[2]);

/** The unit vector along `a`; a zero vector stays zero. */
export function unit(a: Readonly<Vec3>): Vec3 {
  const length = norm(a);
  return length > 0 ? scale(a, 1 / length) : [0, 0, 0];
}

/** The vector at triple `index` of a packed coordinate array. */
export const at = (packed: ArrayLike<number>, index: number): Vec3 => [
  packed[3 * index]!,
  packed[3 * index + 1]!,
  packed[3 * index + 2]!,
];

/** `(1, 2.5, -3)` as a person reads it: four significant digits. */
export const words = (a: Readonly<Vec3>): string => `(${a.map((value) => Number(value.toPrecision(4))).join(', ')})`;

/** Solves the symmetric 3x3 system given as rows; null where it is singular to working precision. */
export function solve3(matrix: readonly number[], right: Readonly<Vec3>): Vec3 | null {
  const [a, b, c, d, e, f, g, h, i] = matrix as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const size = Math.max(...matrix.map(Math.abs));
  if (!(Math.abs(determinant) > 1e-14 * size ** 3)) return null;
  const [x, y, z] = right;
  return [
    (x * (e * i - f * h) - b * (y * i - f * z) + c * (y * h - e * z)) / determinant,
    (a * (y * i - f * z) - x * (d * i - f * g) + c * (d * z - y * g)) / determinant,
    (a * (e * z - y * h) - b * (d * z - y * g) + x * (d * h - e * g)) / determinant,
  ];
}

/** The inverse of a 3x3 matrix given as rows; null where it has none. */
export function inverse3(m: ArrayLike<number>): number[] | null {
  const [a, b, c, d, e, f, g, h, i] = Array.from(m) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!(Math.abs(determinant) > 0)) return null;
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ].map((value) => value / determinant);
}
