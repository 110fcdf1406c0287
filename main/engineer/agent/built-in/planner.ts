/** The engine without weights: it understands what engineers usually say, and asks about the rest. */
import type { toErrorData } from '../../../../preload/contract/index.ts';
import type { Planner, PlannerHost } from '../session/planner.ts';
import { mayAskForDesign } from './designing/thread.ts';
import { interpret } from './interpret.ts';
import { sceneOf } from './scene.ts';

export function builtInPlanner(): Planner {
  return {
    name: 'built-in',
    respond: async ({ text, entries }, host) => {
      const scene = await sceneOf(host.context, entries, mayAskForDesign(text, entries));
      const found = interpret(text, scene);
      if (found.kind === 'answer') return host.say(found.text);
      if (found.kind === 'question') return host.ask(found.text, found.choices);
      for (const note of found.notes ?? []) host.say(note);
      for (const { tool, input } of found.steps) {
        const outcome = await host.call(tool, input);
        if (outcome.ok) {
          if (tool === 'search_designs') askToTake(host, outcome.answer.data);
          continue;
        }
        if (outcome.error.category !== 'cancelled' && outcome.error.code !== 'agent.refused')
          tellOf(host, text, outcome.error);
        // What comes next rests on this one.
        return;
      }
    },
  };
}

/** After a search: taking what was found is the person's to say. */
function askToTake(host: PlannerHost, { brief, verdict, best }: Record<string, unknown>): void {
  const { number } = (best ?? {}) as { number?: number };
  if (number === undefined) return;
  const of = `of the brief "${String(brief)}"`;
  host.ask(
    verdict === 'solved'
      ? `Shall I take design ${number}? All designs are in the Design panel.`
      : `Design ${number} comes closest. Take it as a start, or change the brief in the Design panel and search again?`,
    [
      { label: `Take design ${number}`, reply: `take design ${number} ${of}` },
      { label: 'Search again', reply: `search again for the brief "${String(brief)}"` },
    ].slice(0, verdict === 'solved' ? 1 : 2),
  );
}

/** One that could have meant several things is a question. */
function tellOf(host: PlannerHost, text: string, error: ReturnType<typeof toErrorData>): void {
  const candidates = (error.details as { candidates?: { name?: string; words?: string; what?: string }[] } | undefined)
    ?.candidates;
  if (error.code !== 'agent.which' || !candidates?.length) {
    host.say(`That did not work: ${error.message}${error.hint ? ` ${error.hint}` : ''}`);
    return;
  }
  const said = text.replace(/[?.!\s]+$/, '');
  host.ask(
    error.message,
    candidates
      .slice(0, 8)
      .flatMap(({ name, words, what }) =>
        name === undefined ? [] : [{ label: words ?? name, reply: `${said} (${what ?? 'face'} "${name}")` }],
      ),
    (error.details as { faces?: Parameters<PlannerHost['ask']>[2] }).faces,
  );
}
