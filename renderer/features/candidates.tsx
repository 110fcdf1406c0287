/** What to choose instead of a lost reference: the nearest things, each lit up when it is pointed at. */
import { type ErrorData, TOPOLOGY_KINDS, type TopologyKind } from '../../preload/contract/index.ts';
import { point } from '../state/view.ts';
import { Button } from '../ui/button.tsx';

export interface CandidateItem {
  body: number;
  kind: TopologyKind;
  index: number;
  words: string;
}

/** The candidates that an error carries, checked: details come from elsewhere. */
export function candidatesOf(error: ErrorData): CandidateItem[] {
  const { candidates } = (error.details ?? {}) as { candidates?: unknown };
  if (!Array.isArray(candidates)) return [];
  return candidates.filter(
    (each): each is CandidateItem =>
      typeof each?.body === 'number' &&
      typeof each.index === 'number' &&
      typeof each.words === 'string' &&
      TOPOLOGY_KINDS.includes(each.kind),
  );
}

interface CandidatesProps {
  error: ErrorData;
  instanceId: string | undefined;
  onUse: (item: CandidateItem) => void;
}

export function Candidates({ error, instanceId, onUse }: CandidatesProps) {
  const candidates = candidatesOf(error);
  return (
    <div className="candidates">
      <p className="field-error">{error.message}</p>
      {candidates.length > 0 && <p className="muted small">Use one of these instead:</p>}
      <ul>
        {candidates.map((item) => {
          const light = () => instanceId && point([{ instanceId, ...item }]);
          return (
            <li key={`${item.body}/${item.kind}/${item.index}`}>
              <Button
                className="wide candidate"
                onPointerEnter={light}
                onPointerLeave={() => point(null)}
                onFocus={light}
                onBlur={() => point(null)}
                onClick={() => {
                  point(null);
                  onUse(item);
                }}
              >
                <span className="truncate">Use {item.words}</span>
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
