/**
 * SVG 1.1 at true size: user units are mm. Line widths and dashes follow ISO 128-2: a visible outline is a wide continuous
 * line, a hidden one a narrow dashed line (dashes of 12 widths, gaps of 3).
 */
import { escapeXml } from '../xml.ts';
import { type Box2, formatter, type Projection, type ProjectionMeta } from './projection.ts';

const WIDE_MM = 0.5;
const NARROW_MM = 0.25;

export function writeSvg(projection: Projection, meta: ProjectionMeta, box: Box2): string {
  const format = formatter(box);
  const size = Math.max(box.maxX - box.minX, box.maxY - box.minY, 1e-6);
  // A part of a few micrometres would vanish under lines of ordinary width.
  const wide = Math.min(WIDE_MM, size / 100);
  const narrow = Math.min(NARROW_MM, size / 200);
  const margin = 4 * wide;
  const width = box.maxX - box.minX + 2 * margin;
  const height = box.maxY - box.minY + 2 * margin;
  // y points down in SVG.
  const path = (polyline: number[][]): string => {
    const first = polyline[0]!;
    const last = polyline[polyline.length - 1]!;
    const closed = polyline.length > 2 && first[0] === last[0] && first[1] === last[1];
    const points = (closed ? polyline.slice(0, -1) : polyline).map(
      ([x, y]) => `${format(x! - box.minX + margin)} ${format(box.maxY - y! + margin)}`,
    );
    return `M${points.join('L')}${closed ? 'Z' : ''}`;
  };
  const group = (id: string, polylines: number[][][], style: string): string[] =>
    polylines.length === 0
      ? []
      : [`<g id="${id}" ${style}>`, ...polylines.map((polyline) => `<path d="${path(polyline)}"/>`), '</g>'];
  const common = 'fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round"';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${format(width)}mm" height="${format(height)}mm" viewBox="0 0 ${format(width)} ${format(height)}">`,
    `<title>${escapeXml(meta.title)}</title>`,
    ...group(
      'hidden',
      projection.hidden,
      `${common} stroke-width="${format(narrow)}" stroke-dasharray="${format(12 * narrow)} ${format(3 * narrow)}"`,
    ),
    ...group('visible', projection.visible, `${common} stroke-width="${format(wide)}"`),
    '</svg>',
    '',
  ].join('\n');
}
