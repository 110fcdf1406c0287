/** Dressing up, repeating, and bodies against bodies. */
import {
  AXIS,
  BODIES,
  DIRECTION,
  OPERATION,
  PATTERN_FEATURES,
  PLANE,
  REVERSE,
  ROTATION,
  SKIP,
  TRANSLATION,
} from './shared.ts';
import type { FeaturePages } from './types.ts';

export const DRESSING_PAGES: FeaturePages<
  | 'fillet'
  | 'chamfer'
  | 'shell'
  | 'draft'
  | 'linear-pattern'
  | 'circular-pattern'
  | 'mirror'
  | 'boolean'
  | 'split'
  | 'thicken'
  | 'move-body'
> = {
  fillet: {
    title: 'Fillet',
    summary: 'Rounds edges.',
    about:
      'Round large radii first and small ones last. Edges that run smoothly into each other are taken together. A radius larger than the faces beside the edge fails and says so.',
    fields: {
      edges: { label: 'Edges', words: 'The edges to round.' },
      radius: { label: 'Radius', words: 'Of the rounding; at the beginning of each edge where it varies.' },
      endRadius: { label: 'End radius', words: 'At the end of each edge: the radius changes evenly along it.' },
    },
  },
  chamfer: {
    title: 'Chamfer',
    summary: 'Cuts edges off at an angle.',
    about: 'One distance makes 45 degrees. For another slope give a second distance or an angle.',
    fields: {
      edges: { label: 'Edges', words: 'The edges to cut off.' },
      distance: { label: 'Distance', words: 'From the edge, on the first face.' },
      distance2: { label: 'Second distance', words: 'From the edge, on the second face; the same when left out.' },
      angle: { label: 'Angle', words: 'Of the cut against the first face, instead of a second distance.' },
      face: { label: 'First face', words: 'The face that the distance is measured on.' },
    },
  },
  shell: {
    title: 'Shell',
    summary: 'Hollows a body out to a wall thickness.',
    about: 'Choose the faces that stay open. Fillets should come before, so that they are hollowed with the rest.',
    fields: {
      open: { label: 'Open faces', words: 'Faces that are taken away. With none, the hollow is closed all round.' },
      thickness: { label: 'Thickness', words: 'Of the wall.' },
      outward: { label: 'Outwards', words: 'The wall grows outside of the body: its inside has the size it had.' },
      bodies: BODIES,
    },
  },
  draft: {
    title: 'Draft',
    summary: 'Leans faces so that a part comes out of its mould.',
    about: 'Faces turn about where they meet the neutral plane: sizes there stay as they are.',
    fields: {
      faces: { label: 'Faces', words: 'The faces to lean.' },
      neutral: { ...PLANE, label: 'Neutral plane' },
      angle: { label: 'Angle', words: 'From the direction of pull, which is the normal of the neutral plane.' },
      reverse: REVERSE,
    },
  },
  'linear-pattern': {
    title: 'Linear pattern',
    summary: 'Repeats features or bodies in a row or a grid.',
    about: 'The count includes the original. Faces of each occurrence keep their names when the count changes.',
    fields: {
      features: PATTERN_FEATURES,
      bodies: BODIES,
      direction: DIRECTION,
      spacing: { label: 'Spacing', words: 'From one occurrence to the next.' },
      count: { label: 'Count', words: 'How many there are, the original included.' },
      second: {
        label: 'Second direction',
        words: 'Repeats the row to a grid.',
        parts: {
          direction: DIRECTION,
          spacing: { label: 'Spacing', words: 'From one row to the next.' },
          count: { label: 'Count', words: 'How many rows there are.' },
        },
      },
      skip: SKIP,
    },
  },
  'circular-pattern': {
    title: 'Circular pattern',
    summary: 'Repeats features or bodies about an axis.',
    about: 'For bolt circles, blades, teeth. Without an angle the occurrences are spread over the full turn.',
    fields: {
      features: PATTERN_FEATURES,
      bodies: BODIES,
      axis: AXIS,
      step: {
        label: 'Angle between',
        words: 'From one occurrence to the next; a full turn over the count when left out.',
      },
      count: { label: 'Count', words: 'How many there are, the original included.' },
      skip: SKIP,
    },
  },
  mirror: {
    title: 'Mirror',
    summary: 'Repeats features or bodies on the other side of a plane.',
    about: 'Model one half and mirror it: a change of one side is a change of both.',
    fields: {
      features: { ...PATTERN_FEATURES, words: 'The steps that are mirrored. With none chosen, whole bodies are.' },
      bodies: BODIES,
      plane: PLANE,
      join: { label: 'Join', words: 'The mirrored body becomes one with the original. Bodies only.' },
    },
  },
  boolean: {
    title: 'Boolean',
    summary: 'Joins bodies, takes one away from another, or keeps what they share.',
    about: 'The target keeps its name and colour. Tools are used up unless they are kept.',
    fields: {
      operation: {
        label: 'Operation',
        words: 'What is made of the bodies.',
        choices: { union: 'Join', subtract: 'Take away', intersect: 'Keep common' },
      },
      target: { label: 'Target', words: 'The body that is changed.' },
      tools: { label: 'Tools', words: 'The bodies that it is changed with.' },
      keepTools: { label: 'Keep tools', words: 'The tools stay as bodies of their own.' },
    },
  },
  split: {
    title: 'Split',
    summary: 'Cuts bodies in two at a plane.',
    about: 'The front is the side that the normal of the plane points to.',
    fields: {
      bodies: BODIES,
      plane: PLANE,
      keep: {
        label: 'Keep',
        words: 'Which side stays.',
        choices: { both: 'Both', front: 'Front', back: 'Back' },
      },
    },
  },
  thicken: {
    title: 'Thicken',
    summary: 'Makes a wall out of faces.',
    about: 'For surfaces from a file, or to add a layer to some faces of a solid.',
    fields: {
      faces: { label: 'Faces', words: 'The faces that become a wall.' },
      thickness: { label: 'Thickness', words: 'Of the wall, outwards from the faces.' },
      reverse: { label: 'Reverse', words: 'Inwards instead of outwards.' },
      operation: OPERATION,
    },
  },
  'move-body': {
    title: 'Move body',
    summary: 'Moves, turns or copies bodies within the part.',
    about: 'To place the part in an assembly, move its instance instead.',
    fields: {
      bodies: { label: 'Bodies', words: 'The bodies to move.' },
      translation: TRANSLATION,
      rotation: ROTATION,
      copy: { label: 'Copy', words: 'The bodies stay, and copies of them are moved.' },
    },
  },
};
