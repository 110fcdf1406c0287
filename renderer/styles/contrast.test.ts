import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const [light, dark] = css.split(/:root\[data-theme=.dark.\]/).map((block) => {
  const tokens = new Map<string, string>();
  for (const [, name, value] of block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)) tokens.set(name!, value!);
  return tokens;
}) as [Map<string, string>, Map<string, string>];

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['panel', 'raised', 'field', 'sunken', 'hover'];
const TEXTS = ['text', 'text-muted', 'text-faint', 'accent-text', 'error', 'warning', 'success'];
const PAIRS: [string, string][] = [
  ...GROUNDS.flatMap((ground) => TEXTS.map((text): [string, string] => [text, ground])),
  ['text', 'selected'],
  ['text-muted', 'selected'],
  ['text-muted', 'selected-quiet'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['error', 'error-ground'],
  ['warning', 'warning-ground'],
  ['success', 'success-ground'],
  ['axis-x', 'field'],
  ['axis-y', 'field'],
  ['axis-z', 'field'],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_name, tokens) => {
  it.each(PAIRS)('lets %s be read on %s (AA)', (text, ground) => {
    expect(contrast(tokens.get(text)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(4.5);
  });
  it('has a focus ring that stands out', () => {
    for (const ground of GROUNDS) expect(contrast(tokens.get('focus')!, tokens.get(ground)!)).toBeGreaterThanOrEqual(3);
  });
});
