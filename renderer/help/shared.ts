/** Words for fields that many features have. */
import type { FieldHelp } from './types.ts';

export const OPERATION: FieldHelp = {
  label: 'Result',
  words: 'What happens with the bodies that are there already.',
  choices: { new: 'New body', add: 'Add', cut: 'Cut', intersect: 'Keep common' },
};
export const BODIES: FieldHelp = {
  label: 'Bodies',
  words: 'The bodies that this step works on. With none chosen it works on all that it touches.',
};
export const PROFILE: FieldHelp = {
  label: 'Profile',
  words:
    'The closed outline that is used: a sketch, all of its regions or some of them, or a planar face. An outline inside another one is a hole.',
};
export const PATH: FieldHelp = {
  label: 'Path',
  words: 'A chain of sketch curves, or of edges, each beginning where the one before ends.',
};
export const AXIS: FieldHelp = {
  label: 'Axis',
  words:
    'One of the principal axes X, Y, Z, a straight or circular edge, a cylindrical or planar face, or a line of a sketch.',
};
export const DIRECTION: FieldHelp = { ...AXIS, label: 'Direction' };
export const PLANE: FieldHelp = {
  label: 'Plane',
  words:
    'One of the principal planes XY, YZ, ZX, moved by an offset if one is given, a planar face, or a datum plane that was made before.',
};
export const REVERSE: FieldHelp = { label: 'Reverse', words: 'The other way round.' };
export const SKIP: FieldHelp = {
  label: 'Leave out',
  words: 'Numbers of occurrences that are not made, counted from 0 (the original) row by row: 2, 5.',
};
export const PATTERN_FEATURES: FieldHelp = {
  label: 'Features',
  words: 'The steps that are repeated. With none chosen, whole bodies are repeated.',
};
export const TRANSLATION: FieldHelp = { label: 'Move by', words: 'How far along X, Y and Z.' };
export const ROTATION: FieldHelp = {
  label: 'Turn',
  words: 'Turned about an axis after moving.',
  parts: {
    axis: AXIS,
    angle: { label: 'Angle', words: 'How far it is turned, counter-clockwise seen against the axis.' },
  },
};
export const EXTENT: FieldHelp = {
  label: 'Extent',
  words: 'How far it goes.',
  choices: { distance: 'Distance', 'through-all': 'Through all', face: 'Up to face' },
  parts: {
    distance: { label: 'Distance', words: 'From the plane of the profile.' },
    face: { label: 'Face', words: 'It ends at this face, extended where it is too small.' },
    offset: { label: 'Beyond', words: 'How far beyond the face it goes; negative stops before it.' },
  },
};
