/**
 * Names that no kernel garbles. OpenCascade reads raw bytes of other encodings wrongly, drops escapes that are cut off and
 * limits some lengths; so every string that is not plain ASCII is replaced with a token before the kernel reads the file,
 * and the token is replaced with the real text in whatever names the kernel gives back.
 */
import { type StepScan, scanAndLex } from './scan.ts';
import { decodeStepString } from './strings.ts';

export interface PreparedStep {
  /** The same exchange structure in ASCII strings; the very bytes that were given when nothing had to change. */
  bytes: Uint8Array;
  /** The name with its tokens replaced. Names without a token come back unchanged. */
  restoreName(name: string): string;
  scan: StepScan;
}

const TOKEN = /~u([0-9a-z]{1,8})~/g;

export function prepareStep(bytes: Uint8Array): PreparedStep {
  const { scan, lexed } = scanAndLex(bytes);
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const { oddStrings } = lexed;
  if (oddStrings.length === 0 && bom === 0) return { bytes, restoreName: (name) => name, scan };

  const names: string[] = [];
  const numbers = new Map<string, number>();
  const encoder = new TextEncoder();
  // A token is at most 11 bytes long; what it replaces may be shorter, so the bound is on the sum.
  const out = new Uint8Array(bytes.length + (oddStrings.length / 2) * 13);
  let from = bom;
  let end = 0;
  const copyUntil = (to: number): void => {
    out.set(bytes.subarray(from, to), end);
    end += to - from;
  };
  for (let i = 0; i < oddStrings.length; i += 2) {
    const start = oddStrings[i]!;
    const stop = oddStrings[i + 1]!;
    const text = decodeStepString(bytes.subarray(start + 1, stop - 1), scan.encoding);
    let number = numbers.get(text);
    if (number === undefined) {
      number = names.length;
      names.push(text);
      numbers.set(text, number);
    }
    copyUntil(start);
    const token = encoder.encode(`'~u${number.toString(36)}~'`);
    out.set(token, end);
    end += token.length;
    from = stop;
  }
  copyUntil(bytes.length);
  return {
    bytes: out.subarray(0, end),
    restoreName: (name) => name.replace(TOKEN, (token, digits: string) => names[Number.parseInt(digits, 36)] ?? token),
    scan,
  };
}
