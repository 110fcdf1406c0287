/** Pages that are not about one feature. */
import { SKETCH_PAGES } from './sketching.ts';
import type { HelpPage } from './types.ts';

export const GENERAL_PAGES: HelpPage[] = [
  {
    id: 'start',
    title: 'Draw a part',
    group: 'First steps',
    paragraphs: [
      'A part is a history: steps that each add to the body, take away from it, or change it. Any step can be changed later, and everything after it follows.',
      'Begin with Sketch (Shift+S): choose one of the principal planes, draw a closed outline, and give it dimensions. Then Extrude (Shift+E) makes a body of it. Round its edges with Fillet, drill it with Hole.',
      'Select first or choose later, as you like: a command takes what is selected, and its form asks for the rest. While a form is open, the part is shown as it was before the step, with the result over it. Enter takes the step, Escape drops it, and one undo takes back the whole of it.',
      'The Features panel shows the steps in order. Double-click one, or press Enter, to change it. Drag a step, or press Alt with the arrow keys, to move it; a step cannot go before what it needs, and says so.',
    ],
  },
  {
    id: 'tree',
    title: 'The history of a part',
    group: 'First steps',
    paragraphs: [
      'A step that fails leaves the last good body in view. It says why, and what to try; steps that do not depend on it are made all the same, those that do are blocked.',
      'The blue bar below the last step rolls the part back: drag it up, and everything below it is left out until it is dragged down again. New steps are put where the bar is.',
      'A suppressed step is left out without being deleted. In a configuration it is left out of that member only.',
      'Steps with a lock were made by the part’s script. They are changed in the script, or by the variables that it declares.',
    ],
    entries: [
      { name: 'Enter, double-click', words: 'Change the step.' },
      { name: 'F2', words: 'Rename it.' },
      { name: 'Space', words: 'Suppress or restore it.' },
      { name: 'Alt+↑, Alt+↓', words: 'Move it.' },
      { name: 'Alt+Shift+↑, Alt+Shift+↓', words: 'Move the roll-back bar.' },
      { name: 'Delete', words: 'Delete it, after saying what needs it.' },
      { name: 'F1', words: 'Open this help at its kind.' },
    ],
  },
  {
    id: 'expressions',
    title: 'Variables and expressions',
    group: 'Sizes',
    paragraphs: [
      'Wherever a size is asked for, an expression may stand: 12, 3/8 in, width / 2 + 3 mm, 2 * sin(30 deg) * radius. What it is worth now is shown beside it.',
      'A number without a unit means millimetres where a length is wanted, degrees where an angle is wanted, and just a number where a count is wanted. Units are checked: a mass where a length is wanted is refused, and so is adding a length to an area.',
      'A variable gives a size a name. Variables of the project are known in all parts, those of a part only there; where both have the same name, the part’s own counts. Names begin with a letter and hold letters, digits and underscores. A variable is renamed everywhere it is used.',
      'Give a variable a range, and it gets a slider: the part follows while it moves. A value outside the range is taken, but marked: the part was not meant for it.',
    ],
    entries: [
      { name: '+ − * / ^ ( )', words: 'As usual; ^ is a power.' },
      { name: 'sqrt, cbrt, abs, min, max, hypot', words: 'Roots, size, smallest, largest, diagonal; units are kept.' },
      { name: 'round, floor, ceil', words: 'Rounding, of plain numbers.' },
      { name: 'sin, cos, tan, asin, acos, atan, atan2', words: 'Of angles with their unit: sin(30 deg).' },
      { name: 'exp, ln, log10', words: 'Of plain numbers.' },
      { name: 'pi', words: '3.14159…' },
      { name: 'mm, cm, m, µm, in, ft, thou', words: 'Units of length.' },
      { name: 'deg, °, rad', words: 'Units of angle.' },
    ],
  },
  {
    id: 'configurations',
    title: 'Configurations',
    group: 'Sizes',
    paragraphs: [
      'A family of parts: each member has its own values for some of the variables, and may leave some of the steps out. Choose the one to show in the Variables panel.',
      'An empty cell means that the variable’s own value holds. While a member is shown, changing a variable that it has its own value for changes that value, and suppressing a step suppresses it in that member only.',
    ],
  },
  {
    id: 'references',
    title: 'References to faces and edges',
    group: 'How it works',
    paragraphs: [
      'Fillets, holes, loads and restraints hold on to faces and edges by name: the step that made a face and its role there, such as “end of Plate” or “side line3 of Plate”. An edge is called by the two faces it lies between. Names do not change with sizes, so what holds on to them follows a redesign.',
      'Faces of an imported body have no such history. They are recognised by what they look like and where they are; when a new revision of the file is read, those that are found again keep their names.',
      'A reference that cannot be found is never given to something else in silence. The step or the load that holds it fails and offers the nearest candidates: point at one to see it light up, press it to use it.',
      'Instead of picking, a selector may say what is meant by a rule.',
    ],
    entries: [
      { name: 'faces >Z', words: 'The face farthest up.' },
      { name: 'faces |Z', words: 'Faces whose normal is parallel to Z.' },
      { name: 'edges %CIRCLE', words: 'Circular edges.' },
      { name: 'edges |Z and >X', words: 'Of the upright edges, the one farthest along X.' },
      { name: 'faces near (1, 2, 3)', words: 'The face nearest to a point, mm.' },
    ],
  },
  {
    id: 'imported',
    title: 'Parts from files',
    group: 'How it works',
    paragraphs: [
      'An imported part has no history, and can be edited all the same. Recognise features finds its holes, fillets, chamfers, pockets, bosses and walls; point at one to see it light up.',
      'Type another diameter beside a hole, or another radius beside a fillet, and it becomes a step of the part’s history: it can be changed again, suppressed and undone. Select all fillets up to a size and remove them to make the part simple enough to analyse.',
      'Push or pull a face with the command of that name: drag the arrow, or type the distance.',
      'Import new revision reads the file anew when its author has changed it, and makes your steps again on the new body.',
    ],
  },
  {
    id: 'scripts',
    title: 'Scripted parts',
    group: 'How it works',
    paragraphs: [
      'A part may be written as a script in TypeScript, over the same steps. It is kept in the project and run again whenever one of its variables changes. It sees nothing of the machine: no files, no network, no clock, and only a bounded time and memory.',
      'The variables that a script declares appear in the Variables panel, with their ranges, and are changed there without touching the script. Steps made by hand may follow those of the script.',
      'Any part that was made in the window can be read as a script that makes the same. From the command line, npx artificer build part.ts --set width=40mm --out part.step runs one and writes the result.',
    ],
    code: `import { part } from 'artificer';

export default part('Plate', {}, (p) => {
  const width = p.length('width', '80 mm', { minimum: '20 mm', maximum: '200 mm' });
  const outline = p.sketch('outline', 'xy', (s) => {
    s.rectangle([0, 0], [width, '50 mm']);
  });
  const plate = p.extrude('plate', outline, { distance: '8 mm' });
  p.fillet('corner', plate.edge('side(line1)', 'side(line2)'), { radius: 4 });
});`,
    entries: [
      { name: 'p.length, p.angle, p.number', words: 'Declare a variable: name, value, range, note.' },
      { name: 'p.sketch(name, plane, draw)', words: 'A sketch on xy, yz, zx, a face or a datum plane.' },
      {
        name: 'p.extrude, p.revolve, p.hole, p.fillet …',
        words: 'One function for each feature; options are named like the fields of its form.',
      },
      { name: 'step.face(role), step.edge(role, role)', words: 'References by name, as the window makes them.' },
      { name: 'Ctrl+Enter', words: 'Run the script.' },
    ],
  },
  {
    id: 'export',
    title: 'Getting parts out',
    group: 'How it works',
    paragraphs: [
      'Export geometry (Ctrl+E) writes STEP, IGES and BREP with exact shapes, STL, 3MF, OBJ, PLY and glTF with triangles, and DXF of a planar face or a sketch at a scale of 1:1 in millimetres.',
      'STEP AP242 is the newest schema and the default of most systems; AP214 is read by older ones, AP203 by the oldest, without colours.',
    ],
  },
  ...SKETCH_PAGES,
];
