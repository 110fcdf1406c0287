/** Pieces of the pages that reports are: self-contained, without scripts, fonts or links out. Everything put in is escaped. */

/** Markup that is safe to put into a page as it is. */
export interface Html {
  readonly markup: string;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

type Piece = Html | string | number | null | undefined | false | readonly Piece[];
const render = (piece: Piece): string => {
  if (piece === null || piece === undefined || piece === false) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escapeText(String(piece));
  if ('markup' in piece) return piece.markup;
  return piece.map(render).join('');
};

/** Template for markup: text is escaped, markup and lists of it are put in whole. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html => ({
  markup: parts.reduce((sum, part, i) => sum + part + (i < pieces.length ? render(pieces[i]) : ''), ''),
});

/** A number to so many significant digits, without trailing noughts. */
export function figure(value: number | undefined, digits = 4): string {
  if (value === undefined || Number.isNaN(value)) return '—';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  return size !== 0 && (size >= 1e7 || size < 1e-4) ? rounded.toExponential() : String(rounded);
}

export const table = (headings: readonly string[], rows: readonly (readonly Piece[])[]): Html =>
  rows.length === 0
    ? html``
    : html`<table>${
        headings.some((heading) => heading !== '') &&
        html`<thead><tr>${headings.map((heading) => html`<th>${heading}</th>`)}</tr></thead>`
      }
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table>`;

export const picture = (png: Uint8Array, words: string): Html =>
  html`<img alt="${words}" src="data:image/png;base64,${Buffer.from(png).toString('base64')}">`;

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8881; --good: #15803d; --bad: #b91c1c; }
@media (prefers-color-scheme: dark) { :root { --good: #4ade80; --bad: #f87171; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1.2rem; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; border-bottom: 1px solid var(--line); }
.lead { font-size: 1.1rem; } .muted, small { opacity: .75; } small { display: block; }
h3 { font-size: 1rem; margin: 1rem 0 .2rem; } ul { margin: .3rem 0; padding-left: 1.2rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; margin: .6rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
th { background: var(--soft); }
figure { margin: 0; break-inside: avoid; } figcaption { font-size: .9rem; }
img, svg { max-width: 100%; height: auto; } img { background: #fff; border: 1px solid var(--line); }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: 1.2rem; }
.scale { height: .8rem; border: 1px solid var(--line); } .ends { display: flex; justify-content: space-between; font-size: .85rem; }
.good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 700; }
.warning { border-left: 4px solid #d97706; background: var(--soft); padding: .4rem .8rem; margin: .4rem 0; }
.together { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
.pictures img { border: none; width: 100%; max-height: 92mm; object-fit: contain; } .pictures { grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); } }
`;

export const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
