/** Phrases of a request for a design: sizes of loads, directions, places, processes, limits. Each is taken out where it stands. */
import type { Process, Vector3 } from '../../../../../preload/contract/index.ts';
import type { Clause } from '../clause.ts';
import { takeLimits } from '../intents/goals.ts';
import { NUMBER } from '../quantities.ts';
import type { Aim, Wish } from './wish.ts';

const GRAVITY_m_s2 = 9.80665;

// Directions

const SIDES: { words: string; direction: Vector3; selector: string; name: string }[] = [
  { words: 'top|upper', direction: [0, 0, 1], selector: 'faces >Z', name: 'top' },
  { words: 'bottom|lower|underside', direction: [0, 0, -1], selector: 'faces <Z', name: 'bottom' },
  { words: 'right|right-hand', direction: [1, 0, 0], selector: 'faces >X', name: 'right side' },
  { words: 'left|left-hand', direction: [-1, 0, 0], selector: 'faces <X', name: 'left side' },
  { words: 'back|rear', direction: [0, 1, 0], selector: 'faces >Y', name: 'back' },
  { words: 'front', direction: [0, -1, 0], selector: 'faces <Y', name: 'front' },
];
export const SIDE_CHOICES = SIDES.map(({ name, selector }) => ({
  label: `${name.slice(0, 1).toUpperCase()}${name.slice(1)} (${selector.slice(-2).replace('>', '+').replace('<', '−')})`,
  words: name.endsWith(' side') ? `the ${name}` : `the ${name} face`,
}));

/** `top face`, `the left side`, `back`. */
export function sideNamed(words: string): { name: string; on: string[] } | null {
  for (const { words: known, selector, name } of SIDES)
    if (new RegExp(`^(?:${known})(?: (?:face|side|surface|end|edge|wall))?$`).test(words))
      return { name, on: [selector] };
  return null;
}

export const DIRECTION = `(?:down(?:wards?)?|up(?:wards?)?|to the (?:left|right)|leftwards?|rightwards?|forwards?|backwards?|(?:along|in|towards) (?:the )?(?:direction (?:of )?)?[+-]?[xyz](?: axis| direction)?|[+-][xyz])`;
export const DIRECTION_CHOICES = [
  { label: 'Down (−Z)', words: 'pushing downwards' },
  { label: 'Up (+Z)', words: 'pushing upwards' },
  { label: 'To the right (+X)', words: 'pushing in +x' },
  { label: 'To the left (−X)', words: 'pushing in -x' },
  { label: 'To the back (+Y)', words: 'pushing in +y' },
  { label: 'To the front (−Y)', words: 'pushing in -y' },
];

export function directionOf(words: string): Vector3 | undefined {
  const [, sign = '', axis] = /(?:^|[^a-z])([+-]?)([xyz])(?: axis| direction)?$/.exec(words.trim()) ?? [];
  if (axis) return ['x', 'y', 'z'].map((each) => (each === axis ? (sign === '-' ? -1 : 1) : 0)) as unknown as Vector3;
  if (/^down/.test(words)) return [0, 0, -1];
  if (/^up/.test(words)) return [0, 0, 1];
  if (/right/.test(words)) return [1, 0, 0];
  if (/left/.test(words)) return [-1, 0, 0];
  if (/^back/.test(words)) return [0, 1, 0];
  return /^forward/.test(words) ? [0, -1, 0] : undefined;
}

// Places

/** Words that no name of a place goes on over. */
const STOP = `and|or|with|of|made|from|milled|turned|cast|printed|fixed|held|clamped|bolted|screwed|mounted|yield|safety|at|on|to|by|that|which|for|as|in|out|under|down|downwards?|up|upwards?|weighing|while|but|is|are|vary|varying|using|should|must|may|has|have|the|a|an|its|loaded|carrying|carries|where|against|not|no|within|below|above|deflect\\w*|bend\\w*|move\\w*|aluminium|aluminum|steel|titanium|minimi[sz]e|light|lightest`;
const WORD = String.raw`(?!(?:${STOP})\b)[a-z][\w'-]*`;
const PLACE = String.raw`(?:the |its |a |an )?(⟦\d+⟧|${WORD}(?: ${WORD}){0,2})`;

export interface SaidLoad {
  force_N?: number;
  pressure?: string;
  direction?: string;
  place?: string;
  note?: string;
}

const CARRIES = `(?:carr(?:y|ies|ying)|holds?(?: up)?|holding(?: up)?|supports?|supporting|bears?|bearing|withstands?|takes?|loaded (?:with|by)|loads? of|under)`;
const ACTING = `(?: (?:acting|applied|pushing|pulling|pressing|hanging|resting|load|force|pressure))?`;

