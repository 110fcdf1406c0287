/** A part as it would be with one variable a little different; nothing of the project changes. */
import type { AnyRecord, JobContext, PartRecord, VariableValue } from '../../../preload/contract/index.ts';
import { ArtificerError, type ErrorData } from '../../../preload/contract/index.ts';
import { definitionOf, hasHistory, namesIn } from '../../document/index.ts';
import type { ChangedGeometry } from '../../physics/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import type { EngineContext } from '../context.ts';
import { evaluatePart } from '../part-evaluation.ts';
import { gatherPart } from '../part-inputs.ts';
import type { PartScripts } from '../part-scripts.ts';
import type { SourceGeometry } from '../source-geometry.ts';

export class ChangedParts {
  readonly #engine: EngineContext;
  readonly #sources: SourceGeometry;
  readonly #scripts: PartScripts;

  constructor(engine: EngineContext, sources: SourceGeometry, scripts: PartScripts) {
    this.#engine = engine;
    this.#sources = sources;
    this.#scripts = scripts;
  }

  /** All variables that the part sees and that have a value, in order. A part that was imported as it is has none. */
  async variables(session: DocumentSession, part: PartRecord, context: JobContext): Promise<VariableValue[]> {
    if (!hasHistory(part)) return [];
    const records = session.store.all();
    const scripted = await this.#scripts.run(session, part, records, context);
    return gatherPart(part, records, scripted).variables.values.filter(({ value }) => value !== undefined);
  }

  /**
   * The solid bodies with the variable at another value (mm, rad, 1).
   * @throws ArtificerError why the part cannot be made with it
   */
  async with(
    session: DocumentSession,
    part: PartRecord,
    variable: VariableValue,
    value: number,
    context: JobContext,
  ): Promise<ChangedGeometry> {
    const records = overridden(part, session.store.all(), variable, value);
    const scripted = await this.#scripts.run(session, part, records, context);
    const inputs = gatherPart(part, records, scripted);
    const want = { brep: true, info: 'describe', tessellation: 'none' } as const;
    const evaluated = await evaluatePart(this.#engine, this.#sources, session, inputs, want, context);
    const failed = evaluated.outcomes.find(({ state }) => state === 'failed' || state === 'blocked');
    if (failed) throw notMade(failed.name, failed.error);
    const solids = evaluated.bodies.filter(({ info, brep }) => info?.kind === 'solid' && brep);
    const brep = await this.#engine.kernel.brepText(
      solids.map((body) => body.brep!),
      context,
    );
    return { brep, infos: solids.map((body) => body.info!) };
  }
}

/** Whether the variable is a number of its own, rather than one that follows from others. Units are names too. */
export const isIndependent = ({ expression }: VariableValue, all: readonly VariableValue[]): boolean =>
  !namesIn(expression).some((name) => all.some((other) => other.name === name));

const UNITS = { length: 'mm', angle: 'rad', number: '1' } as const;
export const unitOfVariable = ({ dimension }: VariableValue): string => UNITS[dimension];

/** Half the difference over which the part is followed: small against the value, large against the kernel's tolerances. */
export function stepOf({ dimension, value }: VariableValue): number {
  const least = dimension === 'length' ? 1e-3 : 1e-4;
  return Math.max(1e-3 * Math.abs(value!), least);
}

function overridden(
  part: PartRecord,
  records: readonly AnyRecord[],
  variable: VariableValue,
  value: number,
): AnyRecord[] {
  const { name, dimension } = variable;
  const expression = dimension === 'number' ? `${value}` : `${value} ${UNITS[dimension]}`;
  const { configuration, variables } = definitionOf(part, records);
  if (configuration && Object.hasOwn(configuration.values, name))
    return records.map((record) =>
      record.id === configuration.id && record.type === 'configuration'
        ? { ...record, values: { ...record.values, [name]: expression } }
        : record,
    );
  const own = variables.find((record) => record.name === name);
  if (own)
    return records.map((record) =>
      record.id === own.id && record.type === 'variable' ? { ...record, expression } : record,
    );
  return [
    ...records,
    { type: 'variable', id: `changed-${name}`, partId: part.id, name, dimension, expression, order: 0 },
  ];
}

const notMade = (step: string, error: ErrorData | undefined): ArtificerError =>
  new ArtificerError({
    code: 'sensitivities.not-made',
    category: 'refused',
    message: `step "${step}" fails a little beside this value${error ? `: ${error.message}` : ''}`,
  });
