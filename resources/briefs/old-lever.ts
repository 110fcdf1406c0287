import { part } from 'artificer';

export default part(
  'Old lever',
  {
    about:
      'A lever that came as STEP from another program, without a history: its upper face and its window may be moved.',
  },
  (p) => {
    const off = p.length('taken_off', 0, { minimum: 0, maximum: 9, note: 'Of the thickness of 14 mm' });
    const window = p.length('window', '14 mm', {
      minimum: 10,
      maximum: 30,
      note: 'Diameter of the hole in the middle',
    });
    p.import('lever', { source: 'source_lever01', key: 'part:1' });
    p.resizeHole('window', 'faces near (65, 7, 7)', { diameters: [window] });
    if (off.value > 0) p.offsetFace('upper face', 'faces >Z', { distance: off.negated() });
  },
);
