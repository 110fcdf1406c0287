/** Persistent names as a person reads them: `side line3 of Base extrude`. */
import type { Reference, TopologyKind } from '../../../preload/contract/geometry.ts';
import { listInWords, refuse } from '../refuse.ts';

/** What a step is called, by its id; undefined for one that is gone. */
export type NameOfFeature = (id: string) => string | undefined;

const ID = /feature_[A-Za-z0-9]{6,40}/g;

/** A face's name in words. Copies, rounds and the like name what they are of. */
export function faceWords(name: string, nameOf: NameOfFeature): string {
  const slash = name.indexOf('/');
  if (slash < 0) return readable(name, nameOf);
  const feature = called(name.slice(0, slash), nameOf);
  const role = name.slice(slash + 1);
  const copy = /^(\d+):(.*)$/s.exec(role);
  if (copy) return `${faceWords(copy[2]!, nameOf)}, copy ${copy[1]} by ${feature}`;
  const detailed = /^([^(]+)\((.*)\)$/s.exec(role);
  // Faces of imported bodies are numbered from 0; people count from 1.
  if (/^\d+$/.test(role)) return `face ${Number(role) + 1} of ${feature}`;
  if (!detailed) return `${role.replace(/-/g, ' ')} of ${feature}`;
  const inner = detailed[2]!;
  const word = detailed[1]!.replace(/-/g, ' ');
  // A curve of a sketch is just its id; faces in brackets are names themselves.
  return inner.includes('/')
    ? `${word} of ${feature} between ${readable(inner, nameOf)}`
    : `${word} ${inner} of ${feature}`;
}

/** A step, or one of several bodies that it made. */
function called(name: string, nameOf: NameOfFeature): string {
  const [id, number] = name.split('#') as [string, string?];
  const words = nameOf(id) ?? 'a removed step';
  return number === undefined ? words : `${words} (body ${number})`;
}
const readable = (text: string, nameOf: NameOfFeature): string =>
  splitTopLevel(text).length > 1
    ? splitTopLevel(text)
        .map((each) => faceWords(each, nameOf))
        .join(' and ')
    : text.includes('/')
      ? faceWords(text, nameOf)
      : text.replace(ID, (id) => called(id, nameOf));

/** At the bars that are not in brackets. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++)
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === '|' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  parts.push(text.slice(start));
  return parts;
}

/** What a reference means to a person: `edge between side line3 of Plate and end of Plate`. */
export function referenceWords(reference: Reference, nameOf: NameOfFeature): string {
  if (reference.by === 'selector') return reference.selector;
  if (reference.by === 'pick') return `${reference.kind} ${reference.index + 1}`;
  const { kind, name } = reference;
  if (kind === 'body') {
    const [id, number] = name.split('#') as [string, string?];
    return number === undefined ? `body of ${called(id, nameOf)}` : `body ${number} of ${called(id, nameOf)}`;
  }
  if (kind === 'face') return faceWords(name, nameOf);
  const faces = splitTopLevel(name).map((each) => faceWords(each, nameOf));
  if (kind === 'edge' && faces.length === 2 && faces[0] === faces[1]) return `seam of ${faces[0]}`;
  return `${kind} between ${faces.join(', ').replace(/, ([^,]*)$/, ' and $1')}`;
}

/**
 * A persistent name as a person writes it, by the names of steps: `Base extrude/side(line3)`; of edges and vertices the
 * faces joined by `|`, of a body the step that made it. Ids are understood too.
 * @throws ArtificerError `reference.no-such-step`
 */
export function nameFromWords(
  kind: TopologyKind,
  words: string,
  steps: readonly { id: string; name: string }[],
): string {
  const faces = splitTopLevel(words).map((each) => withIds(each.trim(), steps, kind !== 'body'));
  return kind === 'edge' || kind === 'vertex' ? faces.sort().join('|') : faces.join('|');
}

/** Names of steps may be parts of one another: the longest that fits is meant. */
function withIds(words: string, steps: readonly { id: string; name: string }[], hasRole: boolean): string {
  const fitting = steps
    .flatMap(({ id, name }) => [
      { id, called: name },
      { id, called: id },
    ])
    .filter(({ called }) => {
      const rest = words.slice(called.length);
      return words.startsWith(called) && (hasRole ? /^(#\d+)?\//.test(rest) : /^(#\d+)?$/.test(rest));
    })
    .sort((a, b) => b.called.length - a.called.length);
  const [best, second] = fitting;
  if (!best || (second && second.called.length === best.called.length && second.id !== best.id))
    throw refuse(
      'reference.no-such-step',
      best ? `"${words}" could be of any of several steps of that name.` : `"${words}" names no step of the part.`,
      {
        hint: best
          ? 'Give the steps different names.'
          : `Its steps are ${listInWords(
              steps.map(({ name }) => `"${name}"`),
              10,
            )}.`,
      },
    );
  const rest = words.slice(best.called.length);
  // What is in brackets are faces of their own.
  return (
    best.id +
    rest.replace(/\((.*)\)$/s, (whole, inner: string) =>
      inner.includes('/')
        ? `(${splitTopLevel(inner)
            .map((each) => withIds(each.trim(), steps, true))
            .join('|')})`
        : whole,
    )
  );
}
