import type { Operations } from '../operation.ts';
import { edgeFlange } from './edge-flange.ts';
import { sheetBase } from './sheet-base.ts';
import { unfold } from './unfold.ts';

export const SHEET_METAL: Operations = { 'sheet-base': sheetBase, 'edge-flange': edgeFlange, unfold };
