import { part } from 'artificer';

export default part(
  'Turbine disc sector',
  {
    about:
      'One sector of a turbine disc, from hub to rim, with the dovetail slot of its blade: a model for cyclic symmetry.',
  },
  (p) => {
    const blades = p.number('blades', 40, { minimum: 30, maximum: 48, note: 'In the whole disc: sets the angle' });
    const bore = p.length('bore_radius', '40 mm', { minimum: '30 mm', maximum: '50 mm' });
    const rim = p.length('rim_radius', '160 mm', { minimum: '140 mm', maximum: '200 mm' });
    const hub = p.length('hub_width', '50 mm', { minimum: '44 mm', maximum: '70 mm' });
    const web = p.length('web_width', '12 mm', { minimum: '8 mm', maximum: '18 mm' });
    const rimWidth = p.length('rim_width', '34 mm', { minimum: '28 mm', maximum: '42 mm' });
    const slot = p.length('slot_depth', '13 mm', {
      minimum: '8 mm',
      maximum: '16 mm',
      note: 'For the foot of the blade',
    });
    const blend = p.length('blend', '6 mm', { minimum: '3 mm', maximum: '7 mm', note: 'From the web to hub and rim' });
    p.material('Inconel 718 aged');

    const [r0, r1] = [bore.value, rim.value];
    // Half of the section, mirrored: radius along X, width along Z. Hub and rim run out into the web by arcs.
    const section = p.sketch('section', { origin: [0, 0, 0], normal: [0, -1, 0], x: [1, 0, 0] }, (s) => {
      const [zh, zw, zr, f] = [hub.value / 2, web.value / 2, rimWidth.value / 2, blend.value];
      const [hubEnd, rimStart] = [r0 + 22, r1 - 26];
      s.outline([r0, -zh])
        .lineTo([hubEnd, -zh])
        .lineTo([hubEnd, -zw - f])
        .arcTo([hubEnd + f, -zw], { centre: [hubEnd + f, -zw - f], clockwise: true })
        .lineTo([rimStart - f, -zw])
        .arcTo([rimStart, -zw - f], { centre: [rimStart - f, -zw - f], clockwise: true })
        .lineTo([rimStart, -zr])
        .lineTo([r1, -zr])
        .lineTo([r1, zr])
        .lineTo([rimStart, zr])
        .lineTo([rimStart, zw + f])
        .arcTo([rimStart - f, zw], { centre: [rimStart - f, zw + f], clockwise: true })
        .lineTo([hubEnd + f, zw])
        .arcTo([hubEnd, zw + f], { centre: [hubEnd + f, zw + f], clockwise: true })
        .lineTo([hubEnd, zh])
        .lineTo([r0, zh])
        .close();
    });
    p.revolve('sector', section, { axis: 'z', angle: `360 deg / ${blades}`, symmetric: true });

    const dovetail = p.sketch('dovetail', 'xy', (s) => {
      const pitch = (2 * Math.PI * (r1 - slot.value)) / blades.value;
      const [neck, foot, bottom] = [0.26 * pitch, 0.46 * pitch, r1 - slot.value];
      const waist = bottom + slot.value * 0.55;
      s.polyline(
        [
          [r1 + 2, -neck / 2],
          [r1 + 2, neck / 2],
          [waist, neck / 2],
          [bottom + 2, foot / 2],
          [bottom, foot / 2],
          [bottom, -foot / 2],
          [bottom + 2, -foot / 2],
          [waist, -neck / 2],
        ],
        { closed: true },
      );
    });
    p.extrude('blade slot', dovetail, { distance: rimWidth.times(2), direction: 'symmetric', operation: 'cut' });
  },
);
