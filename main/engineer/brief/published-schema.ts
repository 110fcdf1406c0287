/** The schema of briefs as other programs and editors take it: JSON Schema, written to `resources/briefs/brief.schema.json`. */
import { type JsonSchema, toJsonSchema } from '../agent/tools/json-schema.ts';
import { BriefFileSchema } from './schema.ts';

export const briefJsonSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Brief of a design',
  description:
    'What the engineer is given: cases are studies without geometry, material and mesh (docs/command-line.md); requirements and objectives are in the language of docs/briefs.md.',
  ...toJsonSchema(BriefFileSchema),
});
