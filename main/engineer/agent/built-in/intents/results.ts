/** "What is the mass", "does it hold", "why does the rib fail?", "solve it", "what is the first frequency". */
import type { Clause } from '../clause.ts';
import { isQuestion, takePart, takeSteps, takeStudy, takeVariable } from '../entities.ts';
import { ask, type Interpretation, plan, type Step, step } from '../interpretation.ts';
import type { Scene, SceneStudy } from '../scene.ts';
import type { Intent } from './intent.ts';

const QUESTION =
  /\b(what|how|where|why|which|does|do|is|are|will|can|tell|show|give|check|read|report|calculate|compute|find|measure|determine|know)\b/;
const MASS = /\b(mass|weighs?|weight|heavy|heaviest)\b/;
const MECHANICAL = ['static', 'thermal-stress'];
const THERMAL = ['thermal', 'transient-thermal', 'thermal-stress'];

const QUANTITIES: { pattern: RegExp; quantity: string; types: string[]; words: string }[] = [
  {
    pattern: /\b(safety factor|strong enough|hold up|holds?|survives?|withstand|break|breaks|safe|reserve|margin)\b/,
    quantity: 'safety_factor',
    types: MECHANICAL,
    words: 'strength',
  },
  {
    pattern:
      /\b(deflections?|displacements?|deforms?|deformations?|bends?|moves?|sag|sags|stiff|stiffness|deflects?)\b/,
    quantity: 'displacement',
    types: MECHANICAL,
    words: 'strength',
  },
  {
    pattern: /\b(natural frequenc(y|ies)|frequenc(y|ies)|eigenfrequenc(y|ies)|resonances?|vibrat\w*|modes?)\b/,
    quantity: 'frequency',
    types: ['modal'],
    words: 'vibrations',
  },
  { pattern: /\b(temperatures?|hot|hottest|warm)\b/, quantity: 'temperature', types: THERMAL, words: 'heat' },
  { pattern: /\b(reactions?|support forces?)\b/, quantity: 'reaction', types: MECHANICAL, words: 'strength' },
  { pattern: /\b(von mises|stress|stresses)\b/, quantity: 'stress', types: MECHANICAL, words: 'strength' },
];
const EXTRA =
  /\b(maximum|maximal|max|minimum|minimal|min|largest|highest|smallest|lowest|peak|critical|biggest|factor|under|load|loads|mm|happens?|occurs?|level|enough|total|overall)\b/;

const solved = (study: SceneStudy): Step[] => (study.solved ? [] : [step('solve_study', { study: study.name })]);

export const weigh: Intent = (clause, scene) => {
  if (!clause.take(MASS) || !(clause.has(QUESTION) || clause.leftover().length === 0)) return null;
  if (
    clause.has(
      /\b(lighter|reduce|less|minimi[sz]e|target|below|at most|drives?|matters?|influences?|affects?|compare)\b/,
    )
  )
    return null;
  clause.takeAll(QUESTION);
  const part = takePart(clause, scene);
  if (isQuestion(part)) return part.question;
  return part && plan(step('measure_mass', { part: part.found.name }));
};

export const readQuantity: Intent = (clause, scene) => {
  const wanted = QUANTITIES.find(({ pattern }) => clause.has(pattern));
  if (!wanted) return null;
  const asks =
    clause.has(QUESTION) || clause.has(/^ *(max|maximum|peak|largest|highest|smallest|lowest|the|first)?\s*[\w ]*$/);
  if (
    !asks ||
    clause.has(/\b(set|make|keep|raise|increase|reduce|lower|above|at least|at most|below|drives?|matters?)\b/)
  )
    return null;
  const study = takeStudy(clause, scene, wanted.types);
  clause.takeAll(wanted.pattern);
  clause.takeAll(EXTRA);
  clause.takeAll(QUESTION);
  if (isQuestion(study)) return study.question;
  if (!study) return noStudy(clause, scene, wanted);
  return plan(...solved(study.found), step('read_results', { study: study.found.name, quantity: wanted.quantity }));
};

