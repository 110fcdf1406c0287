/**
 * Outlines for cutting machines as DXF of Release 12 (AC1009, "AutoCAD Release 12 Customization Manual", chapter 11), 1:1 in
 * mm: lines, arcs and circles are exact, everything else is a polyline, because this release has no other curves.
 */
import { ArtificerError } from '../../../../preload/contract/errors.ts';
import { dxfLines } from './dxf-lines.ts';
import type { Box2 } from './projection.ts';

type Point2 = readonly [x_mm: number, y_mm: number];
export type OutlineCurve = { layer?: 'OUTLINE' | 'CONSTRUCTION' } & (
  | { kind: 'line'; from: Point2; to: Point2 }
  /** Counter-clockwise. */
  | { kind: 'arc'; centre: Point2; radius_mm: number; start_rad: number; end_rad: number }
  | { kind: 'circle'; centre: Point2; radius_mm: number }
  | { kind: 'polyline'; points: readonly Point2[]; closed: boolean }
);

const LAYERS = [
  ['0', 7],
  ['OUTLINE', 7],
  ['CONSTRUCTION', 8],
] as const;

/** @throws ArtificerError `export.no-lines`, `export.non-finite-numbers` */
export function writeOutlineDxf(curves: readonly OutlineCurve[]): Uint8Array {
  const box = boxOf(curves);
  const { lines, put, real } = dxfLines(box);
  const point = (code: number, [x, y]: Point2): void => {
    put(code, real(x));
    put(code + 10, real(y));
    put(code + 20, '0.0');
  };
  put(999, 'Artificer, unit mm');
  put(0, 'SECTION');
  put(2, 'HEADER');
  put(9, '$ACADVER');
  put(1, 'AC1009');
  put(9, '$EXTMIN');
  point(10, [box.minX, box.minY]);
  put(9, '$EXTMAX');
  point(10, [box.maxX, box.maxY]);
  put(0, 'ENDSEC');
  put(0, 'SECTION');
  put(2, 'TABLES');
  put(0, 'TABLE');
  put(2, 'LAYER');
  put(70, LAYERS.length);
  for (const [name, colour] of LAYERS) {
    put(0, 'LAYER');
    put(2, name);
    put(70, 0);
    put(62, colour);
    put(6, 'CONTINUOUS');
  }
  put(0, 'ENDTAB');
  put(0, 'ENDSEC');
  put(0, 'SECTION');
  put(2, 'ENTITIES');
  const degrees = (angle_rad: number): string => {
    const turn = (((angle_rad * 180) / Math.PI) % 360) + 360;
    return String(Number((turn % 360).toFixed(9)));
  };
  for (const curve of curves) {
    const layer = curve.layer ?? 'OUTLINE';
    const begin = (kind: string): void => {
      put(0, kind);
      put(8, layer);
    };
    switch (curve.kind) {
      case 'line':
        begin('LINE');
        point(10, curve.from);
        point(11, curve.to);
        break;
      case 'circle':
      case 'arc':
        begin(curve.kind.toUpperCase());
        point(10, curve.centre);
        put(40, real(curve.radius_mm));
        if (curve.kind === 'circle') break;
        put(50, degrees(curve.start_rad));
        put(51, degrees(curve.end_rad));
        break;
      case 'polyline':
        begin('POLYLINE');
        put(66, 1);
        point(10, [0, 0]);
        put(70, curve.closed ? 1 : 0);
        for (const place of curve.points) {
          begin('VERTEX');
          point(10, place);
        }
        begin('SEQEND');
    }
  }
  put(0, 'ENDSEC');
  put(0, 'EOF');
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
}

/** Of arcs that of the whole circle: it only serves to show the drawing. */
function boxOf(curves: readonly OutlineCurve[]): Box2 {
  const points = curves.flatMap((curve): Point2[] => {
    switch (curve.kind) {
      case 'line':
        return [curve.from, curve.to];
      case 'polyline':
        return [...curve.points];
      default: {
        const { centre, radius_mm: r } = curve;
        return [
          [centre[0] - r, centre[1] - r],
          [centre[0] + r, centre[1] + r],
        ];
      }
    }
  });
  if (points.length === 0)
    throw new ArtificerError({
      code: 'export.no-lines',
      category: 'refused',
      message: 'The outline has no curves.',
      hint: 'Choose a face, or a sketch with curves that are not construction geometry.',
    });
  if (!points.flat().every(Number.isFinite))
    throw new ArtificerError({
      code: 'export.non-finite-numbers',
      category: 'fault',
      message: 'A curve of the outline has a point that is not a number.',
    });
  const box: Box2 = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const [x, y] of points) {
    box.minX = Math.min(box.minX, x);
    box.maxX = Math.max(box.maxX, x);
    box.minY = Math.min(box.minY, y);
    box.maxY = Math.max(box.maxY, y);
  }
  return box;
}
