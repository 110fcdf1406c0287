/** "Make it 20 % lighter and keep the safety factor above 2": what is to be reached, and what must hold meanwhile. */
import type { Clause } from '../clause.ts';
import { isQuestion, takePart, takeStudy } from '../entities.ts';
import { ask, plan, step } from '../interpretation.ts';
import { NUMBER, takePercent, takeQuantity } from '../quantities.ts';
import type { Scene } from '../scene.ts';
import type { Intent } from './intent.ts';

const LIGHTER =
  /\b(lighter|lightest|lightweight|light as possible|(?:reduce|cut|lower|decrease|shave|drop|minimi[sz]e|trim|optimi[sz]e|bring down|get down|save|lose)\b.*\b(?:mass|weight|material)|(?:mass|weight) (?:down|reduction)|less (?:mass|weight|material|heavy)|(?:weighs?|weight|mass) (?:to |is |be |stays? |down to )?(?:below|under|at most|less than|no more than)|weight loss)\b/;
const ENOUGH = `(?:above|over|at least|of at least|not below|no less than|more than|greater than|bigger than|beyond|exceeds?|stays? above|of|to|at|is|=)`;

export const goals: Intent = (clause, scene) => {
  const lighter = clause.has(LIGHTER);
  const held = takeLimits(clause);
  const stronger =
    !lighter &&
    clause.has(
      /\b(stronger|strengthen|increase|raise|improve|get|make|bring|achieve|reach|needs?|wants?|ensure|should|must)\b/,
    ) &&
    held.any;
  const vaguelyStronger =
    !lighter && !held.any && clause.has(/\b(stronger|stiffer|strengthen|stiffen|sturdier|more rigid)\b/);
  if (!lighter && !stronger && !vaguelyStronger) return null;
  if (held.wrong) return ask(held.wrong);
  const part = takePart(clause, scene);
  if (isQuestion(part)) return part.question;
  if (!part) return null;
  if (vaguelyStronger) return howMuch(clause, scene);
  const percent = lighter ? takePercent(clause) : null;
  const target = lighter && percent === null ? takeQuantity(clause, ['mass'], false) : null;
  const study = takeStudy(
    clause,
    scene,
    held.frequency_Hz !== undefined && held.only ? ['modal'] : ['static', 'thermal-stress'],
  );
  if (isQuestion(study)) return study.question;
  if (!study)
    return ask('There is no study that says what loads the part. Make one in the Studies panel, and ask again.');
  // Asked before anything else: a mass without a limit leads to nothing that could be made.
  if (lighter && !held.any) return whatHolds(clause, scene, study.found.safetyFactor);
  if (percent !== null && (percent <= 0 || percent >= 90))
    return ask(`${percent} % lighter can't be reached. How much lighter should it be?`);
  clause.takeAll(LIGHTER);
  clause.takeAll(
    /\b(lighter|light|lightest|mass|weight|weigh|weighs|material|reduce|cut|lower|decrease|shave|drop|minimi[sz]e|trim|optimi[sz]e|bring|down|save|lose|make|keep|keeping|kept|while|but|must|stays?|maintain\w*|ensure|holding|hold|still|remain\w*|as|possible|off|without|losing|go|going|below|under|at most|less|than|heavy|let|get|stronger|strengthen|increase|raise|improve|achieve|reach|subject to|provided|that|with|needs?|off|target|result|ends?|by|percent|safety factor)\b/,
  );
  return plan(
    step('lighten_part', {
      study: study.found.name,
      lighter_percent: percent ?? undefined,
      target_kg: target
        ? / g$/.test(target.text)
          ? target.value / 1000
          : / lb$/.test(target.text)
            ? target.value * 0.45359237
            : target.value
        : undefined,
      minimum_safety_factor: held.safetyFactor,
      maximum_displacement_mm: held.displacement_mm,
      minimum_frequency_Hz: held.frequency_Hz,
      only_meet: lighter ? undefined : true,
    }),
  );
};

