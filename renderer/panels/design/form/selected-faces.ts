/** What is selected in the view as a brief writes it, for a part of the project. */
import { faceText } from '../../../../main/document/index.ts';
import { recordOf, recordsOf } from '../../../state/document.ts';
import { bodiesOf } from '../../../state/geometry.ts';
import { outcomesOf } from '../../../state/parts.ts';
import { useSelection } from '../../../state/selection.ts';

/**
 * @param partName of the concept: only faces of that part can be its faces
 * @returns selectors; or why there are none, in a sentence
 */
export function selectedFaces(partName: string): { faces: string[] } | { why: string } {
  const part = recordsOf('part').find(({ name }) => name === partName);
  if (!part) return { why: `“${partName}” is no part of this project: write a selector, such as faces >Z.` };
  const items = useSelection.getState().items.filter(({ kind }) => kind === 'face');
  const own = items.filter(({ instanceId }) => recordOf('instance', instanceId)?.partId === part.id);
  if (own.length === 0)
    return {
      why:
        items.length > 0
          ? `The selected faces belong to another part than “${partName}”.`
          : `Select faces of “${partName}” in the view first.`,
    };
  const outcomes = outcomesOf(part.id);
  const nameOf = (id: string): string =>
    recordOf('feature', id)?.name ?? outcomes.find((outcome) => outcome.id === id)?.name ?? id;
  const ids = [...(part.features ?? []), ...outcomes.map(({ id }) => id)];
  const texts = own.flatMap(({ body, index }) => faceText(bodiesOf(part.id), body, index, ids, nameOf) ?? []);
  return texts.length > 0 ? { faces: [...new Set(texts)] } : { why: 'The shape of the part is not known yet.' };
}
