/** "Use titanium and compare", "make it of S355", "compare aluminium and steel", "which titanium alloys are there". */

import { simplifiedName } from '../../../../physics/index.ts';
import type { Clause } from '../clause.ts';
import { isQuestion, takeMaterials, takePart, takeStudy } from '../entities.ts';
import { ask, type Interpretation, plan, step } from '../interpretation.ts';
import type { Scene } from '../scene.ts';
import type { Intent } from './intent.ts';

const CHANGE = /\b(use|make|made|switch|change|set|try|replace|swap|go with|build|out of|material|in|from|do)\b/;
const COMPARE = /\b(compare|comparison|versus|vs|against|compared|difference|better|or|which (one )?is)\b/;
const WHAT_IF = /\b(what if|what would|what happens|how would|would it|try)\b/;
const LIST = /\b(which|what|list|show|find|look up|search|are there|available)\b/;

export const materials: Intent = (clause, scene) => {
  const compares = clause.has(COMPARE);
  const asks = clause.has(LIST) && clause.has(/\b(materials?|alloys?|steels|plastics|polymers|grades?)\b/) && !compares;
  if (asks && !clause.has(/\b(use|make|switch|change|set)\b/) && !clause.has(/\bmade (out )?of\b/)) {
    clause.takeAll(LIST);
    clause.takeAll(/\b(materials?|alloys?|grades?|library|exist|offer|do you)\b/);
    const words = clause.leftover().map((word) => word.replace(/^steels$/, 'steel'));
    for (const word of words)
      clause.take(new RegExp(`(?<![\\w-])${word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`));
    return plan(step('find_materials', { words: words.join(' ') || undefined }));
  }
  const says = clause.has(CHANGE) || compares || clause.has(WHAT_IF);
  if (!says) return null;
  const { names, notes, unknown } = takeMaterials(clause, scene);
  if (names.length === 0) {
    if (unknown.length === 0 && !clause.has(/\bmaterial\b/)) return unknownMaterial(clause, scene);
    return ask(
      unknown.length > 0
        ? `The library has no material “${unknown[0]}”. Which one do you mean?`
        : 'Which material? Say its name or family, for instance “Al 6061-T6” or “titanium”.',
    );
  }
  const part = takePart(clause, scene);
  if (isQuestion(part)) return part.question;
  if (!part) return null;
  // "Swap the steel for titanium": what it is made of now is not what it shall be made of.
  if (clause.has(/\b(swap|replace|switch|change)\b/) && names.length === 2) {
    const present = names.indexOf(part.found.material ?? '');
    if (present >= 0) {
      const [family] = names.splice(present, 1) as [string];
      notes.splice(0, notes.length, ...notes.filter((note) => !note.includes(family)));
    }
  }
  const tries = clause.has(WHAT_IF);
  const uses = clause.has(/\b(use|make|made of|switch|change|set|replace|swap|go with|build)\b/) && !tries;
  clause.takeAll(COMPARE);
  clause.takeAll(WHAT_IF);
  clause.takeAll(CHANGE);
  clause.takeAll(
    /\b(instead|were|alternatives?|options?|results?|them|before|happen(s|ed)?|look|weigh|weight|mass|stress|do|alloy|made|if|one|use|be)\b/,
  );
  if (part.found.material && clause.take(/\b(what we have|the present one|the old one)\b/))
    notes.push('Compared with the present material.');
  if (compares || tries || names.length > 1) {
    if (!compares && !tries)
      return ask(
        `Which of them should “${part.found.name}” be made of?`,
        names.map((name) => ({ label: name, reply: `use material "${name}"` })),
      );
    const study = takeStudy(clause, scene);
    if (isQuestion(study)) return study.question;
    if (!study)
      return ask('There is no study to compare them by. Make one with what holds and loads the part, and ask again.', [
        ...names.slice(0, 1).map((name) => ({ label: `Only use ${name}`, reply: `use material "${name}"` })),
      ]);
    const keep = uses && names.length === 1 ? names[0] : undefined;
    return noted(plan(step('compare_materials', { study: study.found.name, materials: names, keep })), notes);
  }
  return noted(plan(step('set_material', { part: part.found.name, material: names[0] })), notes);
};

const noted = (interpretation: Interpretation, notes: string[]): Interpretation =>
  interpretation.kind === 'plan' && notes.length > 0 ? { ...interpretation, notes } : interpretation;

/** "Make it of unobtainium": clearly about a material, but of none that is known; or of one of which there are several. */
function unknownMaterial(clause: Clause, scene: Scene): Interpretation | null {
  const said =
    /\b(?:made of|make (?:it|this|that|the part) (?:out )?of|switch to|out of|compare with|use)\s+([a-z0-9][\w. -]*)/
      .exec(clause.rest)?.[1]
      ?.trim();
  if (!said) return null;
  const near = scene.materials.filter(({ name }) => simplifiedName(name).includes(simplifiedName(said))).slice(0, 8);
  if (near.length === 0 && !/\b(of|to|with)\b/.test(clause.rest)) return null;
  return ask(
    near.length > 0
      ? `“${said}” could be any of ${near.length} materials: which one?`
      : `I know no material “${said}”. Which one of the library do you mean?`,
    near.map(({ name }) => ({ label: name, reply: `use material "${name}"` })),
  );
}