interface Limits {
  any: boolean;
  /** Nothing but a frequency. */
  only: boolean;
  safetyFactor?: number;
  displacement_mm?: number;
  frequency_Hz?: number;
  wrong?: string;
}

/** What must hold, taken out. */
export function takeLimits(clause: Clause): Limits {
  const limits: Limits = { any: false, only: true };
  const below = clause.has(new RegExp(`safety factor (?:below|under|at most|less than|smaller than) ${NUMBER}`));
  if (below) limits.wrong = 'A safety factor has to stay above something. Which value must it not fall below?';
  const safety =
    clause.take(
      new RegExp(
        String.raw`\b(?:without|not|never) (?:dropping|falling|going|getting|drop|fall|go|get|come|coming) (?:below|under) (?:a |the )?safety factor (?:of )?${NUMBER}`,
      ),
    ) ??
    clause.take(
      new RegExp(
        String.raw`\b(?:a |the |its )?(?:minimum |min )?safety factor (?:that |must |should |has to |stays? |be |is |does not fall |not fall |not drop )*(?:${ENOUGH} )* ?${NUMBER}(?! ?%)`,
      ),
    ) ??
    clause.take(new RegExp(String.raw`\b${ENOUGH} ${NUMBER} (?:times )?(?:as )?(?:the )?safety factor\b`)) ??
    clause.take(new RegExp(String.raw`\bsafety (?:above|of|at least) ${NUMBER}`));
  if (safety) limits.safetyFactor = Number(safety[1]);
  const moves =
    clause.take(
      new RegExp(
        String.raw`\b(?:max(?:imum)? )?(?:deflections?|displacements?|deformations?|sag)(?: (?:that|must|should|has to|may|can|stays?|be|is|to|at|under load|not))*? (?:stays? )?(?:(?:below|under|at most|less than|within|exceed|exceeding|of|to|more than) )?${NUMBER} ?mm\b`,
      ),
    ) ??
    clause.take(
      new RegExp(
        String.raw`\b(?:moves?|bends?|deflects?|sags?) (?:by )?(?:at most|less than|no more than|not more than|below|under) ${NUMBER} ?mm\b`,
      ),
    );
  if (moves) limits.displacement_mm = Number(moves[1]);
  const frequency = clause.take(
    new RegExp(
      String.raw`\b(?:first |natural |lowest )*(?:frequency|frequencies|eigenfrequency|resonance) (?:that )?(?:stays? |be |is )*${ENOUGH} ${NUMBER} ?hz\b`,
    ),
  );
  if (frequency) limits.frequency_Hz = Number(frequency[1]);
  limits.only = limits.safetyFactor === undefined && limits.displacement_mm === undefined;
  limits.any = !limits.only || limits.frequency_Hz !== undefined;
  return limits;
}

function whatHolds(clause: Clause, _scene: Scene, now: number | undefined) {
  const said = clause.original.replace(/[?.!\s]+$/, '');
  return ask(
    `What must still hold while it gets lighter?${now === undefined ? '' : ` The safety factor is ${Number(now.toPrecision(3))} now.`}`,
    [1.5, 2, 3].map((factor) => ({
      label: `Safety factor at least ${factor}`,
      reply: `${said} and keep the safety factor above ${factor}`,
    })),
  );
}

function howMuch(clause: Clause, scene: Scene) {
  const now = scene.studies.find(({ safetyFactor }) => safetyFactor !== undefined)?.safetyFactor;
  const stiffer = clause.has(/stiff|rigid/);
  return stiffer
    ? ask('How far may it move under its load? For instance: “the displacement must stay below 0.1 mm”.')
    : ask(
        `What safety factor must it have?${now === undefined ? '' : ` It is ${Number(now.toPrecision(3))} now.`}`,
        [1.5, 2, 3].map((factor) => ({
          label: `At least ${factor}`,
          reply: `raise the safety factor to at least ${factor}`,
        })),
      );
}
