import { part } from 'artificer';

export default part(
  'Pressure vessel',
  { about: 'A vessel along Z with flat, rounded heads, and a port through the upper one.' },
  (p) => {
    const bore = p.length('bore', '80 mm', { minimum: 30, maximum: 600, note: 'Inside diameter' });
    const room = p.length('room_length', '120 mm', { minimum: 60, maximum: 1500, note: 'Inside' });
    const wall = p.length('wall', '5 mm', { minimum: 1, maximum: 40 });
    const lower = p.length('lower_head', '10 mm', { minimum: 2, maximum: 80 });
    const upper = p.length('upper_head', '10 mm', { minimum: 2, maximum: 80 });
    const corner = p.length('corner_radius', '10 mm', {
      minimum: 2,
      maximum: 250,
      note: 'Inside, between wall and heads',
    });
    const port = p.length('port', 0, { minimum: 0, maximum: 200, note: 'Its diameter; none with nought' });
    // Where its own axes stand: turned about an axis through the origin, then shifted.
    const shift = ['at_x', 'at_y', 'at_z'].map((name) => p.length(name, 0, { minimum: -2000, maximum: 2000 }));
    const turn = p.angle('turned_by', 0, { minimum: -180, maximum: 180 });
    const about = ['axis_x', 'axis_y', 'axis_z'].map((name) => p.number(name, 0, { minimum: -1, maximum: 1 }));
    const direction = [about[0]!.value, about[1]!.value, about[2]!.value] as const;
    const turned = turn.value !== 0 && Math.hypot(...direction) > 0;

    const r = bore.value / 2;
    const [t, l] = [wall.value, room.value];
    const opening = port.value > 0 ? Math.min(port.value / 2, 0.4 * r) : 0;
    const c = Math.min(corner.value, 0.95 * (r - opening), 0.48 * l);
    const outside = Math.min(c + t, 0.49 * (l + lower.value + upper.value));
    const half = { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] } as const;
    // Outer corners follow the inner ones, at the distance of the wall; heads may be thicker than that.
    const outer = p.sketch('outside', half, (s) => {
      s.outline([0, -l / 2 - lower.value])
        .lineTo([r + t - outside, -l / 2 - lower.value], { id: 'lower' })
        .arcTo([r + t, -l / 2 - lower.value + outside], {
          centre: [r + t - outside, -l / 2 - lower.value + outside],
          id: 'lowerouter',
        })
        .lineTo([r + t, l / 2 + upper.value - outside], { id: 'outside' })
        .arcTo([r + t - outside, l / 2 + upper.value], {
          centre: [r + t - outside, l / 2 + upper.value - outside],
          id: 'upperouter',
        })
        .lineTo([0, l / 2 + upper.value], { id: 'upper' })
        .lineTo([0, -l / 2 - lower.value], { id: 'axis' });
    });
    const body = p.revolve('body', outer, { axis: 'z' });
    const inner = p.sketch('inside', half, (s) => {
      s.outline([0, -l / 2])
        .lineTo([r - c, -l / 2], { id: 'floor' })
        .arcTo([r, -l / 2 + c], { centre: [r - c, -l / 2 + c], id: 'lowercorner' })
        .lineTo([r, l / 2 - c], { id: 'bore' })
        .arcTo([r - c, l / 2], { centre: [r - c, l / 2 - c], id: 'uppercorner' })
        .lineTo([0, l / 2], { id: 'ceiling' })
        .lineTo([0, -l / 2], { id: 'middle' });
    });
    p.revolve('room', inner, { axis: 'z', operation: 'cut' });
    if (opening > 0) {
      const mouth = p.sketch('port outline', { plane: { plane: 'xy', offset: l / 2 - 1 } }, (s) => {
        s.circle([0, 0], opening, { id: 'port' });
      });
      p.extrude('port cut', mouth, { distance: upper.value + 2, operation: 'cut' });
    }

    if (turned || shift.some((each) => each.value !== 0))
      p.moveBody('place', [body], {
        by: [shift[0]!, shift[1]!, shift[2]!],
        ...(turned ? { turn: { angle: turn, axis: { origin: [0, 0, 0], direction } } } : {}),
      });
  },
);