/** How large the load is, where it acts and which way, as far as that is said in one breath. */
export function takeLoad(clause: Clause): SaidLoad {
  const tail = `(?: of (?:load|force|weight))?${ACTING}(?: (${DIRECTION}))?${ACTING}(?: (?:on|onto|at|to|against|into) ${PLACE})?(?: (${DIRECTION}))?`;
  const weight = clause.take(
    new RegExp(String.raw`\b${CARRIES} (?:a |an |the )?(?:load |weight |mass )?(?:of )?${NUMBER} ?kg\b${tail}`),
  );
  if (weight) {
    const force_N = Number((Number(weight[1]) * GRAVITY_m_s2).toPrecision(6));
    return {
      force_N,
      direction: weight[2] ?? weight[4] ?? 'down',
      ...(weight[3] ? { place: weight[3] } : {}),
      note: `A weight of ${weight[1]} kg presses with ${force_N} N, downwards.`,
    };
  }
  const force = clause.take(new RegExp(String.raw`(?<![\w.])${NUMBER} ?(k?n)\b(?![/*^])${tail}`));
  if (force) {
    const direction = force[3] ?? force[5];
    return {
      force_N: Number((Number(force[1]) * (force[2] === 'kn' ? 1000 : 1)).toPrecision(9)),
      ...(direction ? { direction } : {}),
      ...(force[4] ? { place: force[4] } : {}),
    };
  }
  const pressure = clause.take(
    new RegExp(
      String.raw`(?<![\w.])${NUMBER} ?(mpa|bar)(?: of)?(?: (?:inner|internal|inside|outer))? pressure(?: (?:on|onto|at|to|against|in|inside) ${PLACE})?`,
    ),
  );
  if (!pressure) return {};
  return {
    pressure: `${pressure[1]} ${pressure[2] === 'mpa' ? 'MPa' : 'bar'}`,
    ...(pressure[3] ? { place: pressure[3] } : {}),
  };
}

/** Where the load acts, and which way, said apart from its size. */
export function takeLoadPlace(clause: Clause): string | undefined {
  return clause.take(
    new RegExp(
      String.raw`\b(?:loaded|acting|acts|applied|pushed|pulled|pressed|(?:the |its )?(?:load|force|weight|pressure)(?: is| acts)?)(?: down)? (?:on|onto|at|to|against) ${PLACE}`,
    ),
  )?.[1];
}
export const takeDirection = (clause: Clause): string | undefined =>
  clause.take(
    new RegExp(String.raw`\b(?:pushing|pulling|acting|pressing|directed|pointing)? ?(${DIRECTION})(?![\w-])`),
  )?.[1];

export const takeHeld = (clause: Clause): string | undefined =>
  clause.take(
    new RegExp(
      String.raw`\b(?:fixed|held|clamped|bolted|screwed|mounted|attached|fastened|welded|built in|restrained)(?: rigidly| firmly)? (?:at|on|onto|to|by|along|against|into|in) ${PLACE}`,
    ),
  )?.[1];

/** `where "shelf" is "faces <Y"`: what a name stands for. */
export function takeDefinitions(clause: Clause): Map<string, string> {
  const found = new Map<string, string>();
  for (;;) {
    const match = clause.take(new RegExp(String.raw`\bwhere (⟦\d+⟧) is ${PLACE}`));
    if (!match) return found;
    found.set(match[1]!, match[2]!);
  }
}

// How it is made

const PROCESS_WORDS: { pattern: RegExp; process: Process }[] = [
  { pattern: /\b(?:by |for )?(?:cnc[ -])?(?:milled|milling|machined|machining)\b/, process: 'milling' },
  { pattern: /\b(?:by |for |on a )?(?:turned|turning|lathe)\b/, process: 'turning' },
  { pattern: /\b(?:of |from |as |by )?(?:bent )?sheet[ -]metal\b/, process: 'sheet-metal' },
  { pattern: /\b(?:by |for )?(?:sand[ -])?(?:cast(?! iron)|casting)\b/, process: 'casting' },
  { pattern: /\b(?:by )?(?:fused[ -]filament|fff|fdm)(?: printed| printing)?\b/, process: 'fused-filament' },
  {
    pattern: /\b(?:by )?(?:laser[ -]powder[ -]bed(?: fusion)?|lpbf|slm|metal[ -]printed|printed in metal)\b/,
    process: 'laser-powder-bed',
  },
];
export const PRINTED = /\b(?:3d[ -])?print(?:ed|ing)\b/;

export function takeProcesses(clause: Clause): Process[] {
  return PROCESS_WORDS.flatMap(({ pattern, process }) => (clause.take(pattern) ? [process] : []));
}

export function takeQuantityOfPieces(clause: Clause): number | undefined {
  const found =
    clause.take(/\b(?:a )?(?:lot|batch|series|run) of (\d+)(?: pieces| parts| units)?\b/) ??
    clause.take(/\bquantity(?: of)? (\d+)\b/) ??
    clause.take(/(?<![\w.])(\d+) (?:pieces|parts|units|off)\b/);
  return found ? Number(found[1]) : undefined;
}