function noStudy(_clause: Clause, scene: Scene, { types, words }: { types: string[]; words: string }): Interpretation {
  const [from] = scene.studies.filter(({ type }) => MECHANICAL.includes(type));
  if (types[0] === 'modal' && from)
    return ask(`There is no study of vibrations. Shall I make one that is held as in “${from.name}”, and solve it?`, [
      {
        label: 'Yes, make it and solve it',
        reply: `add a modal study like study "${from.name}"; solve the modal study; what is the first frequency`,
      },
    ]);
  return ask(
    `There is no study of ${words}. Make one in the Studies panel, with what holds and loads the part, and ask again.`,
  );
}

export const explain: Intent = (clause, scene) => {
  const why =
    clause.has(/\bwhy\b/) &&
    clause.has(/\b(fails?|failing|break|breaks|high|weak|crack|cracks|stress|stressed|low|bad)\b/);
  const where =
    clause.has(/\b(where|what|which|show|find|point|explain)\b/) &&
    clause.has(
      /\b(weakest|weak|critical|governs?|governing|hot ?spots?|highest stress|largest stress|maximum stress|max stress|peak stress|most stressed|fails?|fail first|break|breaks)\b/,
    ) &&
    clause.has(/\bwhere|weakest|governs?|governing|critical|hot ?spots?|most stressed|fails?|explain|break|breaks\b/);
  if (!why && !where) return null;
  const study = takeStudy(clause, scene, MECHANICAL);
  if (isQuestion(study)) return study.question;
  if (!study) return noStudy(clause, scene, QUANTITIES[0]!);
  clause.takeAll(
    /\b(why|where|which|what|show|find|explain|point|does|do|fails?|failing|break|breaks|high|low|bad|weak|weakest|crack|cracks|stress|stressed|critical|governs?|governing|hot ?spots?|highest|largest|maximum|max|peak|most|first|spot|place|point|location|region|area|safety factor|so|failure|link|von mises)\b/,
  );
  const part = scene.parts.find(({ id }) => id === study.found.partId);
  const found = part && takeSteps(clause, part);
  if (found && found.steps.length > 1 && !found.plural)
    return ask(
      `“${part.name}” has ${found.steps.length} of them: which one?`,
      [
        ...found.steps.map(({ name }) => ({ label: name, reply: `why does step "${name}" fail` })),
        { label: 'Both', reply: `why do the ${found.words.replace(/s?$/, 's')} fail` },
      ].map((choice) =>
        found.steps.length > 2 && choice.label === 'Both' ? { ...choice, label: 'All of them' } : choice,
      ),
    );
  return plan(
    ...solved(study.found),
    step('explain_result', { study: study.found.name, steps: found?.steps.map(({ name }) => name) }),
  );
};

export const solveIt: Intent = (clause, scene) => {
  if (!clause.take(/\b(solve|re-?solve|run|re-?run|simulate|calculate|re-?calculate|compute|analy[sz]e|start)\b/))
    return null;
  clause.take(/\bsimulation\b/);
  const study = takeStudy(clause, scene);
  clause.takeAll(
    /\b(modal|static|thermal|buckling|vibrations?|strength|stress|heat|again|calculation|everything|all|results?)\b/,
  );
  if (isQuestion(study)) return study.question;
  if (!study)
    return ask('There is no study to solve. Make one in the Studies panel, with what holds and loads the part.');
  return plan(step('solve_study', { study: study.found.name }));
};

