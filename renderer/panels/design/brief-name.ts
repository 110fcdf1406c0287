/** `Shelf bracket` of `name: Shelf bracket`, also while the rest cannot be read. */
export const nameIn = (text: string): string =>
  /^name:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^#\n]+))/m.exec(text)?.slice(1).find(Boolean)?.trim().slice(0, 100) ||
  'Brief';
