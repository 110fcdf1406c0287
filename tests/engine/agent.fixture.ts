/** The sample bracket with its load, as a project that one can talk about. */
import type { Api, Client, StudyRecord } from '../../preload/contract/index.ts';
import { evaluated } from './parts.fixture.ts';

/** Screwed to a wall at its back, loaded at the front edge of its shelf: `resources/surrogates/l-bracket-study.yaml`. */
export const shelfLoad = (partId: string, more: Partial<StudyRecord> = {}): StudyRecord => ({
  type: 'study',
  id: 'study_shelf01',
  name: 'Shelf load',
  study: 'static',
  partId,
  restraints: [{ id: 'r1', name: 'Wall', kind: 'fixed', on: [{ by: 'selector', selector: 'faces >Y' }] }],
  loads: [
    { id: 'l1', name: 'Shelf', kind: 'force', on: [{ by: 'selector', selector: 'faces <Y' }], force_N: [0, 0, -800] },
  ],
  mesh: { order: 2, accuracy: 'draft', refinements: [], size_mm: 11 },
  probes: [],
  ...more,
});

export async function setUp(client: Client<Api>): Promise<{ partId: string }> {
  await client['project.create']({});
  const { partId } = await client['parts.samples.add']({ key: 'l-bracket' });
  await client['document.change']({ label: 'Study', put: [shelfLoad(partId)] });
  await evaluated(client, partId);
  return { partId };
}
