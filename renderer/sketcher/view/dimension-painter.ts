/** Dimensions: thin lines, arrows, and texts on plates, all of one colour at once. */
import type { SketchColours } from './colours.ts';
import { type DimensionLayout, layoutDimension } from './dimension-layout.ts';
import { fontOf } from './font.ts';
import type { DimensionText, Hits, Picture } from './picture.ts';

const ARROW = 8;
const widths = new Map<string, number>();

function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (widths.size > 5000) widths.clear();
  const { width } = context.measureText(text);
  widths.set(text, width);
  return width;
}

export function paintDimensions(
  context: CanvasRenderingContext2D,
  picture: Picture,
  colours: SketchColours,
): Hits['labels'] {
  const { geometry, view, selection, hovered, diagnosis, broken, width, height } = picture;
  const groups = new Map<string, { text: string; id: string; layout: DimensionLayout }[]>();
  const put = ({ dimension, text }: DimensionText, colour: string) => {
    const layout = layoutDimension(dimension, geometry, view);
    if (!layout) return;
    const [x, y] = layout.text;
    // Out of sight with all of its lines, as far as that is quickly known.
    if (x < -400 || y < -400 || x > width + 400 || y > height + 400) return;
    const group = groups.get(colour);
    const entry = { text, id: dimension.id, layout };
    if (group) group.push(entry);
    else groups.set(colour, [entry]);
  };
  for (const entry of picture.dimensions) {
    const { id } = entry.dimension;
    put(
      entry,
      selection.has(id)
        ? colours.selected
        : hovered === id
          ? colours.hovered
          : broken.has(id) || diagnosis?.conflicting.has(id)
            ? colours.conflicting
            : diagnosis?.redundant.has(id)
              ? colours.redundant
              : colours.dimension,
    );
  }
  if (picture.previewDimension) put(picture.previewDimension, colours.free);
  const labels: Hits['labels'] = [];
  context.font = fontOf(12);
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (const [colour, entries] of groups) {
    context.strokeStyle = colour;
    context.lineWidth = colour === colours.selected || colour === colours.hovered ? 1.6 : 1;
    context.beginPath();
    for (const { layout } of entries) {
      for (const [x0, y0, x1, y1] of layout.lines) {
        context.moveTo(x0, y0);
        context.lineTo(x1, y1);
      }
      if (layout.arc) {
        const { x, y, radius, from, to } = layout.arc;
        context.moveTo(x + radius * Math.cos(from), y + radius * Math.sin(from));
        context.arc(x, y, radius, from, to);
      }
    }
    context.stroke();
    context.fillStyle = colour;
    context.beginPath();
    for (const { layout } of entries)
      for (const { x, y, angle } of layout.arrows) {
        context.moveTo(x, y);
        context.lineTo(x - ARROW * Math.cos(angle - 0.25), y - ARROW * Math.sin(angle - 0.25));
        context.lineTo(x - ARROW * Math.cos(angle + 0.25), y - ARROW * Math.sin(angle + 0.25));
        context.closePath();
      }
    context.fill();
    for (const { text, id, layout } of entries) {
      const [x, y] = layout.text;
      const size = widthOf(context, text);
      labels.push({ id, x, y, width: size + 8 });
      if (id === picture.editing) continue;
      context.fillStyle = colours.plate;
      context.fillRect(x - size / 2 - 3, y - 8, size + 6, 16);
      context.fillStyle = colour;
      context.fillText(text, x, y);
    }
  }
  return labels;
}