export function takeBudget(clause: Clause): Pick<Wish, 'minutes' | 'solves'> {
  const before = String.raw`\b(?:(?:and )?(?:within|in|for|take|using|at most|no more than|with|budget of|spend) (?:a budget of )?)?`;
  const minutes = clause.take(new RegExp(String.raw`${before}(?:at most )?${NUMBER} ?(?:minutes?|mins?)\b`));
  const solves = clause.take(new RegExp(String.raw`${before}(?:at most )?(\d+) (?:solves|solutions|simulations)\b`));
  return {
    ...(minutes ? { minutes: Number(minutes[1]) } : {}),
    ...(solves ? { solves: Number(solves[1]) } : {}),
  };
}

// What it must withstand

const MOST = '(?:at most|no more than|not more than|less than|below|under|up to|within|max(?:imum)?(?: of)?)';

export function takeRequirements(clause: Clause): { limits: Wish['limits']; notes: string[]; wrong?: string } {
  const limits: Wish['limits'] = [];
  const notes: string[] = [];
  const over = clause.take(
    new RegExp(
      String.raw`\b(?:(?:max(?:imum)? )?(?:von mises )?stress(?:es)? )?(?:${MOST} )?(?:the )?yield(?: strength| stress| point)? ?(?:over|divided by|/|by) ?${NUMBER}`,
    ),
  );
  if (over) limits.push({ text: `max(von_mises) <= yield / ${over[1]}`, of: 'load' });
  const stress = clause.take(
    new RegExp(
      String.raw`\b(?:max(?:imum)? )?(?:von mises )?stress(?:es)?(?: of| is| stays?| must| be)* ${MOST} ${NUMBER} ?mpa\b`,
    ),
  );
  if (stress) limits.push({ text: `max(von_mises) <= ${stress[1]} MPa`, of: 'load' });
  if (!over && clause.take(/\b(?:must not |not |without |never )(?:yield|yielding)\b/))
    limits.push({ text: 'max(von_mises) <= yield', of: 'load' });
  const held = takeLimits(clause);
  if (held.wrong) return { limits, notes, wrong: held.wrong };
  if (held.safetyFactor !== undefined) {
    limits.push({ text: `max(von_mises) <= yield / ${held.safetyFactor}`, of: 'load' });
    notes.push(
      `A safety factor of ${held.safetyFactor} is taken against yield: von Mises stress at most yield / ${held.safetyFactor}.`,
    );
  }
  const moves =
    held.displacement_mm ??
    numberIn(
      clause.take(
        new RegExp(
          String.raw`\b${MOST} ${NUMBER} ?mm(?: of)?(?: displacement| deflection| deformation| sag| give| movement)?\b`,
        ),
      ) ??
        clause.take(
          new RegExp(
            String.raw`(?<![\w.])${NUMBER} ?mm (?:of )?(?:displacement|deflection|deformation|sag)(?: at most| max(?:imum)?)?\b`,
          ),
        ),
    );
  if (moves !== undefined) limits.push({ text: `max(displacement) <= ${moves} mm`, of: 'load' });
  const frequency =
    held.frequency_Hz ??
    numberIn(
      clause.take(
        new RegExp(String.raw`\bno (?:resonances?|natural frequenc(?:y|ies)|modes?) (?:below|under) ${NUMBER} ?hz\b`),
      ),
    );
  if (frequency !== undefined) limits.push({ text: `first_frequency >= ${frequency} Hz`, of: 'vibration' });
  const buckling = numberIn(
    clause.take(new RegExp(String.raw`\bbuckling (?:load )?factor (?:of )?(?:at least |above |over )?${NUMBER}`)),
  );
  if (buckling !== undefined) limits.push({ text: `buckling_factor >= ${buckling}`, of: 'buckling' });
  const mass = clause.take(
    new RegExp(
      String.raw`\b(?:(?:mass|weight|weigh(?:s|ing)?)(?: of| is| be)? )?(?:${MOST}|lighter than) ${NUMBER} ?(kg|g)\b`,
    ),
  );
  if (mass) limits.push({ text: `mass <= ${mass[1]} ${mass[2]}`, of: 'part' });
  return { limits, notes };
}

const numberIn = (found: RegExpExecArray | null): number | undefined => (found ? Number(found[1]) : undefined);

const AIMS: { aim: Aim; pattern: RegExp }[] = [
  {
    aim: 'mass',
    pattern:
      /\b(?:as light as possible|as little (?:mass|weight|material) as possible|(?:the )?lightest(?: possible)?|lightweight|minimi[sz]e (?:the |its )?(?:mass|weight)|(?:minimum|minimal|least|lowest) (?:mass|weight))\b/,
  },
  {
    aim: 'displacement',
    pattern:
      /\b(?:as stiff as possible|(?:the )?stiffest(?: possible)?|minimi[sz]e (?:the |its )?(?:displacement|deflection))\b/,
  },
  {
    aim: 'cost',
    pattern: /\b(?:as cheap as possible|(?:the )?cheapest(?: possible)?|minimi[sz]e (?:the |its )?costs?)\b/,
  },
];

export const takeAims = (clause: Clause): Aim[] =>
  AIMS.flatMap(({ aim, pattern }) => {
    if (!clause.take(pattern)) return [];
    clause.takeAll(pattern);
    return [aim];
  });
