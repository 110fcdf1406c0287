/** The page about surrogates. */
import type { HelpPage } from '../types.ts';

export const SURROGATE_PAGES: HelpPage[] = [
  {
    id: 'surrogates',
    title: 'Surrogates',
    group: 'Studies',
    paragraphs: [
      'A surrogate answers a study in milliseconds while dimensions are dragged. It learns from designs of your own part that are solved here: variables are chosen with their ranges, designs all over them are made and solved, and a model is learnt from the answers.',
      'Loads and restraints stay on the faces that they are on in the part as it was when the surrogate was made. Each design is solved on the mesh of that part, carried along: a surrogate knows what that mesh knows, and the mesh’s own error comes on top of every interval.',
      'Predictions are hatched, and never look like solutions. Each number has an interval that nine of ten new designs lie within; nothing is promised of a single one. A stress that is read at a singular place, at the rim of a clamp for instance, is no measure of strength and says so.',
      'Outside of the ranges, far from all designs that were solved, or beside one that could not be made, the model says no number, and the solver takes over once the drag has ended. What it finds is kept as a result of the study with other dimensions; Use these values makes them those of the part, in one step of undo.',
      'Each solution of the study inside the ranges is compared with what had been predicted. It can join the data: Learn again solves its design on the mesh that the model knows, and learns from all of them.',
      'Designs and model belong to part and study as they are. Dragging the followed variables changes nothing; another load, material, step or mesh size makes another question, and the model is silent until that is undone or it is made again.',
      'A model that was learnt on a larger machine is carried over as one file: Give its model away there, and drop the file on the window here, or choose it by Bring a model in. A model of another maker, in the same format, comes in the same way. It is looked through as a stranger’s: a damaged, oversized or dangerous one changes nothing and says why.',
      'A model is accepted where part and study are those that it learnt from, whatever they are called and in whatever project: the same steps or script, the same variables but for the values of those that it follows, the same loads, restraints, material and mesh. Else the message says whether it is the part or the study that differs. A copy of the project always fits. A model that was brought in says so in its card; Learn again makes an own one.',
    ],
    entries: [
      { name: 'g p', words: 'Make a surrogate of the study, or change what it follows.' },
      { name: 'Shift+D', words: 'Drag dimensions live; again ends it.' },
      {
        name: 'Solve and learn',
        words: 'Solves what is not solved yet. Cancelled, it goes on from there the next time.',
      },
      {
        name: 'Check',
        words: 'Solves the design that the sliders show on the mesh that the model knows, and compares.',
      },
      { name: 'Give its model away', words: 'Writes card, model and mesh of the study’s surrogate as one file (zip).' },
      {
        name: 'Bring a model in',
        words: 'Takes such a file, or card.json with the files that it names, as the model of the study.',
      },
      { name: 'Typical error', words: 'Of designs that the model did not learn from, in cross-validation.' },
    ],
  },
];
