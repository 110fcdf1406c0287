/** The part script of a drawn shape: its profile extruded, pads raised, bores drilled, with names for what may be changed. */
import { type Frame, PLANE } from '../frame.ts';
import { arcOf, directions, turned } from '../outline/biarc.ts';
import type { Bore, Pad, Regions } from '../regions.ts';
import type { DrawnLoop, DrawnPiece, Point2, ShapeRequest } from '../types.ts';

const BODY = 'body';

export interface WrittenShape {
  script: string;
  faces: Record<string, string[]>;
}

/** How far windows may shrink and grow. */
export interface WindowRange {
  minimum: number;
  maximum: number;
}

export function writeShape(
  request: ShapeRequest,
  frame: Frame,
  regions: Regions,
  outlines: readonly DrawnLoop[],
  windows: readonly WindowRange[],
): WrittenShape {
  const { bottom } = regions;
  const depth = regions.top - bottom;
  const bores = byInterface(regions.bores);
  const faces: Record<string, string[]> = {};
  const idOf = idsOf(regions);
  const ids = [...idOf];
  for (const { of } of regions.faces) faces[of] = [`${idOf.get(BODY)}/side(${of})`];
  for (const { of } of regions.pads) faces[of] = [`${idOf.get(of)}/end`];
  for (const [of, own] of bores) faces[of] = own.map((_, i) => `${idOf.get(of)}/wall(${pointName(i)})`);

  const lines: string[] = [
    "import { part } from 'artificer';",
    '',
    'export default part(',
    `  ${quoted(request.name)},`,
    `  { about: ${quoted(about(request))}, ids: { ${ids.map(([name, id]) => `${quoted(name)}: ${quoted(id)}`).join(', ')} } },`,
    '  (p) => {',
    `  const depth = p.length('depth', ${quoted(mm(depth))}, ${range(0.4 * depth, depth, 'Along the milling direction')});`,
  ];
  for (const [of, own] of bores) {
    const { radius, land } = own[0]!;
    const options = range(
      Math.max(1.2 * radius, 0.5),
      2 * radius + land,
      `Of ${own.length === 1 ? 'the bore' : 'each bore'} ${of}`,
    );
    lines.push(
      `  const ${variableOf(of)} = p.length(${quoted(`${variableName(of)}_diameter`)}, ${quoted(mm(2 * radius))}, ${options});`,
    );
  }
  for (const [i, { minimum, maximum }] of windows.entries())
    lines.push(
      `  const window${i + 1} = p.length('window_${i + 1}', '0 mm', ${range(minimum, maximum, 'Material added all around this window')});`,
    );
  if (request.material.name !== undefined) lines.push(`  p.material(${quoted(request.material.name)});`);
  if (windows.length > 0)
    lines.push(
      '',
      '  /** Points of windows: x, y and the direction away from the material, degrees. */',
      '  const moved =',
      '    (by: { value: number }) =>',
      '    (x: number, y: number, angle: number): [number, number] => {',
      '      const turn = (angle * Math.PI) / 180;',
      '      return [x + by.value * Math.cos(turn), y + by.value * Math.sin(turn)];',
      '    };',
    );
  lines.push(
    '',
    `  const profile = p.sketch('profile', { plane: '${PLANE[frame.direction]}', offset: ${number(bottom)} }, (s) => {`,
  );
  for (const [i, loop] of outlines.entries()) {
    if (i > 0) lines.push(`    const at${i} = moved(window${i});`);
    lines.push(...outlineLines(loop, i));
  }
  lines.push('  });', `  p.extrude('${BODY}', profile, { distance: depth });`);
  for (const pad of regions.pads) lines.push(...padLines(pad, frame, bottom));
  for (const [of, own] of bores) lines.push(...boreLines(of, own, frame, bottom, frame.top - regions.top));
  const [head, body] = [lines.slice(0, 6), lines.slice(6)];
  const indented = body.map((line) => (line === '' ? '' : `  ${line}`));
  return { script: [...head, ...indented, '  },', ');', ''].join('\n'), faces };
}

/**
 * Ids of features, of which names of faces are made: by the interface, and known without running the script. Ids have letters
 * and digits only, so a number tells apart what differs by other signs.
 */
function idsOf({ bores, pads }: Regions): Map<string, string> {
  const names = [BODY, ...new Set([...pads, ...bores].map(({ of }) => of))];
  return new Map(names.map((name, i) => [name, `feature_shape${i}${name.replace(/[-_]/g, '').slice(0, 24)}`]));
}

