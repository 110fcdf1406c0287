import { describe, expect, test } from 'vitest';
import { ascii, randomNumbers } from './testing.ts';
import { endingOf, lineOf, parseNumber, stemOf } from './text.ts';

const parse = (text: string): number => parseNumber(ascii(`x${text}y`), 1, 1 + text.length);

describe('parseNumber', () => {
  test('gives the same double as the language does, to the last bit', () => {
    const random = randomNumbers(3);
    for (let i = 0; i < 20_000; i++) {
      const value = (random() - 0.5) * 10 ** Math.floor(random() * 60 - 30);
      const texts = [
        String(value),
        value.toFixed(6),
        value.toExponential(9),
        value.toPrecision(17),
        `+${Math.abs(value)}`,
      ];
      for (const text of texts) expect(parse(text), text).toBe(Number(text));
    }
  });
  test.each([
    '0',
    '-0',
    '.5',
    '5.',
    '1E5',
    '1e-5',
    '9007199254740993',
    '123456789012345678901',
    '1e308',
    '4.9e-324',
    '0.1e23',
    '8.5e-23',
  ])('%s', (text) => {
    expect(parse(text)).toBe(Number(text));
  });
  test.each(['', '.', '-', 'e5', '1e', '1e+', '1.2.3', '0x10', '1,5', 'abc', '--1', '1 2'])(
    '%j is no number',
    (text) => {
      expect(parse(text)).toBeNaN();
    },
  );
  test('words for infinities, and overflow', () => {
    expect(['inf', '-Infinity', '1e999', '-1e999'].map(parse)).toEqual([Infinity, -Infinity, Infinity, -Infinity]);
  });
});

test('lines are counted for every kind of line end', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['a', 'b', '', 'c'].join(end);
    expect(lineOf(ascii(text), text.indexOf('c'))).toBe(4);
    expect(lineOf(ascii(text), 0)).toBe(1);
  }
});

test('names and endings of paths of either system', () => {
  expect(stemOf('C:\\parts\\my.part.STEP')).toBe('my.part');
  expect(stemOf('/home/x/.hidden')).toBe('.hidden');
  expect(stemOf('')).toBe('Part');
  expect(endingOf('a/b.tar.GZ')).toBe('gz');
  expect(endingOf('README')).toBe('');
});
