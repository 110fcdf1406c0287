/** The legend of a painted field, drawn on a 2D canvas: for screenshots and reports. */
import type { ColourMapName } from './api.ts';
import { bandColours, cssColour, DEFAULT_COLOUR_MAP } from './colour-map.ts';

export interface LegendOptions {
  title: string;
  unit: string;
  range: [number, number];
  /** 0 draws a smooth ramp. */
  bands: number;
  colourMap?: ColourMapName;
  /** Factor of all sizes; 1 is for a picture looked at in CSS pixels. */
  scale?: number;
  textColour: string;
  plateColour: string;
  rimColour: string;
}

/** Four significant figures, without the noise of binary fractions. */
export function formatValue(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(2).replace('e', ' e').replace('+', '');
  return Number(value.toPrecision(4)).toString();
}

/** Draws the legend with its top left corner at x, y; returns its width and height. */
export function drawLegend(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  x: number,
  y: number,
  options: LegendOptions,
): { width: number; height: number } {
  const k = options.scale ?? 1;
  const colours = bandColours(options.colourMap ?? DEFAULT_COLOUR_MAP, options.bands);
  const rowHeight = Math.max(14, Math.min(22, 220 / Math.max(1, options.bands || 10)));
  const barHeight = (options.bands > 0 ? options.bands * rowHeight : 220) * k;
  const labels = options.bands > 0 ? options.bands + 1 : 11;
  const texts = Array.from({ length: labels }, (_, i) =>
    formatValue(options.range[0] + ((options.range[1] - options.range[0]) * i) / (labels - 1)),
  );
  context.save();
  context.font = `600 ${12.5 * k}px system-ui, sans-serif`;
  const title = options.unit ? `${options.title} (${options.unit})` : options.title;
  const titleWidth = context.measureText(title).width;
  context.font = `500 ${11.5 * k}px system-ui, sans-serif`;
  const textWidth = Math.max(...texts.map((text) => context.measureText(text).width));
  const width = Math.max(titleWidth, 18 * k + 8 * k + textWidth) + 24 * k;
  const height = barHeight + 48 * k;
  context.fillStyle = options.plateColour;
  context.strokeStyle = options.rimColour;
  context.lineWidth = k;
  context.beginPath();
  context.roundRect(x, y, width, height, 6 * k);
  context.fill();
  context.stroke();
  context.fillStyle = options.textColour;
  context.textBaseline = 'middle';
  context.font = `600 ${12.5 * k}px system-ui, sans-serif`;
  context.fillText(title, x + 12 * k, y + 17 * k);
  context.font = `500 ${11.5 * k}px system-ui, sans-serif`;
  const top = y + 36 * k;
  const step = barHeight / colours.length;
  colours.forEach((colour, i) => {
    context.fillStyle = cssColour(colour);
    context.fillRect(x + 12 * k, top + barHeight - (i + 1) * step, 18 * k, step + (i > 0 ? 0.5 : 0));
  });
  context.strokeRect(x + 12 * k, top, 18 * k, barHeight);
  context.fillStyle = options.textColour;
  texts.forEach((text, i) => {
    const at = top + barHeight - (barHeight * i) / (labels - 1);
    context.fillText(text, x + 38 * k, at);
    context.fillRect(x + 30 * k, at - 0.5 * k, 4 * k, k);
  });
  context.restore();
  return { width, height };
}
