/** The window's own typeface, for texts that are drawn. */
let family: string | null = null;

export function fontOf(size: number): string {
  family ??= getComputedStyle(document.body).fontFamily;
  return `${size}px ${family}`;
}
