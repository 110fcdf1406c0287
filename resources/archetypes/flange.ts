import { part } from 'artificer';

export default part(
  'Flange',
  {
    about:
      'A disc with bolts on a circle and a hub around its bore, with a rounded root; the disc lies on the plane of Z = 0.',
  },
  (p) => {
    const disc = p.length('disc_thickness', '12 mm', { minimum: 3, maximum: 40 });
    const hubWall = p.length('hub_wall', '6 mm', { minimum: 2, maximum: 30 });
    const hubHeight = p.length('hub_height', '40 mm', { minimum: 8, maximum: 200, note: 'With the disc' });
    const root = p.length('root_radius', '4 mm', { minimum: 1, maximum: 5 });
    const rim = p.length('rim', '3 mm', { minimum: 1, maximum: 30, note: 'Beyond the washers' });
    const bore = p.length('bore', '40 mm', { minimum: 5, maximum: 300 });
    const circle = p.length('bolt_circle', '120 mm', { minimum: 30, maximum: 500, note: 'Its diameter' });
    const bolts = p.number('bolts', 6, { minimum: 3, maximum: 24, note: 'How many' });
    const start = p.angle('bolt_start', 0, { minimum: -180, maximum: 180, note: 'Of the first bolt, from X' });
    const bolt = p.length('bolt_hole', '9 mm', { minimum: 3, maximum: 12 });
    const washer = p.length('washer', '10 mm', { minimum: 5, maximum: 15, note: 'Radius that a bolt takes' });
    // Where its own axes stand: turned about an axis through the origin, then shifted.
    const shift = ['at_x', 'at_y', 'at_z'].map((name) => p.length(name, 0, { minimum: -2000, maximum: 2000 }));
    const turn = p.angle('turned_by', 0, { minimum: -180, maximum: 180 });
    const about = ['axis_x', 'axis_y', 'axis_z'].map((name) => p.number(name, 0, { minimum: -1, maximum: 1 }));
    const direction = [about[0]!.value, about[1]!.value, about[2]!.value] as const;
    const turned = turn.value !== 0 && Math.hypot(...direction) > 0;

    const r = bore.value / 2;
    // The circle is as large as the bore, the hub and the bolts need.
    const around = Math.max(circle.value / 2, r + 2 + root.value + washer.value);
    const enough = Math.max(around, (bolts.value * (bolt.value / 2 + 1)) / Math.PI);
    const hub = Math.max(r + 2, Math.min(r + hubWall.value, enough - washer.value - root.value));
    const outer = enough + washer.value + rim.value;
    const top = Math.max(hubHeight.value, disc.value + root.value + 1);
    const section = p.sketch('section', { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] }, (s) => {
      s.outline([r, 0])
        .lineTo([outer, 0], { id: 'mating' })
        .lineTo([outer, disc.value], { id: 'rim' })
        .lineTo([hub + root.value, disc.value], { id: 'upper' })
        .arcTo([hub, disc.value + root.value], {
          centre: [hub + root.value, disc.value + root.value],
          clockwise: true,
          id: 'root',
        })
        .lineTo([hub, top], { id: 'hub' })
        .lineTo([r, top], { id: 'end' })
        .lineTo([r, 0], { id: 'bore' });
    });
    const body = p.revolve('body', section, { axis: 'z' });

    const places = p.sketch('bolt places', { plane: { plane: 'xy', offset: disc } }, (s) => {
      const count = Math.round(bolts.value);
      for (let i = 0; i < count; i++) {
        const angle = start.radians + (2 * Math.PI * i) / count;
        s.point([enough * Math.cos(angle), enough * Math.sin(angle)]);
      }
    });
    p.hole('bolt holes', places, { diameter: bolt });

    if (turned || shift.some((each) => each.value !== 0))
      p.moveBody('place', [body], {
        by: [shift[0]!, shift[1]!, shift[2]!],
        ...(turned ? { turn: { angle: turn, axis: { origin: [0, 0, 0], direction } } } : {}),
      });
  },
);
