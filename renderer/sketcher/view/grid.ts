/** Paper with squares, as fine as can be told apart, and the axes of the sketch. */
import type { SketchColours } from './colours.ts';
import type { Picture } from './picture.ts';
import { fromScreen, toScreen } from './projection.ts';

/** The finest spacing, mm, that is at least `pixels` apart on the screen: 1, 2, 5, 10 ... */
export function gridStep(scale: number, pixels = 12): number {
  const wanted = pixels / scale;
  const decade = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((k) => k * decade).find((step) => step >= wanted * 0.999) ?? 10 * decade;
}

export function paintGrid(context: CanvasRenderingContext2D, picture: Picture, colours: SketchColours): void {
  const { view, width, height } = picture;
  const corners = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ].map(([x, y]) => fromScreen(view, x!, y!));
  if (corners.some((corner) => corner === null)) return;
  const us = corners.map((corner) => corner![0]);
  const vs = corners.map((corner) => corner![1]);
  const [u0, u1, v0, v1] = [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)];
  const step = gridStep(view.scale);
  const lines = (strong: boolean) => {
    const spacing = strong ? step * 5 : step;
    // Seen at a slant the plane may reach to the horizon.
    if ((u1 - u0) / spacing > 400 || (v1 - v0) / spacing > 400) return;
    context.strokeStyle = strong ? colours.gridStrong : colours.gridFine;
    context.lineWidth = 1;
    context.beginPath();
    for (let k = Math.ceil(u0 / spacing); k * spacing <= u1; k++) segment(k * spacing, v0, k * spacing, v1);
    for (let k = Math.ceil(v0 / spacing); k * spacing <= v1; k++) segment(u0, k * spacing, u1, k * spacing);
    context.stroke();
  };
  const segment = (ua: number, va: number, ub: number, vb: number) => {
    const [xa, ya] = toScreen(view, ua, va);
    const [xb, yb] = toScreen(view, ub, vb);
    // Upright and level lines fall on pixels.
    const crisp = Math.abs(xa - xb) < 0.01 || Math.abs(ya - yb) < 0.01;
    const at = (value: number) => (crisp ? Math.round(value) + 0.5 : value);
    context.moveTo(at(xa), at(ya));
    context.lineTo(at(xb), at(yb));
  };
  lines(false);
  lines(true);
  const axis = (colour: string, id: string, ua: number, va: number, ub: number, vb: number) => {
    context.strokeStyle = picture.selection.has(id)
      ? colours.selected
      : picture.hovered === id
        ? colours.hovered
        : colour;
    context.lineWidth = picture.selection.has(id) || picture.hovered === id ? 2.4 : 1.2;
    context.beginPath();
    segment(ua, va, ub, vb);
    context.stroke();
  };
  axis(colours.axisX, 'x-axis', u0, 0, u1, 0);
  axis(colours.axisY, 'y-axis', 0, v0, 0, v1);
  const [x, y] = toScreen(view, 0, 0);
  const lit = picture.selection.has('origin') || picture.hovered === 'origin';
  context.strokeStyle = lit ? colours.selected : colours.fixed;
  context.lineWidth = lit ? 2.2 : 1.4;
  context.beginPath();
  context.arc(x, y, lit ? 5.5 : 4.5, 0, 2 * Math.PI);
  context.stroke();
}