export const addStudy: Intent = (clause, scene) => {
  if (!clause.take(/\b(add|make|create|set up|new|start|also)\b/) || !clause.has(/\b(study|analysis)\b/)) return null;
  const type = clause.take(/\b(modal|vibrations?|frequency|natural frequencies|buckling|static|thermal|heat)\b/)?.[1];
  if (!type)
    return ask('What kind of study: strength (static), vibrations (modal) or buckling?', [
      { label: 'Vibrations', reply: 'add a modal study' },
      { label: 'Buckling', reply: 'add a buckling study' },
    ]);
  const wanted =
    type === 'buckling' ? 'buckling' : type === 'static' ? 'static' : /thermal|heat/.test(type) ? 'thermal' : 'modal';
  clause.takeAll(/\b(add|make|create|set up|new|like|held|same|restraints?|as)\b/);
  const from = takeStudy(clause, scene, MECHANICAL);
  if (isQuestion(from)) return from.question;
  if (!from || wanted === 'thermal' || wanted === 'static')
    return ask('What holds and loads the part has to be picked on its faces: make the study in the Studies panel.');
  return plan(step('add_study', { type: wanted, like: from.found.name }));
};

export const sensitivities: Intent = (clause, scene) => {
  if (
    !clause.has(
      /\b(matters?|drives?|influences?|affects?|sensitiv\w*|most effect|biggest effect|helps? most|sensitivity)\b/,
    )
  )
    return null;
  if (!clause.has(/\b(dimensions?|variables?|parameters?|what|which|sensitiv\w*)\b/)) return null;
  const study = takeStudy(clause, scene, [...MECHANICAL, 'modal', 'thermal', 'buckling']);
  clause.takeAll(
    /\b(matters?|drives?|influences?|affects?|sensitiv\w*|most|effect|biggest|helps?|dimensions?|variables?|parameters?|what|which|mass|weight|stress|stiffness|strength|frequency|compute|strongest|has|have)\b/,
  );
  if (isQuestion(study)) return study.question;
  if (!study) return ask('That is found out by a study: make one first, with what holds and loads the part.');
  return plan(step('read_sensitivities', { study: study.found.name }));
};

/** "What is the thickness", "what variables are there", "list the faces", "how big is it", "what is in the project". */
export const lookUp: Intent = (clause, scene) => {
  if (!clause.has(/\b(what|which|list|show|how|tell|give|where|is|are)\b/)) return null;
  const one = (pattern: RegExp) => clause.has(pattern);
  if (one(/\b(history|changes|changed|did you (change|do))\b/) && one(/\b(list|show|what|which|history)\b/)) {
    clause.takeAll(/\b(history|changes?|changed|did|you|do|list|show|latest|last|recent|done|so far|been)\b/);
    return plan(step('list_history'));
  }
  if (one(/\b(project|everything|parts|studies|what is there|what do you see)\b/)) {
    clause.takeAll(
      /\b(project|everything|parts|studies|list|show|what|overview|contains?|inside|in|summary|summari[sz]e|do you see)\b/,
    );
    return plan(step('list_project'));
  }
  const part = takePart(clause, scene);
  if (isQuestion(part)) return part.question;
  if (!part) return null;
  const name = part.found.name;
  if (one(/\bfaces\b/)) {
    const surface = clause.take(/\b(plane|planar|flat|cylinders?|cylindrical|cones?|conical)\b/)?.[1];
    clause.takeAll(/\b(faces|list|show|largest|biggest)\b/);
    const kind = surface && (/^(plan|flat)/.test(surface) ? 'plane' : /^cyl/.test(surface) ? 'cylinder' : 'cone');
    return plan(step('list_faces', { part: name, surface: kind }));
  }
  if (one(/\b(variables|parameters|dimensions)\b/)) {
    clause.takeAll(/\b(variables|parameters|dimensions|list|show|changed?|free|available|set|adjust)\b/);
    return plan(step('read_variables', { part: name }));
  }
  if (one(/\b(made of|made out of|material|big|size|volume|steps|features|bounding box|large)\b/)) {
    clause.takeAll(
      /\b(made|out|of|material|big|size|volume|steps|features|bounding box|list|show|large|outer|overall|assigned)\b/,
    );
    return plan(step('inspect_part', { part: name }));
  }
  clause.takeAll(/\b(value)\b/);
  const variable = takeVariable(clause, part.found);
  if (isQuestion(variable)) return variable.question;
  return variable && plan(step('read_variables', { part: name, variable: variable.found.name }));
};
