import { describe, expect, test } from 'vitest';
import { decodeStepString, guessEncoding, type RawEncoding, resolveEscapes } from './strings.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('escapes of ISO 10303-21 clause 6.4.3', () => {
  test.each([
    ['plain', 'plain'],
    ["it''s", "it's"],
    ['a\\\\b', 'a\\b'],
    ['\\X\\E4', 'ä'],
    ['G\\X2\\00E4\\X0\\nge', 'Gänge'],
    ['\\X2\\6B6F8ECA\\X0\\', '歯車'],
    ['\\X4\\0001F600\\X0\\!', '😀!'],
    ['\\X2\\D83DDE00\\X0\\', '😀'],
    ['\\S\\d', 'ä'],
    ['\\PB\\\\S\\\u0021', 'Ą'],
    ['\\PE\\\\S\\P', 'а'],
    ['line\nwrapped', 'linewrapped'],
    ['\\X\\0A', ''],
  ])('%j reads %j', (written, read) => {
    expect(resolveEscapes(written)).toBe(read);
  });

  test.each([
    ['\\X2\\6B6F8ECA7', '歯車7'],
    ['\\X2\\6B6F no end', '歯 no end'],
    ['\\X2\\zz\\X0\\', '\\X2\\zz\\X0\\'],
    ['\\X\\GZ bad', '\\X\\GZ bad'],
    ['\\Q\\', '\\Q\\'],
    ['C:\\parts\\x.stp', 'C:\\parts\\x.stp'],
    ['\\', '\\'],
    ['\\X4\\FFFFFFFF\\X0\\', '\\X4\\FFFFFFFF\\X0\\'],
    ['\\X2\\D83D\\X0\\', '\ufffd'],
  ])('broken escapes survive as text: %j reads %j', (written, read) => {
    expect(resolveEscapes(written)).toBe(read);
  });
});

describe('raw bytes of undeclared encodings', () => {
  const encoded: [RawEncoding, string, Uint8Array][] = [
    ['windows-1252', 'Gehäuse für Ölpumpe Ø25', new Uint8Array(Buffer.from('Gehäuse für Ölpumpe Ø25', 'latin1'))],
    // ポンプ本体 and 歯車: the second byte of ポ and 本 lies among ASCII characters.
    ['shift_jis', 'ポンプ本体', bytes(0x83, 0x7c, 0x83, 0x93, 0x83, 0x76, 0x96, 0x7b, 0x91, 0xcc)],
    ['gb18030', '齿轮箱体', bytes(0xb3, 0xdd, 0xc2, 0xd6, 0xcf, 0xe4, 0xcc, 0xe5)],
    ['euc-kr', '기어박스', bytes(0xb1, 0xe2, 0xbe, 0xee, 0xb9, 0xda, 0xbd, 0xba)],
    ['euc-jp', 'ポンプ', bytes(0xa5, 0xdd, 0xa5, 0xf3, 0xa5, 0xd7)],
  ];
  test.each(encoded)('%s is guessed for %s', (encoding, text, raw) => {
    expect(guessEncoding([raw])).toBe(encoding);
    expect(decodeStepString(raw, encoding)).toBe(text);
  });

  test('UTF-8 wins whatever the guess', () => {
    expect(decodeStepString(new Uint8Array(Buffer.from('歯車 №1 😀')), 'shift_jis')).toBe('歯車 №1 😀');
  });

  test('a trailing byte that looks like a backslash is part of its character', () => {
    expect(decodeStepString(bytes(0x83, 0x5c, 0x83, 0x93), 'shift_jis')).toBe('ソン');
  });
});
