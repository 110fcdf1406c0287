import { memo } from 'react';
import type {
  StudyRecord,
  StudySurrogateState,
  SurrogateCard,
  SurrogateComparison,
} from '../../../preload/contract/index.ts';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { formatCount, formatNumber } from '../../units/format.ts';
import type { UnitSystem } from '../../units/quantities.ts';
import { useUnits } from '../../units/use-units.ts';
import { runningErrors } from './running-errors.ts';
import { FIELD_WORDS, quantityInWords, scalarInWords, valueInWords } from './words.ts';

/** What a model is and how well it predicts, what could not be solved, and how it has done since. */
export const ModelCard = memo(({ study, state }: { study: StudyRecord; state: StudySurrogateState }) => {
  const { card, brought, comparisons, failures } = state;
  const system = useUnits();
  return (
    <>
      {card && <Card card={card} brought={brought} system={system} />}
      {card && comparisons.length > 0 && <RunningError comparisons={comparisons} system={system} />}
      {failures.length > 0 && <Failures study={study} state={state} system={system} />}
    </>
  );
});

const percent = (share: number, digits = 2): string => `${formatNumber(100 * share, digits)} %`;

const inWords = (at: number): string =>
  Number.isNaN(at) ? 'not said' : new Date(at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

function Card({
  card,
  brought,
  system,
}: {
  card: SurrogateCard;
  brought: StudySurrogateState['brought'];
  system: UnitSystem;
}) {
  return (
    <Group
      title="Model card"
      closed
      testId="model-card"
      extra={<span className="muted">{formatCount(card.designs)} designs</span>}
    >
      <Pairs>
        <Pair name="Learnt">{inWords(Date.parse(card.createdAt))}</Pair>
        {brought && (
          <>
            <Pair name="Brought in" title={brought.fileName}>
              {`${inWords(brought.at)}, ${brought.fileName}`}
            </Pair>
            <Pair name="Made by">{card.author ?? 'not said'}</Pair>
            <Pair name="Made of" title="As it was called where it was made">
              {`${card.part}, ${card.name}`}
            </Pair>
          </>
        )}
        <Pair name="Licence" title={card.licence}>
          {card.licence.slice(0, 200) || 'not said'}
        </Pair>
        <Pair name="Designs">
          {`${formatCount(card.designs)} solved${card.failedDesigns > 0 ? `, ${formatCount(card.failedDesigns)} failed` : ''}`}
        </Pair>
        <Pair name="Interval" title={card.interval.method}>
          {`${percent(card.interval.level)} of new designs, from ${formatCount(card.interval.n)}`}
        </Pair>
        <Pair name="Data" title={card.dataHash}>
          <span className="hash">{card.dataHash.slice(0, 16)}</span>
        </Pair>
      </Pairs>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Known range</th>
            <th scope="col" className="number">
              From
            </th>
            <th scope="col" className="number">
              To
            </th>
          </tr>
        </thead>
        <tbody>
          {card.parameters.map(({ name, unit, minimum, maximum }) => (
            <tr key={name}>
              <td>{name}</td>
              <td className="number">{valueInWords(minimum, unit, system)}</td>
              <td className="number">{valueInWords(maximum, unit, system)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Predicted</th>
            <th scope="col" className="number" title="Of designs that it did not learn from, in cross-validation">
              Typical error
            </th>
          </tr>
        </thead>
        <tbody>
          {card.scalars.map(({ name, unit, crossValidated: { r2, rms } }) => (
            <tr key={name}>
              <td>{quantityInWords(name)}</td>
              <td className="number" title={`R² ${formatNumber(r2, 4)}`}>
                ± {scalarInWords(rms, unit, system, 2)}
              </td>
            </tr>
          ))}
          {card.fields.map(({ name, crossValidated: { relativeL2, worstRelativeL2 } }) => (
            <tr key={name}>
              <td>{`${FIELD_WORDS[name]} all over`}</td>
              <td className="number" title={`at worst ${percent(worstRelativeL2)}, over all points`}>
                ± {percent(relativeL2)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note">
        {`Errors and intervals are against solutions on the mesh that it learnt on: what that mesh itself leaves out comes on top. ${card.notes.join(' ')}`}
      </p>
    </Group>
  );
}

function RunningError({ comparisons, system }: { comparisons: readonly SurrogateComparison[]; system: UnitSystem }) {
  const [newest] = comparisons;
  return (
    <Group
      title="Against later solutions"
      testId="running-error"
      extra={<span className="muted">{formatCount(comparisons.length)}</span>}
    >
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Quantity</th>
            <th scope="col" className="number">
              Error
            </th>
            <th scope="col" className="number">
              In interval
            </th>
          </tr>
        </thead>
        <tbody>
          {runningErrors(comparisons).map(({ name, n, within, relative }) => (
            <tr key={name}>
              <td>{quantityInWords(name)}</td>
              <td className="number">{percent(relative)}</td>
              <td className="number">{`${within} of ${n}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {newest && (
        <p className="note">
          {'Last: '}
          {newest.scalars
            .filter(({ solved }) => solved !== null)
            .map(
              ({ name, unit, value, solved }) =>
                `${quantityInWords(name).toLowerCase()} predicted ${scalarInWords(value, unit, system)}, solved ${scalarInWords(solved!, unit, system)}`,
            )
            .join('; ')}
          {newest.on === 'own mesh' ? '. Solved on a mesh of its own, which alone makes some difference.' : '.'}
        </p>
      )}
    </Group>
  );
}

function Failures({ study, state, system }: { study: StudyRecord; state: StudySurrogateState; system: UnitSystem }) {
  const names = study.surrogate?.parameters ?? [];
  return (
    <Group
      title="Designs that failed"
      closed
      testId="surrogate-failures"
      extra={<span className="muted">{formatCount(state.designs.failed)}</span>}
    >
      <ul className="surrogate-failures">
        {state.failures.map(({ values, stage, message, cause }) => (
          <li key={values.join()}>
            <span>{`${message}${cause ? ` ${cause}` : ''}`}</span>
            <span className="muted small">
              {`${STAGES[stage] ?? stage}: ${values
                .map((value, k) =>
                  names[k] ? `${names[k].name} ${valueInWords(value, names[k].unit, system, 3)}` : value,
                )
                .join(', ')}`}
            </span>
          </li>
        ))}
      </ul>
    </Group>
  );
}
const STAGES: Record<string, string> = {
  make: 'making',
  carry: 'carrying the mesh',
  solve: 'solving',
  read: 'reading',
};
