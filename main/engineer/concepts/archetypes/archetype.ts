/** A part that is fitted to a brief's interfaces: a script with ranges, and how its variables follow from what must fit. */
import type { Box, BriefInterface, Varied } from '../../brief/brief.ts';

export type InterfaceOf<Kind extends BriefInterface['kind']> = Extract<BriefInterface, { kind: Kind }>;

/** Variables that meet the interfaces, those that are left to choose, and where the interfaces are on the part. */
export interface Fit {
  set: Record<string, string | number>;
  vary: Record<string, Varied>;
  /** Selectors of faces by the name that the brief has for the interface. */
  faces: Record<string, string[]>;
}

export interface Misfit {
  reason: string;
}

export interface Archetype {
  /** Name of the script in `resources/archetypes`, without its ending. */
  key: string;
  title: string;
  about: string;
  /** The interfaces that it takes, in words. */
  roles: string;
  /** Never throws: what cannot be met is a reason. */
  fit(interfaces: readonly BriefInterface[], envelope: Box | null): Fit | Misfit;
}

/** Thrown inside of a fit, and made a reason by {@link fitting}. */
export class DoesNotFit extends Error {}

export const unfit = (reason: string): DoesNotFit => new DoesNotFit(reason);

/** A fit that may throw {@link DoesNotFit} as one that answers with the reason. */
export const fitting =
  (attempt: (interfaces: readonly BriefInterface[], envelope: Box | null) => Fit): Archetype['fit'] =>
  (interfaces, envelope) => {
    try {
      return attempt(interfaces, envelope);
    } catch (thrown) {
      if (thrown instanceof DoesNotFit) return { reason: thrown.message };
      throw thrown;
    }
  };

/** All interfaces of one kind. */
export const ofKind = <Kind extends BriefInterface['kind']>(
  interfaces: readonly BriefInterface[],
  kind: Kind,
): InterfaceOf<Kind>[] => interfaces.filter((each): each is InterfaceOf<Kind> => each.kind === kind);

/** Refuses other numbers of interfaces than the archetype takes: `{ bolts: [1, 2], face: [0, 1] }`. */
export function expectKinds(
  interfaces: readonly BriefInterface[],
  wanted: Partial<Record<BriefInterface['kind'], readonly [number, number]>>,
): void {
  for (const kind of ['bolts', 'bore', 'face', 'journal'] as const) {
    const [least, most] = wanted[kind] ?? [0, 0];
    const { length } = ofKind(interfaces, kind);
    if (length >= least && length <= most) continue;
    const asked = least === most ? `${least}` : `${least} to ${most}`;
    throw unfit(`it takes ${asked} ${WORDS[kind]}, and the brief has ${length}`);
  }
}

const WORDS = { bolts: 'bolt pattern(s)', bore: 'bore(s)', face: 'face(s)', journal: 'journal(s)' } as const;

/** A range in mm. Bounds that leave nothing to choose are a misfit, with what is too tight in words. */
export function between(minimum: number, maximum: number, what: string): Varied {
  if (!(maximum > minimum * 1.02)) throw unfit(`there is no room for ${what}`);
  return { kind: 'range', minimum: `${rounded(minimum)} mm`, maximum: `${rounded(maximum)} mm` };
}

/** Whole numbers from one to another. */
export const counted = (minimum: number, maximum: number): Varied => ({ kind: 'range', minimum, maximum });

/** Plain numbers from one to another. */
export const share = (minimum: number, maximum: number): Varied => ({ kind: 'range', minimum, maximum });

const rounded = (value: number): number => Number(value.toFixed(3));

/** A length as scripts take it: all digits, for interfaces are met exactly. */
export const mm = (value: number): string => `${Math.abs(value) < 1e-9 ? 0 : Number(value.toPrecision(15))} mm`;
