/** What went wrong in a script, in plain words with its line and column. */
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { ArtificerError } from '../../../preload/contract/index.ts';
import { scriptError } from './scripted-part.ts';

/** What the script is called inside of the sandbox, whatever its file is called. */
export const SCRIPT = 'part-script';

const LONGEST = 500;

interface Seen {
  name: string;
  message: string;
  hint: string;
  stack: string;
}

export function failureOf(
  context: QuickJSContext,
  error: QuickJSHandle | undefined,
  { fileName, limits }: { fileName: string; limits: { memory_MiB: number } },
  refusals: ReadonlyMap<string, ArtificerError>,
): ArtificerError {
  const seen = error ? look(context, error) : { name: '', message: '', hint: '', stack: '' };
  const place = placeOf(seen.stack);
  const where = place ? ` at line ${place.line}, column ${place.column}` : '';
  const details = place ? { details: place } : {};
  if (seen.name === 'InternalError' && seen.message === 'out of memory')
    return scriptError('out-of-memory', `${fileName} ran out of its ${limits.memory_MiB} MiB of memory${where}.`, {
      ...details,
      hint: 'Look for a list that grows without an end.',
    });
  if (seen.name === 'InternalError' && seen.message === 'stack overflow')
    return scriptError('too-deep', `${fileName} calls itself too deeply${where}.`, {
      ...details,
      hint: 'Look for a function that calls itself without an end.',
    });
  const refusal = refusals.get(seen.message);
  const kind =
    seen.name === 'SyntaxError' ? 'syntax' : /import from "artificer" only/.test(seen.message) ? 'import' : 'failed';
  const hint = seen.hint || refusal?.data.hint;
  const own = ['', 'ScriptMistake', 'Error'].includes(seen.name) ? '' : `${seen.name}: `;
  const words = `${own}${seen.message || 'an error without words'}`;
  return scriptError(kind, `${fileName} stops${where}: ${words}${/[.!?]$/.test(words) ? '' : '.'}`, {
    ...details,
    ...(hint ? { hint } : {}),
    ...(refusal ? { cause: [refusal.code, refusal.data.cause].filter(Boolean).join(': ') } : causeOf(seen.stack)),
  });
}

/** Reads strings only: a getter of the script may run, but within the same bounds as the script. */
function look(context: QuickJSContext, error: QuickJSHandle): Seen {
  const text = (handle: QuickJSHandle): string => {
    if (context.typeof(handle) !== 'string') return '';
    const length = context.getNumber(context.getProp(handle, 'length'));
    return length > 100_000 ? '' : context.getString(handle);
  };
  if (context.typeof(error) === 'string')
    return { name: '', message: text(error).slice(0, LONGEST), hint: '', stack: '' };
  if (context.typeof(error) !== 'object') return { name: '', message: '', hint: '', stack: '' };
  const property = (key: string): string => {
    try {
      return text(context.getProp(error, key));
    } catch {
      // A property that throws when it is read says nothing.
      return '';
    }
  };
  return {
    name: property('name').slice(0, 60),
    message: property('message').slice(0, LONGEST),
    hint: property('hint').slice(0, LONGEST),
    stack: property('stack'),
  };
}

function placeOf(stack: string): { line: number; column: number } | undefined {
  const [, line, column] = new RegExp(`\\b${SCRIPT}:(\\d+):(\\d+)`).exec(stack) ?? [];
  return line === undefined ? undefined : { line: Number(line), column: Number(column) };
}

function causeOf(stack: string): { cause?: string } {
  const frames = stack
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each.includes(SCRIPT))
    .slice(0, 5);
  return frames.length > 1 ? { cause: frames.join(' ') } : {};
}
