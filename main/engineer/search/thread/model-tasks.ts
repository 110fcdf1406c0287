/** What the models of a search are asked, as plain data: it passes to a thread and back. */
import type { DesignMove, Material } from '../../../../preload/contract/index.ts';
import type { DesignVariable } from '../../concepts/concept.ts';
import { helpfulMoves, type MovesRequest } from '../../explain/moves.ts';
import { type Proposal, type ProposalRequest, propose } from '../propose.ts';
import { DesignSpace } from '../space.ts';

/** What a {@link DesignSpace} is made of. */
export interface SpaceData {
  variables: readonly DesignVariable[];
  materials: readonly Material[];
}

export type ModelTask =
  | { kind: 'propose'; space: SpaceData; request: Omit<ProposalRequest, 'space'> }
  | { kind: 'moves'; space: SpaceData; request: Omit<MovesRequest, 'space'> };

export function answerTask(task: ModelTask): Proposal[] | DesignMove[] {
  const space = new DesignSpace(task.space, task.space.materials);
  return task.kind === 'propose' ? propose({ ...task.request, space }) : helpfulMoves({ ...task.request, space });
}
