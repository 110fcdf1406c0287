/** Direct editing, import and sheet metal. */
import { PLANE, PROFILE, REVERSE, ROTATION, TRANSLATION } from './shared.ts';
import type { FeaturePages } from './types.ts';

export const DIRECT_PAGES: FeaturePages<
  | 'offset-face'
  | 'move-face'
  | 'delete-face'
  | 'replace-face'
  | 'resize-hole'
  | 'resize-fillet'
  | 'import'
  | 'sheet-base'
  | 'edge-flange'
  | 'unfold'
> = {
  'offset-face': {
    title: 'Push or pull face',
    summary: 'Moves faces along their own normals; the neighbours are extended or cut back.',
    about:
      'Works on any body, also on an imported one without a history. Positive adds material, negative takes it away.',
    fields: {
      faces: { label: 'Faces', words: 'The faces to push or pull.' },
      distance: {
        label: 'Distance',
        words: 'Outwards; negative goes inwards. A hole becomes smaller when it is positive.',
      },
    },
  },
  'move-face': {
    title: 'Move face',
    summary: 'Moves and turns faces; the neighbours are extended or cut back.',
    about: 'To move a hole, choose all of its faces.',
    fields: {
      faces: { label: 'Faces', words: 'The faces to move.' },
      translation: TRANSLATION,
      rotation: ROTATION,
    },
  },
  'delete-face': {
    title: 'Delete face',
    summary: 'Removes faces and closes the gap from their neighbours.',
    about:
      'Takes fillets, holes, bosses and pockets off a body, to simplify it for analysis. All faces of a feature have to be chosen; recognised features choose them for you.',
    fields: { faces: { label: 'Faces', words: 'The faces to remove.' } },
  },
  'replace-face': {
    title: 'Replace face',
    summary: 'Puts faces into another plane; the neighbours follow.',
    about: 'To make a face flush with a datum plane or another face.',
    fields: { faces: { label: 'Faces', words: 'The faces to put elsewhere.' }, plane: PLANE },
  },
  'resize-hole': {
    title: 'Resize hole',
    summary: 'Gives a recognised hole other diameters.',
    about:
      'For holes of imported bodies. A stepped hole has one diameter for each of its steps, from the opening inwards.',
    fields: {
      faces: { label: 'Faces', words: 'All faces of the hole.' },
      diameters: { label: 'Diameters', words: 'One for each step, from the opening inwards.' },
    },
  },
  'resize-fillet': {
    title: 'Resize fillet',
    summary: 'Gives recognised fillets another radius.',
    about: 'For fillets of imported bodies: they are taken off and made again with the new radius.',
    fields: {
      faces: { label: 'Faces', words: 'The faces of the fillets.' },
      radius: { label: 'Radius', words: 'The new one.' },
    },
  },
  import: {
    title: 'Import',
    summary: 'The bodies of a file, as the beginning of a history.',
    about:
      'Made by itself when an imported part is edited for the first time. When a new revision of the file is read, faces that are found again keep their names.',
    fields: {
      sourceId: { label: 'File', words: 'The imported file that the bodies come from.' },
      sourceKey: { label: 'Part of the file', words: 'Which of the file’s parts it is.' },
      faceNames: { label: 'Names of faces', words: 'Kept by the program, so that references survive a new revision.' },
    },
  },
  'sheet-base': {
    title: 'Sheet base',
    summary: 'A flat sheet from a closed profile: the first step of a sheet-metal part.',
    about: 'Thickness and bend radius are taken over by the flanges that follow.',
    fields: {
      profile: PROFILE,
      thickness: { label: 'Thickness', words: 'Of the sheet.' },
      bendRadius: { label: 'Bend radius', words: 'On the inside of the bends.' },
      kFactor: {
        label: 'K factor',
        words:
          'Where the sheet neither stretches nor shrinks in a bend, as a fraction of the thickness from the inside: about 0.44 for mild steel.',
      },
      reverse: REVERSE,
    },
  },
  'edge-flange': {
    title: 'Edge flange',
    summary: 'Bends a flange up from straight edges of a sheet.',
    about: 'The length of the sheet grows by the bend allowance, so that the unfolded part is right.',
    fields: {
      edges: { label: 'Edges', words: 'Straight edges of the sheet.' },
      height: { label: 'Height', words: 'Of the flange, from the outer face of the sheet.' },
      angle: { label: 'Angle', words: 'From flat: 90 deg stands upright.' },
      bendRadius: { label: 'Bend radius', words: 'On the inside; that of the sheet when left out.' },
    },
  },
  unfold: {
    title: 'Unfold',
    summary: 'Lays a sheet-metal part flat, for cutting.',
    about: 'Suppress it to see the bent part again. The outline of the flat part can be exported as DXF.',
    fields: {
      fixed: { label: 'Face that stays', words: 'A planar face of the sheet: the rest is unfolded round it.' },
    },
  },
};
