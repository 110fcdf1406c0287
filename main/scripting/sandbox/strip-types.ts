/** TypeScript to JavaScript by blanking its types out: lines and columns stay what they are. */
import { stripTypeScriptTypes } from 'node:module';
import { scriptError } from './scripted-part.ts';

const URL = 'script';

/** @throws ArtificerError `script.syntax` with line and column */
export function stripTypes(source: string, fileName: string): string {
  try {
    return stripTypeScriptTypes(source, { mode: 'strip', sourceUrl: URL });
  } catch (thrown) {
    const { code, message, stack } = thrown as { code?: string; message?: string; stack?: string };
    const words = String(message ?? thrown).slice(0, 300);
    if (code !== 'ERR_INVALID_TYPESCRIPT_SYNTAX' && code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX')
      throw scriptError('too-deep', `${fileName} can't be read: it is nested too deeply, or damaged.`, {
        cause: words.split('\n')[0]!,
      });
    const place = placeOf(stack ?? '');
    const where = place ? ` at line ${place.line}${place.column ? `, column ${place.column}` : ''}` : '';
    throw scriptError('syntax', `${fileName} can't be read${where}: ${words}.`.replace(/\.\.$/, '.'), {
      ...(place ? { details: place } : {}),
      hint:
        code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'
          ? 'Only types that can be left out are understood: no enum, namespace or parameter properties.'
          : 'Mend the line; an editor that knows TypeScript shows such mistakes.',
    });
  }
}

/** The stack begins with `script:2`, the line itself, and carets under the place. */
function placeOf(stack: string): { line: number; column?: number } | undefined {
  const lines = stack.split('\n');
  const line = Number(/^script:(\d+)$/.exec(lines[0] ?? '')?.[1]);
  if (!Number.isInteger(line)) return undefined;
  const carets = lines.find((each) => /^\s*\^+\s*$/.test(each));
  return carets === undefined ? { line } : { line, column: carets.indexOf('^') + 1 };
}
