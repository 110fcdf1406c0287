import { describe, expect, it } from 'vitest';
import { FIELD_QUANTITIES, type ResultEntry, type ResultFrame } from '../../preload/contract/index.ts';
import { extremeRange, frameLabel, framePlaceAt, framesOf, isFilm, shownQuantity, swings } from './frames.ts';

const at = (min: number, max: number) => ({
  min: { value: min, at_mm: [0, 0, 0] as [number, number, number], unit: 'degC' },
  max: { value: max, at_mm: [0, 0, 0] as [number, number, number], unit: 'degC' },
});
const frame = (value: number, max: number, kind: ResultFrame['kind'] = 'time'): ResultFrame => ({
  name: `t = ${value} s`,
  kind,
  value,
  unit: 's',
  extremes: { temperature: at(20, max) },
});
const entry = (frames?: ResultFrame[]) =>
  ({ summary: { extremes: { von_mises: at(0, 90) }, ...(frames ? { frames } : {}) } }) as unknown as ResultEntry;

describe('frames of a result', () => {
  it('lie in time where their values say, and between two as far as the time is', () => {
    const moments = [0, 1, 4, 10];
    expect(framePlaceAt(moments, 0)).toEqual({ from: 0, to: 0, blend: 0 });
    expect(framePlaceAt(moments, 0.25)).toEqual({ from: 0, to: 1, blend: 0.25 });
    expect(framePlaceAt(moments, 4)).toEqual({ from: 2, to: 2, blend: 0 });
    expect(framePlaceAt(moments, 7)).toEqual({ from: 2, to: 3, blend: 0.5 });
    expect(framePlaceAt(moments, 10)).toEqual({ from: 3, to: 3, blend: 0 });
    expect(framePlaceAt(moments, -1)).toEqual({ from: 0, to: 0, blend: 0 });
    expect(framePlaceAt([5], 5)).toEqual({ from: 0, to: 0, blend: 0 });
  });
  it('are one where none are listed, with the numbers of the summary', () => {
    expect(framesOf(entry()).length).toBe(1);
    expect(extremeRange(entry(), 'von_mises', 0)).toEqual([0, 90]);
    expect(isFilm(entry())).toBe(false);
  });
  it('have a range each, and one over all', () => {
    const film = entry([frame(0, 30), frame(5, 80), frame(9, 60)]);
    expect(isFilm(film)).toBe(true);
    expect(extremeRange(film, 'temperature', 0)).toEqual([20, 30]);
    expect(extremeRange(film, 'temperature', 'all')).toEqual([20, 80]);
    expect(extremeRange(film, 'von_mises', 'all')).toBeNull();
  });
  it('of modes and cases are no film, and modes swing', () => {
    const modes = entry([frame(118.24, 1, 'mode'), frame(300, 1, 'mode')]);
    expect(isFilm(modes)).toBe(false);
    expect(swings(framesOf(modes)[0]!)).toBe(true);
    expect(swings(frame(0, 1))).toBe(false);
    expect(frameLabel({ ...frame(118.24, 1, 'mode'), name: 'Mode 1', unit: 'Hz' })).toBe('Mode 1 · 118.2 Hz');
  });
  it('show what they have where they lack what was asked for', () => {
    expect(shownQuantity(frame(0, 30), 'von_mises', FIELD_QUANTITIES)).toBe('temperature');
    expect(shownQuantity(frame(0, 30), 'element_quality', FIELD_QUANTITIES)).toBe('element_quality');
    expect(shownQuantity(framesOf(entry())[0]!, 'von_mises', FIELD_QUANTITIES)).toBe('von_mises');
  });
});
