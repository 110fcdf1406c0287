/** The colours of a sketch in both themes. Every one that text or a thin line is drawn in is read on the veil (AA). */
import type { Theme } from '../../viewport/api.ts';

export interface SketchColours {
  /** Over the model, so that it stands back. */
  veil: string;
  gridFine: string;
  gridStrong: string;
  axisX: string;
  axisY: string;
  /** Nothing of it can move any more. */
  fixed: string;
  /** It can still move. */
  free: string;
  conflicting: string;
  redundant: string;
  projected: string;
  selected: string;
  hovered: string;
  region: string;
  openEnd: string;
  dimension: string;
  glyph: string;
  /** Behind dimension texts and marks. */
  plate: string;
  hint: string;
}

export const SKETCH_COLOURS: Record<Theme, SketchColours> = {
  light: {
    veil: 'rgba(247, 249, 251, 0.72)',
    gridFine: 'rgba(60, 80, 110, 0.10)',
    gridStrong: 'rgba(60, 80, 110, 0.22)',
    axisX: '#b3322b',
    axisY: '#2b7a3f',
    fixed: '#12161b',
    free: '#1755c4',
    conflicting: '#b3261e',
    redundant: '#9a4b00',
    projected: '#7a3f9d',
    selected: '#0b6b4f',
    hovered: '#0f8a66',
    region: 'rgba(29, 95, 201, 0.10)',
    openEnd: '#b3261e',
    dimension: '#45505d',
    glyph: '#45505d',
    plate: 'rgba(247, 249, 251, 0.88)',
    hint: '#8a3d00',
  },
  dark: {
    veil: 'rgba(24, 28, 33, 0.72)',
    gridFine: 'rgba(200, 215, 235, 0.07)',
    gridStrong: 'rgba(200, 215, 235, 0.16)',
    axisX: '#f08a82',
    axisY: '#82cf94',
    fixed: '#f2f5f8',
    free: '#7db0ff',
    conflicting: '#ff8f85',
    redundant: '#f5a94d',
    projected: '#d7a5f5',
    selected: '#4fe0ae',
    hovered: '#8ff0cc',
    region: 'rgba(110, 164, 255, 0.14)',
    openEnd: '#ff8f85',
    dimension: '#b7c0cb',
    glyph: '#b7c0cb',
    plate: 'rgba(24, 28, 33, 0.88)',
    hint: '#f0c060',
  },
};
