import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { briefJsonSchema } from './published-schema.ts';
import { readBrief } from './read-brief.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'resources', 'briefs');

it('the published schema of briefs is the one that they are read by', () => {
  expect(JSON.parse(readFileSync(join(FOLDER, 'brief.schema.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(briefJsonSchema())),
  );
});

it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')))('%s is a brief that can be worked on', (name) => {
  expect(() => readBrief(readFileSync(join(FOLDER, name), 'utf8'))).not.toThrow();
});
