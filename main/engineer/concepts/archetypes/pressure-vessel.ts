/** A vessel around a room of a given size. */
import { type Archetype, between, expectKinds, type Fit, fitting, mm, ofKind, unfit } from './archetype.ts';
import {
  areParallel,
  axisSquareTo,
  cross,
  dot,
  expectInside,
  frameOf,
  lengthOf,
  minus,
  NEAR_MM,
  negated,
  placing,
  roomAlong,
} from './frames.ts';

export const pressureVessel: Archetype = {
  key: 'pressure-vessel',
  title: 'Pressure vessel',
  about: 'A cylinder with flat heads, rounded inside, and a port through one of them if it is asked for.',
  roles: 'the room inside as a bore with a length; a narrower bore on its axis, which is the port',
  fit: fitting((interfaces, envelope): Fit => {
    expectKinds(interfaces, { bore: [1, 2] });
    const bores = ofKind(interfaces, 'bore').sort((a, b) => b.diameter_mm - a.diameter_mm);
    const [room, port] = bores as [(typeof bores)[number], (typeof bores)[number]?];
    if (room.length_mm === null) throw unfit(`the bore "${room.name}" needs a length: that of the room inside`);
    if (port) {
      const away = minus(port.at_mm, room.at_mm);
      if (!areParallel(port.axis, room.axis) || lengthOf(cross(away, room.axis)) > NEAR_MM)
        throw unfit(`the port "${port.name}" is not on the axis of the room`);
      if (port.diameter_mm > 0.4 * room.diameter_mm)
        throw unfit(`the port "${port.name}" is wider than 0.4 of the room`);
    }
    const up = port && dot(minus(port.at_mm, room.at_mm), room.axis) < 0 ? negated(room.axis) : room.axis;
    const frame = frameOf(room.at_mm, up, axisSquareTo(up));
    const [r, l] = [room.diameter_mm / 2, room.length_mm];
    if (r < 15 || r > 300 || l < 60 || l > 1500) throw unfit('the room is narrower or shorter than its script takes');
    expectInside(envelope, frame, [-r - 1, -r - 1, -l / 2 - 2], [r + 1, r + 1, l / 2 + 2]);
    const walls = Math.min(40, 0.6 * r, roomAlong(envelope, room.at_mm, frame.x) - r);
    const heads = Math.min(
      80,
      0.9 * r,
      roomAlong(envelope, room.at_mm, up) - l / 2,
      roomAlong(envelope, room.at_mm, negated(up)) - l / 2,
    );
    const corner = Math.min(250, 0.95 * (r - (port?.diameter_mm ?? 0) / 2), 0.48 * l);
    return {
      set: {
        ...placing(frame),
        bore: mm(room.diameter_mm),
        room_length: mm(l),
        port: mm(port?.diameter_mm ?? 0),
      },
      vary: {
        wall: between(Math.max(1, 0.01 * r), walls, 'the wall'),
        lower_head: between(Math.max(2, 0.02 * r), heads, 'the heads'),
        upper_head: between(Math.max(2, 0.02 * r), heads, 'the heads'),
        corner_radius: between(Math.max(2, 0.05 * r), corner, 'round corners'),
      },
      faces: {
        // Everything that the pressure acts on.
        [room.name]: ['floor', 'lowercorner', 'bore', 'uppercorner', 'ceiling'].map((id) => `face room/side(${id})`),
        ...(port ? { [port.name]: ['face port cut/side(port)'] } : {}),
      },
    };
  }),
};
