/** The picture as a file: drawn at any size, with labels and legend put on by hand as elements are not part of a canvas. */
import type { Vector3 } from '../../preload/contract/index.ts';
import type { AnnotationLayer } from './annotations.ts';
import type { CameraState, FieldDisplay } from './api.ts';
import { cssColour } from './colour-map.ts';
import { quantityUnit } from './field-quantity.ts';
import { drawLegend } from './legend.ts';
import type { Palette } from './palette.ts';

export interface ScreenshotRequest {
  /** Pixels of the file. */
  width: number;
  height: number;
  canvas: HTMLCanvasElement;
  /** Draws at that size into the canvas, and puts everything back afterwards. */
  draw(): void;
  restore(): void;
  annotations: AnnotationLayer;
  camera: CameraState;
  displaced(p: Vector3): Vector3;
  palette: Palette;
  field: FieldDisplay | null;
}

const TITLES: Record<string, string> = {
  von_mises: 'Von Mises stress',
  tresca: 'Tresca stress',
  safety_factor: 'Safety factor',
  stress_error: 'Stress error estimate',
};

/** Words for a quantity's name, where the caller gives none. */
export function quantityTitle(quantity: string): string {
  const known = TITLES[quantity];
  if (known) return known;
  const [kind, part] = quantity.split('.') as [string, string | undefined];
  const word = kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('_', ' ');
  if (kind === 'principal') return `Principal stress ${part ?? ''}`.trim();
  return part && part !== 'magnitude' ? `${word} ${part}` : word;
}

export async function captureScreenshot(request: ScreenshotRequest): Promise<Uint8Array> {
  const { width, height, canvas, palette } = request;
  const picture = document.createElement('canvas');
  picture.width = width;
  picture.height = height;
  const context = picture.getContext('2d');
  if (!context) throw new Error('No picture can be made: the browser gives no 2D canvas.');
  try {
    request.draw();
    // In the same task as the drawing, before the browser clears the buffer.
    context.drawImage(canvas, 0, 0, width, height);
  } finally {
    request.restore();
  }
  const size = { width, height };
  context.font = '500 11.5px system-ui, sans-serif';
  context.textBaseline = 'middle';
  for (const { text, colour, box } of request.annotations.labels(request.camera, size, request.displaced)) {
    if (!box.visible) continue;
    context.fillStyle = palette.labelPlate;
    context.strokeStyle = palette.labelRim;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 4);
    context.fill();
    context.stroke();
    context.fillStyle = cssColour(colour);
    context.fillRect(box.x, box.y, 3, box.height);
    context.fillStyle = palette.labelText;
    context.fillText(text, box.x + 10, box.y + box.height / 2 + 0.5, box.width - 16);
  }
  const { field } = request;
  if (field)
    drawLegend(context, 16, 16, {
      title: field.title ?? quantityTitle(field.quantity),
      unit: quantityUnit(field.quantity),
      range: field.range,
      bands: field.bands,
      ...(field.colourMap ? { colourMap: field.colourMap } : {}),
      scale: Math.max(1, Math.min(3, height / 800)),
      textColour: palette.labelText,
      plateColour: palette.labelPlate,
      rimColour: palette.labelRim,
    });
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture could not be encoded.');
  return new Uint8Array(await blob.arrayBuffer());
}
