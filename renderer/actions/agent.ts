/** What a person does in the conversation with the agent. */
import type { AgentBudget, AgentMode, AgentPointer, AgentSelection } from '../../preload/contract/index.ts';
import { fetchBlob } from '../engine/blobs.ts';
import { engine } from '../engine/connection.ts';
import { putAgent, useAgent } from '../state/agent.ts';
import { useDocument } from '../state/document.ts';
import { showResult } from '../state/results.ts';
import { select, useSelection } from '../state/selection.ts';
import { revealPanel } from '../state/ui.ts';
import { attempt } from './edit.ts';
import { download } from './files.ts';

export async function loadAgent(): Promise<void> {
  if (!useDocument.getState().project) return;
  await attempt(async () => putAgent(await engine()['agent.state']({})));
}

/** What is selected goes along. */
export async function say(text: string): Promise<void> {
  const said = text.trim();
  if (said === '') return;
  const selection = useSelection
    .getState()
    .items.slice(0, 200)
    .map(
      ({ instanceId, body, kind, index }): AgentSelection => ({
        instanceId,
        body,
        index,
        kind: kind === 'part' ? 'body' : kind,
      }),
    );
  const sent = await attempt(() =>
    engine()['agent.send']({ text: said, ...(selection.length > 0 ? { selection } : {}) }),
  );
  if (sent) useAgent.setState({ draft: '' });
}

const put = async (work: () => Promise<Parameters<typeof putAgent>[0]>): Promise<void> => {
  await attempt(async () => putAgent(await work()));
};
export const setMode = (mode: AgentMode): Promise<void> => put(() => engine()['agent.settings']({ mode }));
export const setBudget = (budget: AgentBudget): Promise<void> => put(() => engine()['agent.settings']({ budget }));
export const beginAnew = (): Promise<void> => put(() => engine()['agent.start']({}));
export const acceptWork = (): Promise<void> => put(() => engine()['agent.accept']({}));
export const dropWork = (): Promise<void> => put(() => engine()['agent.drop']({}));
export const goBackTo = (entryId: string): Promise<void> => put(() => engine()['agent.goBack']({ entryId }));
export const answer = (operationId: string, approve: boolean, rest = false): Promise<unknown> =>
  attempt(() => engine()['agent.approve']({ operationId, approve, ...(rest ? { rest } : {}) }));
export const stopAgent = (): Promise<unknown> => attempt(() => engine()['agent.stop']({}));

/** Lights up what the agent points at. */
export function pointTo(faces: readonly AgentPointer[]): void {
  select(
    faces.flatMap(({ instanceId, body, kind, index }) =>
      instanceId === undefined ? [] : [{ instanceId, body, kind, index }],
    ),
  );
}

export function lookAt({ studyId, inputHash }: { studyId: string; inputHash: string }): void {
  if (useDocument.getState().records.has(studyId)) {
    showResult(inputHash);
    revealPanel('results');
  }
}

export async function fetchFile({
  fileName,
  blobHash,
}: {
  fileName: string;
  blobHash?: string | undefined;
}): Promise<void> {
  if (blobHash === undefined) return;
  await attempt(async () =>
    download((await fetchBlob(blobHash)) as Uint8Array<ArrayBuffer>, fileName, 'application/octet-stream'),
  );
}

/** Brings the panel forward with the caret in its field. */
export function talkToAgent(): void {
  revealPanel('agent');
  useAgent.setState(({ focusAsked }) => ({ focusAsked: focusAsked + 1 }));
}
