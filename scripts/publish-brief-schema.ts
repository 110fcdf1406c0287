/** Writes the schema of briefs anew: `node scripts/publish-brief-schema.ts`. A test tells when that was forgotten. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { briefJsonSchema } from '../main/engineer/brief/published-schema.ts';

const path = join(import.meta.dirname, '..', 'resources', 'briefs', 'brief.schema.json');
writeFileSync(path, `${JSON.stringify(briefJsonSchema(), null, 2)}\n`);
