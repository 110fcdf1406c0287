/** Resolves what connections are on to global topology of the study's bodies. */
import type { Connection } from '../../../preload/contract/studies.ts';
import { resolveTarget } from '../model/resolve.ts';
import type { Target } from '../model/target.ts';
import type { StudyBody } from '../types.ts';

export interface ResolvedConnection {
  connection: Connection;
  /** Absent for bodies that touch: their faces are found on the mesh. */
  target?: Target;
  /** The other side, for connections between two sets of faces. */
  to?: Target;
}

export const resolveConnections = (
  connections: readonly Connection[],
  bodies: readonly StudyBody[],
): ResolvedConnection[] =>
  connections
    .filter(({ suppressed }) => !suppressed)
    .map((connection) => {
      const who = `Connection "${connection.name}"`;
      return {
        connection,
        ...('on' in connection ? { target: resolveTarget(connection.on, bodies, who) } : {}),
        ...('to' in connection ? { to: resolveTarget(connection.to, bodies, `${who}, other side`) } : {}),
      };
    });
