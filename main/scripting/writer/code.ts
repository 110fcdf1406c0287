/** JavaScript source of plain data, laid out to be read. */

/** Source as it is. */
export class Code {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export const code = (text: string): Code => new Code(text);

const WIDTH = 110;

/** `'it\'s'`: nothing in a name can end the string or the line it stands in. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `'${escaped}'`;
}

/** Entries that are undefined are left out. */
export function print(value: unknown, indent = ''): string {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value);
  if (typeof value === 'boolean') return String(value);
  const [open, close, items] = piecesOf(value as object, indent);
  if (items.length === 0) return `${open}${close}`;
  const room = open === '{' ? ' ' : '';
  const line = `${open}${room}${items.join(', ')}${room}${close}`;
  if (indent.length + line.length <= WIDTH && !line.includes('\n')) return line;
  return `${open}\n${items.map((each) => `${indent}  ${each},\n`).join('')}${indent}${close}`;
}

function piecesOf(value: object, indent: string): [string, string, string[]] {
  const inner = `${indent}  `;
  if (Array.isArray(value)) return ['[', ']', value.map((each) => print(each, inner))];
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const items = entries.map(([key, each]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
    return each instanceof Code && each.text === name ? name : `${name}: ${print(each, inner)}`;
  });
  return ['{', '}', items];
}

/** A call, its last arguments broken over lines where it would be too long. */
export function call(callee: string, values: readonly unknown[], indent: string): string {
  const given = [...values];
  while (given.length > 0 && given.at(-1) === undefined) given.pop();
  const texts = given.map((each) => (each === undefined ? 'undefined' : print(each, indent)));
  return `${callee}(${texts.join(', ')})`;
}
