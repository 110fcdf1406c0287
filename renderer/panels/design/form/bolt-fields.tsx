/** Bolts of an interface: their size, and their places as a pattern or one by one. */
import { useState } from 'react';
import { Select } from '../../../ui/fields.tsx';
import { acrossOf, asKind, type BoltPattern, MOST_BOLTS, type Point, patternOf, pointsOf } from './bolt-pattern.ts';
import { withValue } from './brief-document.ts';
import { AddButton, LiveField, Removable, Row } from './form-fields.tsx';
import { lengthText, millimetres, type Triple } from './interface-document.ts';
import { Axis, type InterfaceProps, Three, XYZ } from './place-fields.tsx';

const SIZES = ['M3', 'M4', 'M5', 'M6', 'M8', 'M10', 'M12', 'M16', 'M20', 'M24'];
const PATTERNS: { value: BoltPattern['kind']; label: string }[] = [
  { value: 'circle', label: 'On a circle' },
  { value: 'grid', label: 'In a grid' },
  { value: 'points', label: 'One by one' },
];

const written = (pattern: BoltPattern, axis: string): (string | number)[][] =>
  pointsOf(pattern, axis).map((point) => point.map(lengthText));

export function BoltFields(props: InterfaceProps) {
  const { one, text, readOnly, onChange } = props;
  const { name, points, axis } = one;
  const path = ['interfaces', name, 'bolts'];
  const [chosen, setChosen] = useState<BoltPattern['kind']>();
  const put = (next: BoltPattern) => onChange(withValue(text, [...path, 'at'], written(next, axis)));
  const list = `bolt-sizes-${name.replace(/\W/g, '-')}`;
  const pattern = points && patternOf(points, axis, chosen);
  return (
    <>
      <Row name="Size">
        <datalist id={list}>
          {SIZES.map((size) => (
            <option key={size} value={size} />
          ))}
        </datalist>
        <LiveField
          label={`Size of ${name}`}
          value={one.size}
          choices={list}
          readOnly={readOnly}
          onChange={(size) => onChange(withValue(text, [...path, 'size'], size))}
        />
      </Row>
      <Row name="Along">
        <Axis
          {...props}
          keys={['bolts', 'axis']}
          // A pattern turns with its axis; bolts that were placed one by one stay.
          along={(changed, to) =>
            pattern === null || pattern.kind === 'points'
              ? changed
              : withValue(changed, [...path, 'at'], written(pattern, to))
          }
        />
      </Row>
      {pattern === null ? (
        <p className="muted small">Where they are is written in a way that only the text shows.</p>
      ) : (
        <>
          <Row name="Pattern">
            <Select
              label={`Pattern of ${name}`}
              value={pattern.kind}
              options={PATTERNS}
              disabled={readOnly}
              onChange={(next) => {
                const kind = next as BoltPattern['kind'];
                setChosen(kind);
                put(asKind(points!, axis, kind));
              }}
            />
          </Row>
          {pattern.kind === 'circle' && <Circle {...{ name, axis, readOnly, pattern, put }} />}
          {pattern.kind === 'grid' && <Grid {...{ name, axis, readOnly, pattern, put }} />}
          {pattern.kind === 'points' && (
            <>
              {pattern.at.map((point, index) => (
                <Row
                  // biome-ignore lint/suspicious/noArrayIndexKey: bolts are their places in the text
                  key={index}
                  name={`Bolt ${index + 1}`}
                >
                  <Removable
                    what={`bolt ${index + 1} of ${name}`}
                    readOnly={readOnly || pattern.at.length === 1}
                    onRemove={() => put({ kind: 'points', at: pattern.at.filter((_, k) => k !== index) })}
                  >
                    <Place
                      label={`of bolt ${index + 1} of ${name}`}
                      point={point}
                      readOnly={readOnly}
                      onChange={(next) =>
                        put({ kind: 'points', at: pattern.at.map((each, k) => (k === index ? next : each)) })
                      }
                    />
                  </Removable>
                </Row>
              ))}
              <AddButton
                label="Add a bolt"
                readOnly={readOnly || pattern.at.length >= MOST_BOLTS}
                onAdd={() => {
                  setChosen('points');
                  const last = pattern.at.at(-1) ?? ([0, 0, 0] as Point);
                  const [u] = acrossOf(axis);
                  put({
                    kind: 'points',
                    at: [...pattern.at, last.map((x, k) => (k === u ? x + 20 : x)) as unknown as Point],
                  });
                }}
              />
            </>
          )}
        </>
      )}
    </>
  );
}

interface PatternProps<Kind extends BoltPattern['kind']> {
  name: string;
  axis: string;
  readOnly: boolean;
  pattern: Extract<BoltPattern, { kind: Kind }>;
  put: (pattern: BoltPattern) => void;
}

function Circle({ name, axis, readOnly, pattern, put }: PatternProps<'circle'>) {
  return (
    <>
      <Row name="Bolts">
        <Count
          label={`Number of ${name}`}
          value={pattern.count}
          least={2}
          readOnly={readOnly}
          onChange={(count) => put({ ...pattern, count })}
        />
      </Row>
      <Row name="Circle">
        <Length
          label={`Circle diameter of ${name}`}
          value={pattern.diameter}
          readOnly={readOnly}
          onChange={(diameter) => put({ ...pattern, diameter })}
        />
      </Row>
      <Row name="First at (°)">
        <Angle
          label={`Angle of the first of ${name} from ${XYZ[acrossOf(axis)[0]]} (deg)`}
          value={pattern.angle}
          readOnly={readOnly}
          onChange={(angle) => put({ ...pattern, angle })}
        />
      </Row>
      <Centre {...{ name, readOnly, pattern, put }} />
    </>
  );
}

