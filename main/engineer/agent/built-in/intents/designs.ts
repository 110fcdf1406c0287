/** "Start the search", "what was found?", "take design 4", "can it be milled?": the design loop once there is a brief. */
import type { Process } from '../../../../../preload/contract/index.ts';
import { PROCESS_TITLES } from '../../../../../preload/contract/index.ts';
import type { Clause } from '../clause.ts';
import { takeBudget, takeProcesses, takeQuantityOfPieces } from '../designing/phrases.ts';
import { isQuestion, takeExplicit, takePart } from '../entities.ts';
import { ask, type Interpretation, plan, step } from '../interpretation.ts';
import type { Scene } from '../scene.ts';
import type { Intent } from './intent.ts';

export const designs: Intent = (clause, scene) =>
  search(clause, scene) ?? take(clause, scene) ?? found(clause, scene) ?? canBeMade(clause, scene);

function search(clause: Clause, scene: Scene): Interpretation | null {
  if (
    !clause.take(
      /^ *(?:please |now |can you |could you )*(?:(?:start|begin|run|continue|resume|go on with) (?:the |a |with the )?(?:design )?search|search(?: again| on| for (?:a |the )?(?:better |best )?designs?)?|look for (?:a |the )?(?:better |best )?designs?|try designs)\b/,
    )
  )
    return null;
  const brief = takeBrief(clause, scene);
  if (typeof brief === 'object') return brief.question;
  const budget = takeBudget(clause);
  clause.takeAll(/\b(?:search|briefs?|again|designs?|longer)\b/);
  return plan(step('search_designs', { brief, ...budget }));
}

function take(clause: Clause, scene: Scene): Interpretation | null {
  const numbered = clause.take(
    /^ *(?:please |i )*(?:take|use|accept|choose|pick|keep)(?: over)? (?:the )?design (?:number |no |# ?)?(\d+)\b/,
  );
  const best =
    numbered ??
    clause.take(
      /^ *(?:please |i )*(?:take|use|choose|pick|keep)(?: over)? (?:the |its )?(?:best|lightest|found|closest) (?:design|one|candidate|solution)\b/,
    );
  if (!best) return null;
  const brief = takeBrief(clause, scene);
  if (typeof brief === 'object') return brief.question;
  clause.takeAll(/\b(?:briefs?|project|part)\b/);
  return plan(step('take_design', { brief, design: numbered ? Number(numbered[1]) : undefined }));
}

function found(clause: Clause, scene: Scene): Interpretation | null {
  if (
    !clause.take(
      /\b(?:how (?:did|is|does|goes) the (?:design )?search(?: go| end| going| stand)?|what (?:did|has|was|came|comes) (?:the search |you |of the search )?(?:found?|find|come up with)?(?: by the search| in the search)?(?= *,? *$)|(?:show|list|compare|tell|what are)(?: me)?(?: about)? the designs|which design is (?:the )?(?:best|lightest)|what is the best design|what came of the search|why can(?: ?not|'t)? the brief (?:not )?be met)\b/,
    )
  )
    return null;
  const brief = takeBrief(clause, scene);
  if (typeof brief === 'object') return brief.question;
  return plan(step('read_designs', { brief }));
}

/** The brief that is named, where there are several; undefined for the only one. */
function takeBrief(clause: Clause, scene: Scene): string | undefined | { question: Interpretation } {
  const said = takeExplicit(clause, 'brief');
  clause.takeAll(/\b(?:for|of|in) the brief\b/);
  if (said !== undefined) return said;
  if (scene.briefs.length === 0)
    return {
      question: ask(
        'There is no brief yet. Say what to design: “design a bracket that carries 800 N down on the selected face, fixed at the wall, of aluminium 6061, yield over 1.5, as light as possible”.',
      ),
    };
  if (scene.briefs.length === 1) return undefined;
  const spoken = clause.original.replace(/[?.!\s]+$/, '');
  return {
    question: ask(
      `There are ${scene.briefs.length} briefs: which one?`,
      scene.briefs.slice(0, 8).map(({ name }) => ({ label: name, reply: `${spoken} of the brief "${name}"` })),
    ),
  };
}

const CAN =
  /\b(?:can (?:it|this|that|the part|the [\w-]+) be|could (?:it|this|the part) be|is (?:it|this|the part)|check (?:it|this|the part|whether it can be|if it can be)?|how (?:well )?can (?:it|this|the part) be)\b/;
const MAKING = /\b(?:manufactur\w*|machinab\w*|castab\w*|printab\w*|producib\w*|makab\w*|be made)\b/;

function canBeMade(clause: Clause, scene: Scene): Interpretation | null {
  if (!clause.has(/\b(?:can|could|is|check|how|what)\b/)) return null;
  const wasAsked = clause.has(CAN) || clause.has(MAKING);
  if (!wasAsked) return null;
  const making = clause.has(MAKING);
  const processes = takeProcesses(clause);
  if (processes.length === 0 && clause.has(/\bcast\b/)) return null;
  if (processes.length === 0 && !making) return null;
  if (processes.length === 0 && clause.has(/\b(?:made of|made out of|made from)\b/)) return null;
  const part = takePart(clause, scene);
  if (isQuestion(part)) return part.question;
  if (!part) return null;
  const quantity = takeQuantityOfPieces(clause);
  const said = clause.original.replace(/[?.!\s]+$/, '');
  if (processes.length !== 1)
    return ask(
      'Made by which process?',
      (Object.keys(PROCESS_TITLES) as Process[]).map((process) => ({
        label: PROCESS_TITLES[process],
        reply: `check ${part.found.name.includes('"') ? 'it' : `part "${part.found.name}"`} for ${WORDS[process]}${quantity === undefined ? '' : `, ${quantity} pieces`}`,
      })),
    );
  clause.takeAll(CAN);
  clause.takeAll(MAKING);
  clause.takeAll(/\b(?:check|whether|if|made|make|be|can|could|by|for|rules?|part|process)\b/);
  return said === ''
    ? null
    : plan(step('check_manufacture', { part: part.found.name, process: processes[0], quantity }));
}

const WORDS: Record<Process, string> = {
  milling: 'milling',
  turning: 'turning',
  'sheet-metal': 'sheet metal',
  casting: 'casting',
  'fused-filament': 'fused filament printing',
  'laser-powder-bed': 'laser powder bed fusion',
};
