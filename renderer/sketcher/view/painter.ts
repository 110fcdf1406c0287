/**
 * Draws a sketch on a canvas over the model. Curves of one colour are one path, and so are their marks: a picture takes a few
 * calls for each colour, however much there is in it.
 */

import { SKETCH_COLOURS, type SketchColours } from './colours.ts';
import { paintDimensions } from './dimension-painter.ts';
import { fontOf } from './font.ts';
import { arcAngles, arcRadius, type LiveCurve, splineSamples } from './geometry.ts';
import { drawGlyphs, GLYPH, type PlacedGlyph } from './glyphs.ts';
import { paintGrid } from './grid.ts';
import type { Hits, Picture } from './picture.ts';
import { type Projection, toScreen } from './projection.ts';

const CURVE_WIDTH = 1.6;

/** Adds a curve to the context's path. */
export function traceCurve(context: CanvasRenderingContext2D, curve: LiveCurve, view: Projection): void {
  const { a, b, c, d, e, f, upright } = view;
  switch (curve.kind) {
    case 'line': {
      const { start, end } = curve;
      context.moveTo(a * start.x + c * start.y + e, b * start.x + d * start.y + f);
      context.lineTo(a * end.x + c * end.y + e, b * end.x + d * end.y + f);
      return;
    }
    case 'circle':
    case 'arc': {
      const radius = curve.kind === 'circle' ? curve.radius : arcRadius(curve);
      const [from, to] = curve.kind === 'circle' ? [0, 2 * Math.PI] : arcAngles(curve);
      traceEllipse(context, view, curve.centre.x, curve.centre.y, radius, radius, 0, from, to);
      return;
    }
    case 'ellipse': {
      const { centre, major, radius } = curve;
      const [dx, dy] = [major.x - centre.x, major.y - centre.y];
      traceEllipse(context, view, centre.x, centre.y, Math.hypot(dx, dy), radius, Math.atan2(dy, dx), 0, 2 * Math.PI);
      return;
    }
    case 'spline': {
      const samples = splineSamples(curve);
      samples.forEach(([x, y], index) => {
        const [px, py] = [a * x + c * y + e, b * x + d * y + f];
        if (index === 0) context.moveTo(px, py);
        else context.lineTo(px, py);
      });
      return;
    }
  }
  void upright;
}

