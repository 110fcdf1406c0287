/** What the mesher says of walls through which one element alone stands: bending is then uncertain, and the reader must know where. */
import { type Vec3, words } from '../vector.ts';

/** Part of the mesher's account of its mesh. An edge here is one of the mesh that reaches from face to face of a wall. */
export interface SingleLayerWalls {
  /** Edges that were halved, so that two elements stand where one did. */
  dividedEdges: number;
  /** Edges that were left. */
  singleEdges: number;
  /** Whether more elements than allowed would have been needed. */
  full: boolean;
  /** Whether walls were left alone because the sizes were chosen by a person. */
  kept: boolean;
  /** Thickness and place of the thinnest wall with a left edge. */
  thickness_mm?: number;
  at_mm?: Vec3;
}

/** The warning for walls with one element through; null where every wall has two. */
export function wallWarning(
  walls: SingleLayerWalls | undefined,
  elements: number,
): { code: string; message: string } | null {
  if (!walls || walls.singleEdges === 0 || walls.thickness_mm === undefined || !walls.at_mm) return null;
  const reason = walls.kept
    ? 'the element size was given, and is kept (leave it out, or halve it there, to have two)'
    : walls.full
      ? `two would make the mesh too large (it has ${elements} elements now)`
      : 'two could not be fitted without distorting them';
  return {
    code: 'mesh.thin-wall',
    message:
      `One element alone stands through a wall in ${walls.singleEdges} places, the thinnest of ` +
      `${Number(walls.thickness_mm.toPrecision(3))} mm at ${words(walls.at_mm)} mm: ${reason}. Bending there is less certain.`,
  };
}
