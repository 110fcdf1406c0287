/**
 * DXF of Release 12 (AC1009, "AutoCAD Release 12 Customization Manual", chapter 11): the plainest form, which every system
 * opens. Visible and hidden lines lie on layers of their own; the drawing's unit is mm, which this release cannot say.
 */
import { dxfLines } from './dxf-lines.ts';
import type { Box2, Projection, ProjectionMeta } from './projection.ts';

/** Text of Release 12 is ASCII; systems since Release 13 read this escape. Control characters would end the line. */
const escapeDxf = (text: string): string => {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 32 || c === 127) out += ' ';
    else if (c === 94) out += '^ ';
    else if (c < 127) out += text[i];
    else out += `\\U+${c.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return out.trim().slice(0, 250);
};

export function writeDxf(projection: Projection, meta: ProjectionMeta, box: Box2): string {
  const { lines, put, real } = dxfLines(box);
  const point = (code: number, x: number, y: number): void => {
    put(code, real(x));
    put(code + 10, real(y));
    put(code + 20, '0.0');
  };
  const size = Math.max(box.maxX - box.minX, box.maxY - box.minY, 1e-6);
  const textHeight = size / 40;
  const title = escapeDxf(meta.title);

  put(999, 'Artificer, unit mm');
  put(0, 'SECTION');
  put(2, 'HEADER');
  put(9, '$ACADVER');
  put(1, 'AC1009');
  put(9, '$EXTMIN');
  point(10, box.minX, box.minY - (title ? 3 * textHeight : 0));
  put(9, '$EXTMAX');
  point(10, box.maxX, box.maxY);
  put(9, '$LTSCALE');
  put(40, real(Math.max(size / 200, 1e-3)));
  put(0, 'ENDSEC');

  put(0, 'SECTION');
  put(2, 'TABLES');
  put(0, 'TABLE');
  put(2, 'LTYPE');
  put(70, 2);
  lineType(put, 'CONTINUOUS', 'Solid line', []);
  lineType(put, 'HIDDEN', '__ __ __ __', [2, -1]);
  put(0, 'ENDTAB');
  put(0, 'TABLE');
  put(2, 'LAYER');
  put(70, 4);
  for (const [name, colour, type] of [
    ['0', 7, 'CONTINUOUS'],
    ['VISIBLE', 7, 'CONTINUOUS'],
    ['HIDDEN', 8, 'HIDDEN'],
    ['TITLE', 7, 'CONTINUOUS'],
  ] as const) {
    put(0, 'LAYER');
    put(2, name);
    put(70, 0);
    put(62, colour);
    put(6, type);
  }
  put(0, 'ENDTAB');
  put(0, 'TABLE');
  put(2, 'STYLE');
  put(70, 1);
  put(0, 'STYLE');
  put(2, 'STANDARD');
  put(70, 0);
  put(40, '0.0');
  put(41, '1.0');
  put(50, '0.0');
  put(71, 0);
  put(42, '2.5');
  put(3, 'txt');
  put(4, '');
  put(0, 'ENDTAB');
  put(0, 'ENDSEC');

  put(0, 'SECTION');
  put(2, 'ENTITIES');
  for (const [layer, polylines] of [
    ['HIDDEN', projection.hidden],
    ['VISIBLE', projection.visible],
  ] as const) {
    for (const polyline of polylines) entity(put, point, layer, polyline);
  }
  if (title !== '') {
    put(0, 'TEXT');
    put(8, 'TITLE');
    point(10, box.minX, box.minY - 2.5 * textHeight);
    put(40, real(textHeight));
    put(1, title);
  }
  put(0, 'ENDSEC');
  put(0, 'EOF');
  return `${lines.join('\r\n')}\r\n`;
}

type Put = (code: number, value: string | number) => void;

function lineType(put: Put, name: string, description: string, dashes: number[]): void {
  put(0, 'LTYPE');
  put(2, name);
  put(70, 0);
  put(3, description);
  put(72, 65);
  put(73, dashes.length);
  put(40, `${dashes.reduce((sum, dash) => sum + Math.abs(dash), 0)}.0`);
  for (const dash of dashes) put(49, `${dash}.0`);
}

function entity(
  put: Put,
  point: (code: number, x: number, y: number) => void,
  layer: string,
  polyline: number[][],
): void {
  const first = polyline[0]!;
  const last = polyline[polyline.length - 1]!;
  if (polyline.length === 2) {
    put(0, 'LINE');
    put(8, layer);
    point(10, first[0]!, first[1]!);
    point(11, last[0]!, last[1]!);
    return;
  }
  const closed = first[0] === last[0] && first[1] === last[1];
  put(0, 'POLYLINE');
  put(8, layer);
  put(66, 1);
  point(10, 0, 0);
  put(70, closed ? 1 : 0);
  for (const [x, y] of closed ? polyline.slice(0, -1) : polyline) {
    put(0, 'VERTEX');
    put(8, layer);
    point(10, x!, y!);
  }
  put(0, 'SEQEND');
  put(8, layer);
}
