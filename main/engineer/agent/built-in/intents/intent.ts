/** One kind of request: it looks whether the clause is one, takes out what it understands, and says what follows. */
import type { Clause } from '../clause.ts';
import type { Interpretation } from '../interpretation.ts';
import type { Scene } from '../scene.ts';

/** Null where the clause is none of its kind. It is given a copy of the clause, and may take from it what it likes. */
export type Intent = (clause: Clause, scene: Scene) => Interpretation | null;