/** The plane may be seen at a slant: then a circle is an ellipse, which many short pieces draw well enough. */
function traceEllipse(
  context: CanvasRenderingContext2D,
  view: Projection,
  x: number,
  y: number,
  rx: number,
  ry: number,
  tilt: number,
  from: number,
  to: number,
): void {
  const [sx, sy] = toScreen(view, x, y);
  const straight = Math.abs(view.a * view.c + view.b * view.d) < 1e-6 * view.scale * view.scale;
  const even = Math.abs(Math.hypot(view.c, view.d) - view.scale) < 1e-6 * view.scale;
  if (straight && even) {
    const turn = Math.atan2(view.b, view.a);
    const way = view.upright ? -1 : 1;
    const begin = way * from;
    const end = way * to;
    const angle = turn + way * tilt;
    context.moveTo(
      sx + view.scale * (rx * Math.cos(begin) * Math.cos(angle) - ry * Math.sin(begin) * Math.sin(angle)),
      sy + view.scale * (rx * Math.cos(begin) * Math.sin(angle) + ry * Math.sin(begin) * Math.cos(angle)),
    );
    context.ellipse(sx, sy, Math.abs(rx * view.scale), Math.abs(ry * view.scale), angle, begin, end, view.upright);
    return;
  }
  const steps = 72;
  for (let k = 0; k <= steps; k++) {
    const t = from + ((to - from) * k) / steps;
    const [u, v] = [rx * Math.cos(t), ry * Math.sin(t)];
    const [px, py] = toScreen(
      view,
      x + u * Math.cos(tilt) - v * Math.sin(tilt),
      y + u * Math.sin(tilt) + v * Math.cos(tilt),
    );
    if (k === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
}

/** The colour that says how an entity is held. */
function colourOf(id: string, projected: boolean, picture: Picture, colours: SketchColours): string {
  if (picture.selection.has(id)) return colours.selected;
  if (picture.hovered === id) return colours.hovered;
  if (picture.conflicted.has(id)) return colours.conflicting;
  if (picture.redundant.has(id)) return colours.redundant;
  if (projected) return colours.projected;
  if (!picture.diagnosis || picture.diagnosis.free.has(id)) return colours.free;
  return colours.fixed;
}

export function paint(context: CanvasRenderingContext2D, picture: Picture): Hits {
  const colours = SKETCH_COLOURS[picture.theme];
  context.setTransform(picture.ratio, 0, 0, picture.ratio, 0, 0);
  context.clearRect(0, 0, picture.width, picture.height);
  paintRegions(context, picture, colours);
  paintCurves(context, picture, colours);
  paintPreview(context, picture, colours);
  paintPoints(context, picture, colours);
  const labels = paintDimensions(context, picture, colours);
  const glyphs = paintGlyphs(context, picture, colours);
  paintEnds(context, picture, colours);
  paintPointer(context, picture, colours);
  return { glyphs, labels };
}

/** The sheet beneath: a veil over the model, squares and axes. It changes with the view alone. */
export function paintSheet(context: CanvasRenderingContext2D, picture: Picture): void {
  const colours = SKETCH_COLOURS[picture.theme];
  context.setTransform(picture.ratio, 0, 0, picture.ratio, 0, 0);
  context.clearRect(0, 0, picture.width, picture.height);
  context.fillStyle = colours.veil;
  context.fillRect(0, 0, picture.width, picture.height);
  paintGrid(context, picture, colours);
}

function paintRegions(context: CanvasRenderingContext2D, { regions, view }: Picture, colours: SketchColours): void {
  if (regions.length === 0) return;
  context.fillStyle = colours.region;
  context.beginPath();
  for (const rings of regions)
    for (const ring of rings) {
      ring.forEach(([u, v], index) => {
        const [x, y] = toScreen(view, u, v);
        if (index === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      context.closePath();
    }
  context.fill('evenodd');
}

function paintCurves(context: CanvasRenderingContext2D, picture: Picture, colours: SketchColours): void {
  const batches = new Map<string, LiveCurve[]>();
  for (const curve of picture.geometry.curves) {
    const key = `${curve.construction ? '-' : '='}${colourOf(curve.id, curve.from, picture, colours)}`;
    const batch = batches.get(key);
    if (batch) batch.push(curve);
    else batches.set(key, [curve]);
  }
  context.lineCap = 'round';
  for (const [key, curves] of batches) {
    const construction = key[0] === '-';
    const colour = key.slice(1);
    const strong = colour === colours.selected || colour === colours.hovered;
    context.strokeStyle = colour;
    context.lineWidth = (construction ? 1.1 : CURVE_WIDTH) + (strong ? 1 : 0);
    context.setLineDash(construction ? [7, 4] : []);
    context.beginPath();
    for (const curve of curves) traceCurve(context, curve, picture.view);
    context.stroke();
  }
  context.setLineDash([]);
}

function paintPreview(context: CanvasRenderingContext2D, { preview, view }: Picture, colours: SketchColours): void {
  if (!preview) return;
  for (const construction of [false, true]) {
    context.strokeStyle = colours.free;
    context.lineWidth = construction ? 1 : CURVE_WIDTH;
    context.setLineDash(construction ? [4, 4] : []);
    context.beginPath();
    for (const curve of preview.curves) if (curve.construction === construction) traceCurve(context, curve, view);
    context.stroke();
  }
  context.setLineDash([]);
  context.fillStyle = colours.free;
  for (const point of preview.points.values()) {
    const [x, y] = toScreen(view, point.x, point.y);
    context.fillRect(x - 2, y - 2, 4, 4);
  }
}

function paintPoints(context: CanvasRenderingContext2D, picture: Picture, colours: SketchColours): void {
  const { view, geometry } = picture;
  const batches = new Map<string, [number, number, number][]>();
  for (const point of geometry.points.values()) {
    const colour = colourOf(point.id, point.from, picture, colours);
    const strong = colour === colours.selected || colour === colours.hovered;
    const x = view.a * point.x + view.c * point.y + view.e;
    const y = view.b * point.x + view.d * point.y + view.f;
    if (x < -8 || y < -8 || x > picture.width + 8 || y > picture.height + 8) continue;
    const size = strong ? 4 : point.lone ? 3.2 : point.centre ? 2 : 2.4;
    const batch = batches.get(colour);
    if (batch) batch.push([x, y, size]);
    else batches.set(colour, [[x, y, size]]);
  }
  for (const [colour, points] of batches) {
    context.fillStyle = colour;
    context.beginPath();
    for (const [x, y, size] of points) context.rect(x - size, y - size, 2 * size, 2 * size);
    context.fill();
  }
}

function paintGlyphs(context: CanvasRenderingContext2D, picture: Picture, colours: SketchColours): Hits['glyphs'] {
  const { glyphs, geometry, view, selection, hovered, diagnosis, width, height } = picture;
  if (!glyphs) return [];
  const bad = (id: string) => diagnosis?.conflicting.has(id) || diagnosis?.redundant.has(id);
  const placed = glyphs.place(geometry, view, (id) => selection.has(id) || bad(id) === true);
  const shown: PlacedGlyph[] = [];
  const batches = new Map<string, PlacedGlyph[]>();
  for (const glyph of placed) {
    const { id, x, y } = glyph;
    if (x < -GLYPH || y < -GLYPH || x > width + GLYPH || y > height + GLYPH) continue;
    const colour = selection.has(id)
      ? colours.selected
      : hovered === id
        ? colours.hovered
        : diagnosis?.conflicting.has(id)
          ? colours.conflicting
          : diagnosis?.redundant.has(id)
            ? colours.redundant
            : colours.glyph;
    const batch = batches.get(colour);
    if (batch) batch.push(glyph);
    else batches.set(colour, [glyph]);
    shown.push(glyph);
  }
  for (const [colour, glyphs] of batches) drawGlyphs(context, glyphs, colour, colours.plate);
  return shown;
}

function paintEnds(context: CanvasRenderingContext2D, { openEnds, view }: Picture, colours: SketchColours): void {
  if (openEnds.length === 0) return;
  context.strokeStyle = colours.openEnd;
  context.lineWidth = 1.4;
  context.beginPath();
  for (const [u, v] of openEnds) {
    const [x, y] = toScreen(view, u, v);
    context.moveTo(x + 6, y);
    context.arc(x, y, 6, 0, 2 * Math.PI);
  }
  context.stroke();
}

function paintPointer(context: CanvasRenderingContext2D, picture: Picture, colours: SketchColours): void {
  const { view, snap, guides, box } = picture;
  if (guides.length > 0) {
    context.strokeStyle = colours.hint;
    context.lineWidth = 1;
    context.setLineDash([2, 4]);
    context.beginPath();
    for (const [from, to] of guides) {
      context.moveTo(...toScreen(view, ...from));
      context.lineTo(...toScreen(view, ...to));
    }
    context.stroke();
    context.setLineDash([]);
  }
  if (snap) {
    const [x, y] = toScreen(view, ...snap.at);
    if (snap.words) {
      context.strokeStyle = colours.hint;
      context.lineWidth = 1.6;
      context.strokeRect(x - 5, y - 5, 10, 10);
      context.font = fontOf(11.5);
      const width = context.measureText(snap.words).width;
      context.fillStyle = colours.plate;
      context.fillRect(x + 12, y + 10, width + 8, 17);
      context.fillStyle = colours.hint;
      context.textBaseline = 'middle';
      context.textAlign = 'left';
      context.fillText(snap.words, x + 16, y + 19);
    }
  }
  if (box) {
    // Left to right takes what is inside, right to left what it touches.
    const crossing = box.x1 < box.x0;
    context.strokeStyle = crossing ? colours.selected : colours.free;
    context.lineWidth = 1;
    context.setLineDash(crossing ? [5, 3] : []);
    context.strokeRect(box.x0 + 0.5, box.y0 + 0.5, box.x1 - box.x0, box.y1 - box.y0);
    context.globalAlpha = 0.1;
    context.fillStyle = context.strokeStyle;
    context.fillRect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
    context.globalAlpha = 1;
    context.setLineDash([]);
  }
}