function Grid({ name, axis, readOnly, pattern, put }: PatternProps<'grid'>) {
  return (
    <>
      {acrossOf(axis).map((k, of) => {
        const withOf = <T,>(pair: readonly [T, T], value: T): [T, T] =>
          of === 0 ? [value, pair[1]] : [pair[0], value];
        const other = pattern.counts[1 - of]!;
        return (
          <Row key={k} name={`Along ${XYZ[k]}`}>
            <span className="brief-vector">
              <Count
                label={`Number of ${name} along ${XYZ[k]}`}
                value={pattern.counts[of]!}
                least={other > 1 ? 1 : 2}
                readOnly={readOnly}
                onChange={(count) =>
                  put({
                    ...pattern,
                    counts: withOf(pattern.counts, count),
                    spacing: withOf(pattern.spacing, pattern.spacing[of] || 20),
                  })
                }
              />
              {pattern.counts[of]! > 1 && (
                <Length
                  label={`Spacing of ${name} along ${XYZ[k]}`}
                  value={pattern.spacing[of]!}
                  readOnly={readOnly}
                  onChange={(spacing) => put({ ...pattern, spacing: withOf(pattern.spacing, spacing) })}
                />
              )}
            </span>
          </Row>
        );
      })}
      <Centre {...{ name, readOnly, pattern, put }} />
    </>
  );
}

const Centre = ({ name, readOnly, pattern, put }: Omit<PatternProps<'circle' | 'grid'>, 'axis'>) => (
  <Row name="Middle at">
    <Place
      label={`of the middle of ${name}`}
      point={pattern.centre}
      readOnly={readOnly}
      onChange={(centre) => put({ ...pattern, centre })}
    />
  </Row>
);

interface Field<T> {
  label: string;
  value: T;
  readOnly: boolean;
  onChange: (value: T) => void;
}

/** What is typed stays as it is typed, while it means the value of the text. */
function useDraft<T>(value: T, read: (written: string) => T | null, write: (value: T) => string) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft !== null && (read(draft) === null || read(draft) === value) ? draft : write(value);
  return { shown, wrong: read(shown) === null, setDraft };
}

const lengthInWords = (value: number): string => `${Number(value.toFixed(6))} mm`;
const positive = (written: string): number | null => {
  const value = written.trim() === '' ? null : millimetres(written);
  return value !== null && value > 0 ? Number(value.toFixed(6)) : null;
};

function Length({ label, value, readOnly, onChange }: Field<number>) {
  const { shown, wrong, setDraft } = useDraft(value, positive, lengthInWords);
  return (
    <LiveField
      label={label}
      value={shown}
      readOnly={readOnly}
      problems={wrong ? ['A length above nought, such as 40 mm.'] : []}
      onChange={(written) => {
        setDraft(written);
        const next = positive(written);
        if (next !== null) onChange(next);
      }}
    />
  );
}

function Angle({ label, value, readOnly, onChange }: Field<number>) {
  const read = (written: string): number | null =>
    written.trim() !== '' && Number.isFinite(Number(written)) ? Number(written) : null;
  const { shown, wrong, setDraft } = useDraft(value, read, (angle) => `${angle}`);
  return (
    <LiveField
      label={label}
      value={shown}
      numeric
      readOnly={readOnly}
      problems={wrong ? ['An angle in degrees.'] : []}
      onChange={(written) => {
        setDraft(written);
        const next = read(written);
        if (next !== null) onChange(next);
      }}
    />
  );
}

function Count({ label, value, least, readOnly, onChange }: Field<number> & { least: number }) {
  const read = (written: string): number | null =>
    /^\s*\d+\s*$/.test(written) && Number(written) >= least && Number(written) <= MOST_BOLTS ? Number(written) : null;
  const { shown, wrong, setDraft } = useDraft(value, read, (count) => `${count}`);
  return (
    <LiveField
      label={label}
      value={shown}
      numeric
      readOnly={readOnly}
      problems={wrong ? [`A whole number, ${least} to ${MOST_BOLTS}.`] : []}
      onChange={(written) => {
        setDraft(written);
        const next = read(written);
        if (next !== null) onChange(next);
      }}
    />
  );
}

/** A place in mm; what is no length yet is kept while it is typed. */
function Place({
  label,
  point,
  readOnly,
  onChange,
}: {
  label: string;
  point: Point;
  readOnly: boolean;
  onChange: (point: Point) => void;
}) {
  const [draft, setDraft] = useState<{ axis: number; written: string } | null>(null);
  const shown = point.map((x, k) => {
    const typed = draft?.axis === k ? draft.written : null;
    return typed !== null && (millimetres(typed) === null || Math.abs(millimetres(typed)! - x) < 1e-5)
      ? typed
      : String(lengthText(x));
  }) as Triple;
  return (
    <Three
      label={label}
      value={shown}
      readOnly={readOnly}
      onChange={(axis, written) => {
        setDraft({ axis, written });
        const value = millimetres(written || '0');
        if (value !== null) onChange(point.map((x, k) => (k === axis ? value : x)) as unknown as Point);
      }}
    />
  );
}
