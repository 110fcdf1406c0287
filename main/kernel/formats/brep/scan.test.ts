import { describe, expect, test } from 'vitest';
import { ascii, fixture } from '../testing.ts';
import { scanBrep } from './scan.ts';

const whole = fixture('open_solid.brep');
const text = new TextDecoder().decode(whole);

describe('ASCII BREP', () => {
  test('a whole file', () => {
    expect(scanBrep(whole)).toEqual({ form: 'ascii', version: 3, shapes: 40, warnings: [] });
  });
  test.each([0.2, 0.5, 0.9, 0.99])('cut off after %d of it', (share) => {
    expect(scanBrep(whole.slice(0, whole.length * share)).fatal).toMatchObject({
      code: 'import.truncated',
      category: 'refused',
    });
  });
  test('a shape that is missing in the middle', () => {
    const at = text.lastIndexOf('\nVe\n');
    expect(scanBrep(ascii(text.slice(0, at) + text.slice(text.indexOf('*', at) + 1))).fatal?.code).toBe(
      'import.truncated',
    );
  });
  test('numbers that are none', () => {
    const at = text.indexOf('\nCurves ') + 12;
    const bad = ascii(`${text.slice(0, at)}\n1 nan 0 0 1 0 0\n${text.slice(at)}`);
    expect(scanBrep(bad).fatal?.code).toBe('import.non-finite-numbers');
  });
  test('empty and not at all', () => {
    expect(scanBrep(new Uint8Array(0)).fatal?.code).toBe('import.empty-file');
    expect(scanBrep(ascii('hello')).fatal?.code).toBe('import.not-a-cad-file');
    expect(scanBrep(ascii(text.replace(/TShapes \d+/, 'TShapes 0'))).fatal?.code).toBe('import.no-geometry');
  });
});

test('binary BREP', () => {
  const binary = ascii(
    `\nOpen CASCADE Topology V4 (c)\nLocations 0\nCurve2ds 0\nCurves 0\nSurfaces 0\nTShapes 3\n${'\u0007\u0001'.repeat(20)}`,
  );
  expect(scanBrep(binary)).toMatchObject({ form: 'binary', version: 4, shapes: 3 });
  expect(scanBrep(binary).fatal).toBeUndefined();
  expect(scanBrep(binary.slice(0, 60)).fatal?.code).toBe('import.truncated');
});
