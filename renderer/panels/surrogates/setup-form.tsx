import type { StudyRecord } from '../../../preload/contract/index.ts';
import { attempt } from '../../actions/edit.ts';
import { saveSurrogate } from '../../actions/surrogates.ts';
import { engine } from '../../engine/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Check, QuantityField } from '../../ui/fields.tsx';
import { Pair, Pairs } from '../../ui/group.tsx';
import { useUnits } from '../../units/use-units.ts';
import { CountField } from '../studies/fields/count-field.tsx';
import { type Draft, type DraftParameter, draftOf, surrogateOf, useSetup, whyNot } from './setup-state.ts';
import { FIELD_WORDS, quantityInWords, valueInWords } from './words.ts';

const RADIANS = Math.PI / 180;

/** Opens the form on what the engine suggests for the study as it is now. */
export async function openSetup(study: StudyRecord): Promise<void> {
  useSetup.setState({ opening: study.id, draft: null, refusal: null });
  const suggested = await attempt(() => engine()['surrogates.suggest']({ studyId: study.id }));
  if (useSetup.getState().opening !== study.id) return;
  useSetup.setState({
    opening: null,
    draft: suggested && !suggested.refusal ? draftOf(study.id, suggested, study.surrogate) : null,
    refusal: suggested?.refusal ? { studyId: study.id, error: suggested.refusal } : null,
  });
}

/** What is followed, in which ranges, how often. */
export function SetupForm({ study, draft }: { study: StudyRecord; draft: Draft }) {
  const put = (change: Partial<Draft>) => useSetup.setState({ draft: { ...draft, ...change } });
  const reason = whyNot(draft);
  const save = async () => {
    useSetup.setState({ draft: null });
    await saveSurrogate(study, surrogateOf(draft));
  };
  return (
    <div className="surrogate-setup" data-testid="surrogate-setup">
      <p className="muted small">
        Designs all over these ranges are made and solved; a model learns from them. It answers inside, and says so
        where it does not know.
      </p>
      <table className="table surrogate-ranges">
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          {draft.parameters.map((parameter, index) => (
            <RangeRow
              key={parameter.name}
              parameter={parameter}
              onChange={(next) =>
                put({ parameters: draft.parameters.map((one, other) => (other === index ? next : one)) })
              }
            />
          ))}
        </tbody>
      </table>
      <fieldset className="plain surrogate-choices" aria-label="Quantities">
        {draft.quantities.map((one, index) => (
          <Check
            key={one.name}
            label={quantityInWords(one.name)}
            checked={one.chosen}
            onChange={(chosen) =>
              put({ quantities: draft.quantities.map((each, k) => (k === index ? { ...each, chosen } : each)) })
            }
          />
        ))}
        {draft.fields.map((one, index) => (
          <Check
            key={one.name}
            label={`${FIELD_WORDS[one.name]} all over the part`}
            checked={one.chosen}
            onChange={(chosen) =>
              put({ fields: draft.fields.map((each, k) => (k === index ? { ...each, chosen } : each)) })
            }
          />
        ))}
      </fieldset>
      <Pairs>
        <Pair name="Designs" title="How many are solved. Ten for each variable make a useful model as a rule.">
          <CountField
            label="Designs"
            least={1}
            most={100_000}
            value={draft.designs}
            onCommit={(designs) => put({ designs })}
          />
        </Pair>
        <Pair name="At most" title="Solving ends after so many minutes, and the model learns from what is there.">
          <QuantityField
            label="Minutes at most"
            quantity="none"
            value={draft.minutes}
            placeholder="no limit, minutes"
            refuse={(value) => (value > 0 ? null : 'It must be larger than nothing.')}
            onCommit={(minutes) => put({ minutes })}
            onClear={() => put({ minutes: undefined })}
          />
        </Pair>
      </Pairs>
      {reason && <p className="field-error">{reason}</p>}
      <div className="surrogate-buttons">
        <Button
          kind="primary"
          icon="play"
          disabled={reason !== null}
          onClick={() => void save()}
          data-testid="surrogate-start"
        >
          Solve and learn
        </Button>
        <Button onClick={() => useSetup.setState({ draft: null })}>Cancel</Button>
      </div>
    </div>
  );
}

function RangeRow({ parameter, onChange }: { parameter: DraftParameter; onChange: (next: DraftParameter) => void }) {
  const system = useUnits();
  const { name, unit, value, chosen, least, most, note } = parameter;
  const factor = unit === 'deg' ? RADIANS : 1;
  const bound = (side: 'minimum' | 'maximum', label: string) => (
    <QuantityField
      label={`${name} ${label}`}
      quantity={unit === 'mm' ? 'length' : unit === 'deg' ? 'angle' : 'none'}
      value={parameter[side] * factor}
      disabled={!chosen}
      refuse={(next) => {
        const given = next / factor;
        if (least !== undefined && given < least - 1e-9)
          return `The part takes ${valueInWords(least, unit, system)} at least.`;
        return most !== undefined && given > most + 1e-9
          ? `The part takes ${valueInWords(most, unit, system)} at most.`
          : null;
      }}
      onCommit={(next) => onChange({ ...parameter, [side]: next / factor })}
    />
  );
  return (
    <tr className={chosen ? '' : 'left-out'} data-testid={`range-${name}`}>
      <td title={note ?? name}>
        <label className="check">
          <input
            type="checkbox"
            aria-label={`Follow ${name}`}
            checked={chosen}
            onChange={(event) => onChange({ ...parameter, chosen: event.currentTarget.checked })}
          />
          <span className="truncate">
            {name} <span className="muted">{valueInWords(value, unit, system)}</span>
          </span>
        </label>
      </td>
      <td>{bound('minimum', 'from')}</td>
      <td>{bound('maximum', 'to')}</td>
    </tr>
  );
}
