import type { ResultEntry, StudyRecord } from '../../../preload/contract/index.ts';
import { attempt } from '../../actions/edit.ts';
import { engine } from '../../engine/connection.ts';
import { useJobs } from '../../state/jobs.ts';
import { putSensitivities, useSensitivities } from '../../state/sensitivities.ts';
import { Button } from '../../ui/button.tsx';
import { Check, Select } from '../../ui/fields.tsx';
import { Group } from '../../ui/group.tsx';
import { formatNumber } from '../../units/format.ts';
import { effectsOf } from './advice.ts';

const DIGITS = 4;

/** How the study's quantities change with the part's dimensions, and where on the surface metal does most. */
export function Sensitivities({ entry, study }: { entry: ResultEntry; study: StudyRecord }) {
  const answer = useSensitivities((state) => state.answers.get(study.id));
  const drawn = useSensitivities((state) => state.drawn);
  const painted = useSensitivities((state) => state.painted);
  const running = useJobs(({ entries }) =>
    entries.find(
      ({ job }) =>
        job.kind === 'sensitivities' &&
        job.recordId === study.id &&
        (job.state === 'queued' || job.state === 'running'),
    ),
  );
  const find = async (): Promise<void> => {
    const { jobId } = await engine()['studies.sensitivities']({ studyId: study.id });
    const { job, value } = await engine()['jobs.wait']({ jobId });
    if (job.state === 'done') putSensitivities(value);
  };
  const index = drawn?.studyId === study.id ? drawn.index : 0;
  const functional = answer?.summary.functionals[index];
  const show = (place: number | null) =>
    useSensitivities.setState({ drawn: place === null ? null : { studyId: study.id, index: place } });
  return (
    <Group title="What would improve it" testId="sensitivities">
      {running ? (
        <Button onClick={() => void attempt(() => engine()['jobs.cancel']({ jobId: running.job.id }))}>
          {`${running.job.stage ?? 'Waiting'} – cancel`}
        </Button>
      ) : (
        <Button onClick={() => void attempt(find)}>{answer ? 'Find again' : 'Find what each dimension does'}</Button>
      )}
      {answer && functional && (
        <>
          {answer.summary.inputHash !== entry.inputHash && !entry.summary.imported && (
            <p className="note">
              These are of another state of the study than the result above: find again to have both of one.
            </p>
          )}
          <Select
            label="Quantity"
            value={drawn?.studyId === study.id ? String(index) : 'none'}
            options={[
              ...answer.summary.functionals.map(({ name }, place) => ({ value: String(place), label: name })),
              { value: 'none', label: 'Draw nothing' },
            ]}
            onChange={(value) => show(value === 'none' ? null : Number(value))}
          />
          {drawn?.studyId === study.id && (
            <Check
              label="Colour the part by it"
              checked={painted}
              onChange={(next) => useSensitivities.setState({ painted: next })}
            />
          )}
          <table className="table sensitivity-table" data-testid="sensitivity-table">
            <thead>
              <tr>
                <th scope="col">Dimension</th>
                <th scope="col" className="number">
                  {`${functional.unit} per unit`}
                </th>
                <th scope="col" className="number">
                  For +1 %
                </th>
              </tr>
            </thead>
            <tbody>
              {effectsOf(functional, answer.summary).map(({ name, unit, perUnit, onePercent, share }) => (
                <tr key={name}>
                  <td>{name}</td>
                  <td className="number">{`${formatNumber(perUnit, DIGITS)} / ${unit}`}</td>
                  <td className="number">
                    <em title="A prediction from the gradient, not a solved value">
                      {`≈ ${onePercent > 0 ? '+' : ''}${formatNumber(onePercent, DIGITS)} ${functional.unit}`}
                      {share !== null && (
                        <span className="share">{`${share > 0 ? '+' : ''}${formatNumber(100 * share, 2)} %`}</span>
                      )}
                    </em>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {answer.summary.leftOut.map(({ name, reason }) => (
            <p key={name} className="note">{`${name} cannot be followed: ${reason}.`}</p>
          ))}
          <p className="note">
            “Pull here”, in blue, where more metal improves the quantity; “push here”, in red, where less does.
            Predictions hold for small changes; solve again to know.
          </p>
        </>
      )}
    </Group>
  );
}
