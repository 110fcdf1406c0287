/** The names in an expression: which it uses, and what it reads like when one of them is called differently. */
import { isFunctionName, tokensOf } from './expressions.ts';

/** Names that could be variables, each once, in order. An expression that can't be read has none: it says so when evaluated. */
export function namesIn(text: string): string[] {
  const names = new Set<string>();
  for (const { name } of placesOf(text)) names.add(name);
  return [...names];
}

/** The same expression with one name for another; blanks and everything else stay as they were. */
export function renamedIn(text: string, from: string, to: string): string {
  let renamed = '';
  let end = 0;
  for (const { name, at } of placesOf(text)) {
    if (name !== from) continue;
    renamed += text.slice(end, at) + to;
    end = at + name.length;
  }
  return renamed + text.slice(end);
}

function placesOf(text: string): { name: string; at: number }[] {
  let tokens: ReturnType<typeof tokensOf>;
  try {
    tokens = tokensOf(text);
  } catch {
    return [];
  }
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'name') return [];
    const next = tokens[index + 1];
    const isCall = next?.kind === 'sign' && next.text === '(' && isFunctionName(token.text);
    return isCall ? [] : [{ name: token.text, at: token.at }];
  });
}
