/** Words for values that many restraints, loads and connections have. */
import type { FieldHelp } from '../types.ts';

export const ON: FieldHelp = {
  label: 'On',
  words: 'Faces, edges or vertices: picked in the view, taken from the selection, or found by a selector.',
};
export const ON_FACES: FieldHelp = { label: 'On', words: 'The faces: picked in the view, or found by a selector.' };
export const AXIS: FieldHelp = {
  label: 'Axis',
  words: 'A point on it and its direction, typed or taken from a round face, a round or straight edge, or a flat face.',
};
export const POINT: FieldHelp = {
  label: 'Point',
  words: 'In the part’s own coordinates, typed or taken from a bore, a vertex or a face.',
};
export const COUPLING: FieldHelp = {
  label: 'Faces follow',
  words: 'How the faces follow the point.',
  choices: { distributing: 'By their average, without being stiffened', rigid: 'As one rigid piece' },
};
export const CURVE: FieldHelp = {
  label: 'Changes in time',
  words:
    'In a transient study: factor by time, with straight lines between the rows and the last value beyond them. The load is multiplied by it. Rows can be pasted from a spreadsheet.',
};
export const AMBIENT: FieldHelp = {
  label: 'Ambient',
  words: 'The temperature of the fluid or of the surroundings, far from the face.',
};
const along = (axis: string): FieldHelp => ({
  label: axis,
  words: `Displacement along ${axis}: 0 holds it, a value moves it, empty leaves it free.`,
});
export const MOTION = { x_mm: along('X'), y_mm: along('Y'), z_mm: along('Z') };
const about = (axis: string): FieldHelp => ({
  label: `About ${axis}`,
  words: `Rotation about ${axis}: 0 holds it, an angle turns it, empty leaves it free.`,
});
export const ROTATION = { rx_rad: about('X'), ry_rad: about('Y'), rz_rad: about('Z') };
export const TOLERANCE: FieldHelp = {
  label: 'Gap up to',
  words: 'Faces that are this far apart are still joined. Left empty, it is a part of the element size.',
};
export const CONDUCTANCE: FieldHelp = {
  label: 'Conductance',
  words:
    'How well heat passes the joint, per area and degree: the temperature jumps by flux over conductance. Left empty, heat passes without a jump.',
};
