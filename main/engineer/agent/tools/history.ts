/** Tools about the line of changes: what was done, taking it back, bringing it again. */
import * as v from 'valibot';
import { refusal, viewOf } from './project-view.ts';
import { type DryRun, defineTool } from './tool.ts';

export const listHistory = defineTool({
  name: 'list_history',
  title: 'Look at the history',
  description: 'The latest changes of the project, newest first: what, by whom.',
  input: v.strictObject({ most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200))) }),
  effect: 'nothing',
  run: async ({ client }, { most = 10 }) => {
    const changes = await client['document.history']({ limit: most });
    return {
      text:
        changes.length === 0
          ? 'Nothing has been changed yet.'
          : `Latest: ${changes.map(({ label }) => label).join('; ')}.`,
      data: {
        changes: changes.map(({ sequence, label, author, at, kind }) => ({
          sequence,
          label,
          author: author.name,
          at,
          kind,
        })),
      },
    };
  },
});

export const undo = defineTool({
  name: 'undo',
  title: 'Undo',
  description: 'Takes the latest change back, or the latest few.',
  input: v.strictObject({ steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50))) }),
  effect: 'document',
  inPlace: true,
  dryRun: async (context): Promise<DryRun> => {
    const { undoLabel } = await viewOf(context);
    if (undoLabel === null) throw nothing('undone');
    return { text: `Undo "${undoLabel}".`, changes: [{ what: undoLabel, after: 'taken back' }] };
  },
  run: async (context, { steps = 1 }) => {
    const undone: string[] = [];
    for (let step = 0; step < steps; step++) {
      const { undoLabel } = await viewOf(context);
      if (undoLabel === null) break;
      await context.client['document.undo']({});
      undone.push(undoLabel);
    }
    if (undone.length === 0) throw nothing('undone');
    return { text: `Taken back: ${undone.map((each) => `"${each}"`).join(', ')}.`, data: { undone } };
  },
});

export const redo = defineTool({
  name: 'redo',
  title: 'Redo',
  description: 'Brings what was undone last.',
  input: v.strictObject({}),
  effect: 'document',
  inPlace: true,
  dryRun: async ({ client }): Promise<DryRun> => {
    const { history } = await client['document.snapshot']({});
    if (history.redoLabel === null) throw nothing('redone');
    return { text: `Redo "${history.redoLabel}".`, changes: [{ what: history.redoLabel, after: 'done again' }] };
  },
  run: async ({ client }) => {
    const { history } = await client['document.snapshot']({});
    if (history.redoLabel === null) throw nothing('redone');
    await client['document.redo']({});
    return { text: `Done again: "${history.redoLabel}".`, data: { redone: history.redoLabel } };
  },
});

const nothing = (what: string) => refusal('agent.nothing-to-undo', `There is nothing that could be ${what}.`);

export const HISTORY_TOOLS = [listHistory, undo, redo];