const about = ({ interfaces, loadCases }: ShapeRequest): string =>
  `Material between ${interfaces.map(({ name }) => name).join(', ')}, as stiff as possible under ${loadCases.map(({ name }) => name).join(', ')}; milled from one direction.`;

const mm = (value: number): string => `${number(value)} mm`;
const number = (value: number): string => String(Number(value.toFixed(4)) + 0);
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/[\n\r\u2028\u2029]/g, ' ')}'`;
const range = (minimum: number, maximum: number, note: string): string =>
  `{ minimum: ${quoted(mm(minimum))}, maximum: ${quoted(mm(maximum))}, note: ${quoted(note)} }`;
const variableName = (name: string): string => name.replace(/-/g, '_');
const variableOf = (name: string): string =>
  `${name.replace(/[-_]+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase()).replace(/[-_]/g, '')}Diameter`;
const pointName = (index: number): string => `point${index + 1}`;

function byInterface(bores: readonly Bore[]): Map<string, Bore[]> {
  const groups = new Map<string, Bore[]>();
  for (const bore of bores) {
    const known = groups.get(bore.of);
    if (known) known.push(bore);
    else groups.set(bore.of, [bore]);
  }
  return groups;
}

/** A chain of pieces that closes on its own beginning. The first loop has plain points, windows may be moved. */
function outlineLines({ pieces }: DrawnLoop, index: number): string[] {
  const place = (point: Point2, normal: Point2): string => {
    const [x, y] = [number(point[0]), number(point[1])];
    if (index === 0) return `[${x}, ${y}]`;
    const angle = (Math.atan2(normal[1], normal[0]) * 180) / Math.PI;
    return `at${index}(${x}, ${y}, ${number(angle)})`;
  };
  const name = `outline${index === 0 ? '' : index}`;
  const first = pieces[0]!;
  const lines = [`    const ${name} = s.outline(${place(first.from, jointNormal(pieces.at(-1)!, first))});`];
  for (const [i, piece] of pieces.entries()) {
    const last = i === pieces.length - 1;
    const to = last ? `${name}.start` : place(piece.to, jointNormal(piece, pieces[i + 1]!));
    const options = piece.face === undefined ? '' : `, { id: ${quoted(piece.face)} }`;
    if (piece.through)
      lines.push(`    ${name}.arcThrough(${place(piece.through, arcNormal(piece))}, ${to}${options});`);
    else lines.push(`    ${name}.lineTo(${to}${options});`);
  }
  return lines;
}

/** Away from the material, which lies on the left. */
const rightOf = (direction: Point2): Point2 => turned(direction, -Math.PI / 2);
function jointNormal(before: DrawnPiece, after: DrawnPiece): Point2 {
  const [a, b] = [directions(before).end, directions(after).begin];
  return rightOf([a[0] + b[0], a[1] + b[1]]);
}
function arcNormal(piece: DrawnPiece): Point2 {
  const arc = arcOf(piece)!;
  const sign = arc.left ? 1 : -1;
  return [sign * (piece.through![0] - arc.centre[0]), sign * (piece.through![1] - arc.centre[1])];
}

function padLines({ of, centre, radius, raised, side }: Pad, frame: Frame, bottom: number): string[] {
  const offset = side === 'top' ? quoted(`${number(bottom)} mm + depth`) : number(bottom);
  const direction = side === 'top' ? '' : ", direction: 'reverse'";
  return [
    '',
    `  const ${variableOf(of).replace(/Diameter$/, 'Pad')} = p.sketch('${of}-outline', { plane: '${PLANE[frame.direction]}', offset: ${offset} }, (s) => {`,
    `    s.circle([${number(centre[0])}, ${number(centre[1])}], ${number(radius)});`,
    '  });',
    `  p.extrude('${of}', ${variableOf(of).replace(/Diameter$/, 'Pad')}, { distance: ${quoted(mm(raised))}, operation: 'add'${direction} });`,
  ];
}

function boreLines(of: string, bores: readonly Bore[], frame: Frame, bottom: number, above: number): string[] {
  const places = variableOf(of).replace(/Diameter$/, 'Places');
  const offset = quoted(`${number(bottom + above)} mm + depth`);
  return [
    '',
    `  const ${places} = p.sketch('${of}-places', { plane: '${PLANE[frame.direction]}', offset: ${offset} }, (s) => {`,
    ...bores.map(
      ({ centre }, i) => `    s.point([${number(centre[0])}, ${number(centre[1])}], { id: '${pointName(i)}' });`,
    ),
    '  });',
    `  p.hole('${of}', ${places}, { diameter: ${variableOf(of)} });`,
  ];
}
