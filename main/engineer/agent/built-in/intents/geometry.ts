/** "M6 clearance holes at the corners", "drill a 10 mm hole in the middle", "round the upright edges with 3 mm". */
import { type Clause, quotation } from '../clause.ts';
import { isQuestion, takeExplicit, takePart, takeSteps } from '../entities.ts';
import { ask, type Interpretation, plan, step } from '../interpretation.ts';
import { NUMBER, takeQuantity } from '../quantities.ts';
import type { Scene, ScenePart } from '../scene.ts';
import type { Intent } from './intent.ts';

const MAKE = /\b(add|make|drill|put|place|create|insert|bore|cut|give|need|want|with|apply|get)\b/;
const SIDES: [RegExp, string][] = [
  [/\b(on (the )?)?(top|upper)( face| side| surface)?\b/, 'faces >Z'],
  [/\b(on (the )?)?(bottom|lower|underside)( face| side| surface)?\b/, 'faces <Z'],
  [/\b(on (the )?)?(front)( face| side| surface)?\b/, 'faces <Y'],
  [/\b(on (the )?)?(back|rear)( face| side| surface)?\b/, 'faces >Y'],
  [/\b(on (the )?)?(left)( face| side| surface)\b/, 'faces <X'],
  [/\b(on (the )?)?(right)( face| side| surface)\b/, 'faces >X'],
];

export const holes: Intent = (clause, scene) => {
  if (!clause.has(/\b(holes?|drill|bores?|tapped|threads?|counterbor\w*|countersink\w*|countersunk)\b/)) return null;
  const size = clause.take(/\bm ?(\d+(?:\.\d+)?)\b/);
  const makes = clause.has(MAKE) || size !== null;
  if (!makes || clause.has(/\b(remove|delete|suppress|compare|diameter of|set|bigger|larger|smaller|why|what)\b/))
    return null;
  const part = takePart(clause, scene);
  if (isQuestion(part)) return part.question;
  if (!part) return null;
  const inset = takeInset(clause);
  const count =
    clause.take(/\b([2-9]|1\d|20) (?:holes|bores|times)\b/) ??
    clause.take(/\b(4|2|6|8)\b(?= (?:m\b|clearance|tapped|counter|holes))/);
  const depth = clause.take(new RegExp(String.raw`\b${NUMBER} ?mm deep\b`));
  const diameter = size ? null : takeQuantity(clause, ['length'], false);
  if (!size && !diameter)
    return ask('How large? Say a thread size such as M6, or a diameter such as 6 mm.', [
      { label: 'M6 clearance', reply: `${clause.original.replace(/holes?/i, 'M6 clearance holes')}` },
      { label: 'M8 clearance', reply: `${clause.original.replace(/holes?/i, 'M8 clearance holes')}` },
    ]);
  const type = clause.take(/\b(tapped|threaded|threads?)\b/)
    ? 'tapped'
    : clause.take(/\b(counterbor\w*|cap screws?|socket heads?)\b/)
      ? 'counterbore'
      : clause.take(/\b(countersunk|countersink\w*|flat heads?)\b/)
        ? 'countersink'
        : clause.take(/\b(clearance|through|free)\b/)
          ? 'clearance'
          : null;
  const fit = clause.take(/\b(close|fine|normal|medium|loose|coarse)(?: fit)?\b/)?.[1];
  const where = clause.take(/\b(?:in |at )?(?:each|all|the|every|its)?(?: [2-8])? ?corners?\b/)
    ? 'corners'
    : clause.take(/\b(?:in |at )?(?:the )?(?:cent(?:re|er)|middle)\b/)
      ? 'centre'
      : null;
  clause.takeAll(
    /\b(clearance|through|holes?|bores?|drill|screws?|bolts?|fit|diameter|dia|thread|size|every|four|all the way)\b/,
  );
  clause.takeAll(MAKE);
  const face = takeFace(clause, scene, part.found);
  if (where === null)
    return ask(`Where? In the corners or in the middle of a face.`, [
      { label: 'In the corners', reply: `${trimmed(clause)} at the corners` },
      { label: 'In the middle', reply: `${trimmed(clause)} in the middle` },
    ]);
  const wanted = count ? Number(count[1]) : null;
  if (wanted !== null && where === 'corners' && wanted !== 4)
    return ask(`At the corners there are four places, not ${wanted}. Shall I drill all four?`, [
      {
        label: 'All four',
        reply: `${trimmed(clause).replace(/\b(\d+|two|three|five|six|eight)\b(?= *(holes|m\d|clearance|tapped))/i, '4')}`,
      },
    ]);
  if (type === null && size)
    return ask(`M${size[1]} how: for the screw to pass (clearance), or tapped?`, [
      { label: 'Clearance', reply: `${trimmed(clause)}, clearance` },
      { label: 'Tapped', reply: `${trimmed(clause)}, tapped` },
    ]);
  const fits: Record<string, string> = { fine: 'close', medium: 'normal', coarse: 'loose' };
  return plan(
    step('add_holes', {
      part: part.found.name,
      face,
      ...(size
        ? { size: `M${size[1]}`, type: type ?? 'clearance', fit: fit && (fits[fit] ?? fit) }
        : { diameter: diameter!.text }),
      where,
      inset,
      depth: depth ? `${depth[1]} mm` : undefined,
    }),
  );
};

