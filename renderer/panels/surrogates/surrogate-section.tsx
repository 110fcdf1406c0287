import type { StudyRecord, StudySurrogateState } from '../../../preload/contract/index.ts';
import { cancelJob } from '../../actions/files.ts';
import { endLive } from '../../actions/live-prediction.ts';
import { forgetDesigns, makeSurrogate, removeSurrogate } from '../../actions/surrogates.ts';
import { runCommand, useCommand } from '../../commands/index.ts';
import { isRunning, useJobs } from '../../state/jobs.ts';
import { useSurrogates } from '../../state/surrogates.ts';
import { Button } from '../../ui/button.tsx';
import { Group } from '../../ui/group.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { sentence } from '../../ui/words.ts';
import { LivePanel } from './live/live-panel.tsx';
import { ModelCard } from './model-card.tsx';
import { openSetup, SetupForm } from './setup-form.tsx';
import { useSetup } from './setup-state.ts';

/** A model that answers in milliseconds, learnt from designs of the study's own part. */
export function SurrogateSection({ study }: { study: StudyRecord }) {
  const draft = useSetup((state) => (state.draft?.studyId === study.id ? state.draft : null));
  const state = useSurrogates(({ states }) => states.get(study.id));
  const give = useCommand('study.surrogate.give');
  const bring = useCommand('study.surrogate.bring');
  const entries = (): MenuEntry[] => [
    { kind: 'item', label: 'Change what it follows…', icon: 'pencil', run: () => void openSetup(study) },
    {
      kind: 'item',
      label: 'Give its model away…',
      icon: 'export',
      disabled: !give.enabled,
      run: () => void runCommand('study.surrogate.give'),
    },
    {
      kind: 'item',
      label: 'Bring a model in…',
      icon: 'import',
      disabled: !bring.enabled,
      run: () => void runCommand('study.surrogate.bring'),
    },
    {
      kind: 'item',
      label: 'Drop its designs and model',
      disabled: !state || (state.designs.solved + state.designs.failed === 0 && !state.card),
      run: () => {
        endLive();
        void forgetDesigns(study.id);
      },
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Delete',
      icon: 'trash',
      run: () => {
        endLive();
        void removeSurrogate(study);
      },
    },
  ];
  return (
    <Group
      title="Surrogate"
      closed={!study.surrogate && !draft}
      testId="surrogate"
      extra={
        study.surrogate && (
          // biome-ignore lint/a11y/noStaticElementInteractions: only stops the click of the button within
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above
          <span className="group-extra" onClick={(event) => event.preventDefault()}>
            <MenuButton label="Surrogate: more" entries={entries} className="icon-button small">
              <Icon name="more" size={14} />
            </MenuButton>
          </span>
        )
      }
    >
      <div data-study-field="surrogate" data-help="surrogates">
        {draft ? (
          <SetupForm study={study} draft={draft} />
        ) : study.surrogate ? (
          <Standing study={study} state={state} />
        ) : (
          <Nothing study={study} />
        )}
      </div>
    </Group>
  );
}

function Nothing({ study }: { study: StudyRecord }) {
  const make = useCommand('study.surrogate');
  const bring = useCommand('study.surrogate.bring');
  const opening = useSetup((state) => state.opening === study.id);
  const refusal = useSetup((state) => (state.refusal?.studyId === study.id ? state.refusal.error : null));
  return (
    <>
      <p className="muted">
        A surrogate answers this study in milliseconds while you drag a dimension. It learns from designs that are
        solved here, on this machine; it says how far it may be off, and hands over to the solver where it does not
        know.
      </p>
      {refusal && (
        <div className="notice warning">
          <Icon name="warning" />
          <div className="notice-body">
            {refusal.message}
            {refusal.hint && <p className="muted">{refusal.hint}</p>}
          </div>
        </div>
      )}
      <Button icon="plus" disabled={!make.enabled || opening} onClick={make.run} data-testid="make-surrogate">
        Make a surrogate…
        <span className="solve-keys">{make.keys}</span>
      </Button>
      <Button icon="import" disabled={!bring.enabled} onClick={bring.run} data-testid="bring-surrogate">
        Bring a model in…
      </Button>
    </>
  );
}

/** What is there, what is on its way, and what can be asked of it. */
function Standing({ study, state }: { study: StudyRecord; state: StudySurrogateState | undefined }) {
  const job = useJobs(
    ({ entries }) =>
      entries.find(({ job: one }) => one.kind === 'surrogate' && one.recordId === study.id && isRunning(one))?.job,
  );
  const isLive = useSurrogates(({ live }) => live?.studyId === study.id);
  const dragging = useCommand('study.surrogate.live');
  if (!state) return <p className="muted">Looking…</p>;
  const { designs, card, refusal, outdated, brought } = state;
  const begun = designs.solved + designs.failed > 0;
  const missing = Math.max(0, designs.wanted - (designs.solved + designs.failed - (designs.joined - designs.waiting)));
  return (
    <div className="surrogate" data-testid="surrogate-state">
      {refusal && (
        <div className="notice warning">
          <Icon name="warning" />
          <div className="notice-body">
            {refusal.message}
            {refusal.hint && <p className="muted">{refusal.hint}</p>}
          </div>
        </div>
      )}
      {job ? (
        <>
          <div className="solve-stage">
            <span className="strong truncate">{sentence(job.stage || 'waiting')}</span>
            <span className="muted">{job.fraction === null ? '' : `${Math.round(job.fraction * 100)} %`}</span>
            <span className="spacer" />
            <Button icon="stop" onClick={() => void cancelJob(job.id)} data-testid="cancel-surrogate">
              Cancel
            </Button>
          </div>
          <div
            className={`progress ${job.fraction === null ? 'unknown' : ''}`}
            role="progressbar"
            aria-label="Making the surrogate"
            aria-valuenow={job.fraction === null ? undefined : Math.round(job.fraction * 100)}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <span style={job.fraction === null ? {} : { width: `${job.fraction * 100}%` }} />
          </div>
          <p className="muted small">What is solved stays when you cancel: it goes on from there.</p>
        </>
      ) : (
        !refusal &&
        (!card || outdated || missing > 0 || brought) && (
          <div className="surrogate-again">
            <span className="grow muted">
              {brought
                ? `It was brought in. An own one learns from ${designs.wanted} designs that are solved here.`
                : card
                  ? designs.waiting > 0
                    ? `${designs.waiting} later solution${designs.waiting === 1 ? '' : 's'} can join the data.`
                    : missing > 0
                      ? `${missing} of ${designs.wanted} designs are not solved yet.`
                      : 'Designs were added since it learnt.'
                  : begun
                    ? `${designs.solved} of ${designs.wanted} designs are solved.`
                    : 'Nothing has been solved for part and study as they are now.'}
            </span>
            <Button icon="play" onClick={() => void makeSurrogate(study.id)} data-testid="surrogate-again">
              {card ? 'Learn again' : begun ? 'Go on' : 'Solve and learn'}
            </Button>
          </div>
        )
      )}
      {card && !isLive && (
        <Button
          kind="primary"
          icon="drag"
          className="wide"
          disabled={!dragging.enabled}
          onClick={dragging.run}
          title={`${dragging.title} (${dragging.keys})`}
          data-testid="surrogate-live"
        >
          Drag dimensions live
          <span className="solve-keys">{dragging.keys}</span>
        </Button>
      )}
      {card && isLive && <LivePanel study={study} state={state} />}
      <ModelCard state={state} study={study} />
    </div>
  );
}
