/**
 * One request in words, taken apart piece by piece. Whatever is understood is taken out; what is left over at the end was not
 * understood, and is asked about rather than passed over.
 */

/** Words that say nothing about what is wanted. */
const FILLERS = new Set(
  `a an the this that these those it its is are was be been being do does did done will would can could should shall may might
  please kindly just now then so and also to of for in on at with by from as into onto out up i we you me us my our your let lets
  want wants wanted need needs like love have has had get gets got give gives go hey ok okay well there here some any all
  really very quite more about around again too model design piece component thing body part what's it's i'd i'm let's
  using use used via per each both yes whole entire current currently value new bit little lot maybe perhaps thanks thank
  dear agent artificer hello hi their them they which what how who where why much many tell show know see am think
  actually exactly right first`
    .split(/\s+/)
    .filter(Boolean),
);

export class Clause {
  readonly original: string;
  #rest: string;
  /** What was put in quotation marks, by its placeholder. */
  readonly quoted: string[] = [];

  constructor(text: string) {
    this.original = text;
    this.#rest = ` ${normalise(text, this.quoted)} `;
  }

  get rest(): string {
    return this.#rest;
  }
  has(pattern: RegExp): boolean {
    return pattern.test(this.#rest);
  }
  /** The match, taken out; null where there is none. */
  take(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.#rest);
    if (!found) return null;
    this.#rest = `${this.#rest.slice(0, found.index)} ${this.#rest.slice(found.index + found[0].length)}`.replace(
      / +/g,
      ' ',
    );
    return found;
  }
  takeAll(pattern: RegExp): void {
    while (this.take(pattern));
  }
  words(): string[] {
    return this.#rest.split(/[^\p{L}\p{N}_'.%°⟦⟧-]+/u).filter(Boolean);
  }
  /** Words that say something and that nobody has understood. */
  leftover(): string[] {
    return this.words().filter((word) => !FILLERS.has(word) && !/^[.'-]+$/.test(word));
  }
  clone(): Clause {
    const copy = new Clause('');
    Object.assign(copy, { original: this.original });
    copy.#rest = this.#rest;
    copy.quoted.push(...this.quoted);
    return copy;
  }
}

/** Placeholder of the n-th quotation: one word that nothing else looks like. */
export const quotation = (index: number): string => `⟦${index}⟧`;

const NUMBERS: Record<string, string> = {
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  twelve: '12',
  fifteen: '15',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
};

function normalise(text: string, quoted: string[]): string {
  return text
    .replace(/[“”„«»"]([^“”„«»"]+)[“”„«»"]/g, (_all, inner: string) => {
      quoted.push(inner);
      return ` ${quotation(quoted.length - 1)} `;
    })
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/\b(what|that|it|there|where|who|here|how)'s\b/g, '$1 is')
    .replace(/\.(?=\s|$)/g, ' ')
    .replace(/[−–—]/g, '-')
    .replace(/≥|>=|=>/g, ' at least ')
    .replace(/≤|<=|=</g, ' at most ')
    .replace(/>/g, ' above ')
    .replace(/</g, ' below ')
    .replace(/\b(per ?cent|pct)\b/g, '%')
    .replace(/(\d),(\d{1,2})(?!\d)/g, '$1.$2')
    .replace(/(\d) ?(°|degrees?)(?! ?c)/g, '$1 deg')
    .replace(/\b(millimet(er|re)s?|mms)\b/g, 'mm')
    .replace(/\b(centimet(er|re)s?)\b/g, 'cm')
    .replace(/\b(newtons?)\b/g, 'n')
    .replace(/\b(kilonewtons?)\b/g, 'kn')
    .replace(/\b(inch|inches)\b/g, 'in')
    .replace(/\b(kilograms?|kilos?)\b/g, 'kg')
    .replace(/\b(grams?|grammes?)\b/g, 'g')
    .replace(/\b(hertz)\b/g, 'hz')
    .replace(/(\d)\s*%/g, '$1%')
    .replace(
      /\b(zero|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty)\b/g,
      (word) => NUMBERS[word]!,
    )
    .replace(/\bfactor of safety\b|\bfos\b|\bsafety margin\b/g, 'safety factor')
    .replace(/\bsf\b/g, 'safety factor')
    .replace(/[?!,;:]+/g, ' , ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Where a request holds several, they are cut apart here; whether each half makes sense is for the caller to see. */
export function splitRequests(text: string): string[] {
  return text
    .split(/(?:;|\.(?=\s+[\p{L}])|,?\s+(?:and\s+)?then\s+|,\s*and\s+|\s+and\s+afterwards\s+|\n+)/u)
    .map((each) => each.trim().replace(/^then\s+/i, ''))
    .filter(Boolean);
}