const trimmed = (clause: Clause): string => clause.original.replace(/[?.!\s]+$/, '');

function takeInset(clause: Clause): string | undefined {
  const found =
    clause.take(new RegExp(String.raw`\b(?:inset|edge distance|margin)(?: of| by)? ${NUMBER} ?mm\b`)) ??
    clause.take(
      new RegExp(
        String.raw`(?<![\w.])${NUMBER} ?mm (?:inset|(?:in |away )?from (?:the |each |both |all )?(?:edges?|sides?|corners?|border))\b`,
      ),
    );
  return found ? `${found[1]} mm` : undefined;
}

/** A face that is named; undefined leaves it to the selection, or to a question of the tool. */
function takeFace(clause: Clause, scene: Scene, part: ScenePart): string | undefined {
  const explicit = takeExplicit(clause, 'face');
  if (explicit) return explicit;
  const selected = scene.selection.some(({ kind, partId }) => kind === 'face' && partId === part.id);
  if (selected && clause.take(/\b(selected|picked|this|that|marked|highlighted)?( |^)faces?\b/)) return undefined;
  for (const [pattern, selector] of SIDES) if (clause.take(pattern)) return selector;
  for (const [index, name] of clause.quoted.entries()) if (clause.take(new RegExp(quotation(index)))) return name;
  clause.takeAll(/\b(selected|plate|face|faces|surface)\b/);
  return undefined;
}

const EDGES: [RegExp, string][] = [
  [/\b(upright|vertical|standing)\b/, 'edges |Z'],
  [/\b(top|upper)\b/, 'edges >Z'],
  [/\b(bottom|lower)\b/, 'edges <Z'],
];

export const edges: Intent = (clause, scene) => {
  const verb = clause.take(/\b(round|fillet|blend|radius|chamfer|bevel|break)\b/);
  if (
    !verb ||
    !clause.has(/\b(edges?|corners?|selected|them|these|it)\b/) ||
    clause.has(/\b(set|thicker|remove|delete|why|what)\b/)
  )
    return null;
  const part = takePart(clause, scene);
  if (isQuestion(part)) return part.question;
  if (!part) return null;
  const chamfer = /chamfer|bevel|break/.test(verb[0]);
  const size = takeQuantity(clause, ['length']);
  if (!size) return ask(chamfer ? 'How wide shall the chamfer be?' : 'What radius?');
  const selected = scene.selection.some(
    ({ kind, partId }) => (kind === 'edge' || kind === 'face') && partId === part.found.id,
  );
  const selector = EDGES.find(([pattern]) => clause.take(pattern))?.[1];
  const all = clause.take(/\b(all|every)\b/);
  const uses = selected && !selector && !all;
  clause.takeAll(/\b(edges?|corners?|selected|off|over|radius|fillet|chamfer|size|apply|add|make|outer|vertical)\b/);
  if (!selector && !uses)
    return ask('Which edges? Select them in the model, or say “the upright edges”, “the top edges”.', [
      { label: 'The upright edges', reply: `${chamfer ? 'chamfer' : 'round'} the upright edges with ${size.text}` },
      { label: 'The top edges', reply: `${chamfer ? 'chamfer' : 'round'} the top edges with ${size.text}` },
    ]);
  const text = size.kind === 'bare' ? `${size.text} mm` : size.text;
  return plan(
    step('dress_edges', { part: part.found.name, as: chamfer ? 'chamfer' : 'fillet', edges: selector, size: text }),
  );
};

export const suppress: Intent = (clause, scene) => {
  const verb = clause.take(
    /\b(suppress|unsuppress|hide|leave out|switch off|turn off|disable|enable|switch on|bring back|remove|delete|get rid of|without)\b/,
  );
  if (!verb) return null;
  const part = takePart(clause, scene);
  if (isQuestion(part)) return part.question;
  if (!part) return null;
  const back = /unsuppress|enable|switch on|bring back/.test(verb[0]);
  const found = takeSteps(clause, part.found);
  if (!found)
    return ask(
      `Which step of “${part.found.name}”?`,
      part.found.steps
        .filter(({ kind }) => kind !== 'sketch')
        .slice(0, 8)
        .map(({ name }) => ({ label: name, reply: `${verb[0].trim()} step "${name}"` })),
    );
  if (found.steps.length > 1 && !found.plural)
    return ask(
      `There are ${found.steps.length} of them: which one?`,
      found.steps.map(({ name }) => ({ label: name, reply: `${verb[0].trim()} step "${name}"` })),
    );
  const scripted = found.steps.find((each) => each.scripted);
  if (scripted)
    return ask(
      `“${scripted.name}” is made by the part's script: it can be taken away there, in the Script panel, not here.`,
    );
  return plan(
    step('suppress_steps', { part: part.found.name, steps: found.steps.map(({ name }) => name), suppressed: !back }),
  );
};

export const notUnderstood = (clause: Clause): Interpretation =>
  ask(
    `I don't understand “${clause
      .leftover()
      .map((word) => clause.quoted[Number(/^⟦(\d+)⟧$/.exec(word)?.[1] ?? -1)] ?? word)
      .join(' ')}” here. Say it in another way.`,
  );
