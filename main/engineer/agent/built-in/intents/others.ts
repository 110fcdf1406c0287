/** Undoing, exporting, loads, what the agent can do. */
import { isQuestion, takeStudy } from '../entities.ts';
import { answer, ask, plan, step } from '../interpretation.ts';
import { takePercent, takeQuantity } from '../quantities.ts';
import type { Intent } from './intent.ts';

export const HELP =
  'Say what you want of the design, for instance: “set the thickness to 8 mm”, “use titanium and compare”, “M6 clearance holes at the corners”, “what is the safety factor”, “why does it fail?”, “make it 20 % lighter and keep the safety factor above 2”, “export for the shop”, “undo that”. What changes the design happens on a branch, and is yours to accept or drop.';

export const undoing: Intent = (clause) => {
  const redo = clause.take(/\b(redo|do it again|bring it back|undo the undo)\b/);
  if (redo) {
    clause.takeAll(/\b(last|change|step|undone)\b/);
    return plan(step('redo'));
  }
  if (!clause.take(/\b(undo|revert|take (it|that|this) back|take back|roll back|go back|reverse)\b/)) return null;
  const count = clause.take(/\b(?:the )?(?:last )?(\d+) (?:steps?|changes?|operations?|times)\b/);
  clause.takeAll(
    /\b(last|latest|change|changes|step|steps|previous|one|before|operation|again|did|made|everything|1)\b/,
  );
  return plan(step('undo', { steps: count ? Number(count[1]) : undefined }));
};

const FORMATS: [RegExp, string[]][] = [
  [/\b(step|stp|step file|step ap\d+)\b/, ['step']],
  [/\biges|igs\b/, ['iges']],
  [/\bstl\b/, ['stl']],
  [/\b3mf\b/, ['3mf']],
  [/\b(glb|gltf)\b/, ['glb']],
  [/\bobj\b/, ['obj']],
  [/\b(drawings?|drawing views?|dxf)\b/, ['dxf']],
  [/\bsvg\b/, ['svg']],
  [
    /\b(shop|workshop|machining|machinist|machine shop|milling|mill|manufactur\w*|factory|fabricat\w*|cnc)\b/,
    ['step', 'dxf'],
  ],
  [/\b(print\w*|slicer|additive|3d print\w*)\b/, ['3mf']],
];

const FOR_WHOM = /shop|print/;

export const exporting: Intent = (clause, scene) => {
  const verb = clause.take(
    /\b(export|save|write|output|send|download|give|make|generate|create|produce|hand over|need)\b/,
  );
  if (!verb) return null;
  const formats = new Set<string>();
  // Whom it is for says the format only where the format is not said.
  for (const [pattern, each] of FORMATS)
    while (clause.take(pattern))
      if (formats.size === 0 || !FOR_WHOM.test(pattern.source)) for (const format of each) formats.add(format);
  const sure = /export|save|download|output|hand over/.test(verb[0]);
  if (formats.size === 0) {
    if (!sure || clause.has(/\b(weight|mass|material|project)\b/)) return null;
    if (clause.leftover().length > 0 && !/export/.test(verb[0])) return null;
    const unknown = clause.leftover().filter((word) => word !== 'file');
    return ask(
      unknown.length > 0
        ? `I can't write “${unknown.join(' ')}”. Which format?`
        : 'As what? STEP for a workshop, 3MF or STL for printing, DXF for drawing views.',
      [
        { label: 'For the workshop: STEP and drawing views', reply: 'export for the shop' },
        { label: 'For printing: 3MF', reply: 'export for printing' },
      ],
    );
  }
  clause.takeAll(
    /\b(export|save|files?|format|views?|model|download|for|as|3d|machinist|printer|printing|machining|colleague|supplier|floor|bracket)\b/,
  );
  if (scene.parts.length === 0) return ask('The project has no part to export yet.');
  return plan(step('export_model', { formats: [...formats] }));
};

export const loads: Intent = (clause, scene) => {
  if (!clause.has(/\b(loads?|forces?|pressure)\b/)) return null;
  const factor = clause.take(/\b(double|twice)\b/)
    ? 2
    : clause.take(/\b(halve|half)\b/)
      ? 0.5
      : clause.take(/\btriple\b/)
        ? 3
        : null;
  const verb = clause.take(/\b(set|make|change|increase|raise|reduce|decrease|lower|scale|be)\b/);
  if (factor === null && !verb) return null;
  const percent = takePercent(clause);
  const value = percent === null && factor === null ? takeQuantity(clause, ['force', 'stress'], false) : null;
  const study = takeStudy(clause, scene, ['static', 'thermal-stress', 'buckling']);
  if (isQuestion(study)) return study.question;
  if (!study) return ask('There is no study with loads. Make one in the Studies panel.');
  const candidates = study.found.loads.filter(({ kind }) =>
    ['force', 'pressure', 'remote-force', 'bearing', 'traction'].includes(kind),
  );
  const named = candidates.filter(({ name }) =>
    clause.take(new RegExp(`\\b${name.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}\\b`)),
  );
  clause.takeAll(/\b(loads?|forces?|pressure|by|to|set|all|it|of)\b/);
  const chosen = named.length > 0 ? named : candidates;
  const [only] = chosen;
  if (!only) return ask(`“${study.found.name}” has no force or pressure that could be changed.`);
  if (chosen.length > 1)
    return ask(
      `“${study.found.name}” has ${chosen.length} loads: which one?`,
      chosen.map(({ name }) => ({ label: name, reply: `${clause.original.replace(/\bloads?\b/i, name)}` })),
    );
  const by =
    factor ??
    (percent === null ? null : verb && /reduce|decrease|lower/.test(verb[0]) ? 1 - percent / 100 : 1 + percent / 100);
  if (by === null && !value)
    return ask(`To what? “${only.name}” can be set to a size such as 1200 N, or scaled: “double the load”.`);
  return plan(
    step('set_load', {
      study: study.found.name,
      load: only.name,
      ...(by === null ? { size: value!.text } : { factor: Number(by.toPrecision(9)) }),
    }),
  );
};

export const helping: Intent = (clause) =>
  clause.take(/\b(help|what can (you|i) (do|say|ask)|how does this work|commands|who are you)\b/) ? answer(HELP) : null;

/** Accepting is a person's to do. */
export const deciding: Intent = (clause) =>
  clause.has(/^ *(accept|keep it|keep that|merge|approve|looks good|drop it|discard|throw it away|reject)\b/)
    ? answer('That is yours to decide: use Accept or Drop below the conversation.')
    : null;
