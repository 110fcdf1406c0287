import { safeParse } from 'valibot';
import { expect, test } from 'vitest';
import { RecordIdSchema } from '../../preload/contract/records.ts';
import { newId, seededRandom, typeOfId } from './ids.ts';

test('ids say their type, fit the schema and do not repeat', () => {
  const ids = new Set(Array.from({ length: 10_000 }, () => newId('part')));
  expect(ids.size).toBe(10_000);
  for (const id of ids) {
    expect(id).toMatch(/^part_[0-9A-Za-z]{12}$/);
    expect(safeParse(RecordIdSchema, id).success).toBe(true);
  }
  expect(typeOfId(newId('instance'))).toBe('instance');
  expect(newId('project')).toBe('project_settings');
});

test('with a seed they are the same every time', () => {
  expect(newId('view', seededRandom(5))).toBe(newId('view', seededRandom(5)));
  expect(newId('view', seededRandom(5))).not.toBe(newId('view', seededRandom(6)));
});
