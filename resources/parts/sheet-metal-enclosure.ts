import { part } from 'artificer';

export default part(
  'Sheet-metal enclosure',
  {
    about:
      'A tray bent from one sheet: four walls, lips to screw a lid to, vents in the floor, and a cut-out for a plug.',
  },
  (p) => {
    const width = p.length('width', '160 mm', { minimum: '110 mm', maximum: '240 mm' });
    const depth = p.length('depth', '110 mm', { minimum: '80 mm', maximum: '180 mm' });
    const height = p.length('height', '45 mm', { minimum: '30 mm', maximum: '80 mm', note: 'Of the walls' });
    const sheet = p.length('sheet', '1.5 mm', { minimum: '0.8 mm', maximum: '2.5 mm', note: 'Its thickness' });
    const bend = p.length('bend_radius', '2 mm', { minimum: '1 mm', maximum: '3 mm', note: 'Inside' });
    const lip = p.length('lip', '16 mm', { minimum: '14 mm', maximum: '20 mm', note: 'Width of the lips' });
    const vents = p.number('vents', 6, { minimum: 3, maximum: 8, note: 'How many slots' });
    p.material('Steel DC01');

    const [w, d] = [width.value, depth.value];
    const plan = p.sketch('floor outline', 'xy', (s) => {
      // Notches at the corners, so that the bends of two walls do not meet.
      const [x, y, notch] = [w / 2, d / 2, bend.value + 1];
      s.polyline(
        [
          [-x + notch, -y],
          [x - notch, -y],
          [x - notch, -y + notch],
          [x, -y + notch],
          [x, y - notch],
          [x - notch, y - notch],
          [x - notch, y],
          [-x + notch, y],
          [-x + notch, y - notch],
          [-x, y - notch],
          [-x, -y + notch],
          [-x + notch, -y + notch],
        ],
        { closed: true },
      );
    });
    const floor = p.sheetBase('floor', plan, { thickness: sheet, bendRadius: bend, kFactor: 0.42 });
    const sides = ['side(line1)', 'side(line4)', 'side(line7)', 'side(line10)'];
    const walls = p.edgeFlange('walls', floor.edges(sides, 'end'), { height });
    // Walls are called by the side of the floor that they stand on.
    const rims = ['line4', 'line10'].map((line) => {
      const side = floor.side(line).name;
      return walls.edge(`tip(${side})`, `inner(${side})`);
    });
    p.edgeFlange('lips', rims, { height: lip });

    p.group('Openings', () => {
      const slot = p.sketch('vent', { plane: { plane: 'xy', offset: sheet } }, (s) => {
        const x = -w * 0.3;
        s.slot([x, -d * 0.25], [x, d * 0.25], 6);
      });
      const cut = p.extrude('vent slot', slot, { distance: sheet.times(4), direction: 'symmetric', operation: 'cut' });
      p.linearPattern('vent slots', {
        features: [cut],
        direction: 'x',
        spacing: `${width} * 0.6 / (${vents} - 1)`,
        count: vents,
      });
      const plug = p.sketch('plug', { origin: [0, -d / 2, 0], normal: [0, -1, 0], x: [1, 0, 0] }, (s) => {
        s.centredRectangle([0, height.value * 0.55], [28, 12], { round: 2 });
      });
      p.extrude('plug opening', plug, { distance: 12, direction: 'symmetric', operation: 'cut' });
      const screws = p.sketch(
        'screw places',
        { plane: { plane: 'xy', offset: `${height} + ${bend} + ${sheet}` } },
        (s) => {
          const flat = lip.value - bend.value - sheet.value;
          for (const x of [-1, 1]) for (const y of [-1, 1]) s.point([x * (w / 2 - flat / 2), y * d * 0.36]);
        },
      );
      p.hole('screw holes', screws, { diameter: 3.4, depth: sheet.times(2) });
    });
  },
);
