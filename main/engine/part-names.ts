/** What the bodies of a part with a history are called. */
import type { BodyInfo, PartRecord } from '../../preload/contract/index.ts';

interface Named {
  part: PartRecord;
  steps: readonly { id: string; name: string }[];
}

/**
 * The person's name for a body; for the only body of a part, the part's; else what its file called it, or the step that
 * made it.
 */
export function bodyNamesOf(
  { part, steps }: Named,
  bodies: readonly { info: BodyInfo }[],
  importedName: (featureId: string, index: number) => string | undefined = () => undefined,
): string[] {
  return bodies.map(({ info }, index) => {
    const given = part.bodies[index]?.name;
    if (given !== undefined) return given;
    if (bodies.length === 1) return part.name;
    const [id = '', number] = (info.persistentName ?? '').split('#');
    const place = number === undefined ? 0 : Number(number) - 1;
    const imported = importedName(id, place);
    if (imported !== undefined) return imported;
    const step = steps.find((each) => each.id === id);
    return step ? `${step.name}${number === undefined ? '' : ` ${number}`}` : info.name;
  });
}
