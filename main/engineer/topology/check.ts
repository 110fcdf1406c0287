/** Whether a request makes sense, before anything is computed. What is wrong is said, and nothing is guessed. */
import { shapeError } from './errors.ts';
import { Frame } from './frame.ts';
import { distance, insidePolygon, polygonDistance } from './geometry.ts';
import { offSide, type Regions, regionsOf } from './regions.ts';
import type { Point2, ShapeRequest } from './types.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
/** Names that the script uses for itself. */
const TAKEN = ['body', 'profile'];

function positive(value: number, what: string, zero = false): void {
  if (!(Number.isFinite(value) && (zero ? value >= 0 : value > 0)))
    throw shapeError('number', `${what} must be ${zero ? 'at least' : 'more than'} 0, not ${value}.`);
}
function finite(values: readonly number[], what: string): void {
  if (!values.every(Number.isFinite)) throw shapeError('number', `${what} must be made of finite numbers.`);
}

/** @throws ArtificerError `engineer.shape-...` */
export function checkRequest(request: ShapeRequest): { frame: Frame; regions: Regions } {
  const { envelope, material, amount } = request;
  finite([...envelope.minimum, ...envelope.maximum], 'The envelope');
  if (envelope.minimum.some((low, i) => !(envelope.maximum[i]! - low > 1e-3)))
    throw shapeError('envelope', 'The envelope has no extent in one direction.');
  positive(material.young_MPa, "Young's modulus");
  positive(material.density_t_mm3, 'The density');
  if (!(material.poisson > -1 && material.poisson < 0.5))
    throw shapeError('number', `Poisson's ratio must lie between -1 and 0.5, not ${material.poisson}.`);
  positive(request.minimumMember_mm, 'The least member size');
  positive(request.toolRadius_mm, "The tool's radius");
  if ('mass_t' in amount) positive(amount.mass_t, 'The mass');
  else if (!(amount.volumeFraction > 0 && amount.volumeFraction <= 1))
    throw shapeError('number', `The volume fraction must lie between 0 and 1, not ${amount.volumeFraction}.`);
  checkNames(request);
  const frame = new Frame(request.millingDirection, envelope);
  checkProfile(envelope.profile, frame);
  const regions = regionsOf(request, frame);
  checkPlaces(request, frame, regions);
  checkCases(request);
  return { frame, regions };
}

function checkNames({ interfaces }: ShapeRequest): void {
  if (interfaces.length === 0) throw shapeError('interfaces', 'A shape needs interfaces.');
  const seen = new Set<string>();
  for (const { name } of interfaces) {
    if (!NAME.test(name))
      throw shapeError('name', `"${name}" is no name of an interface.`, 'Letters, digits, - and _, a letter first.');
    const low = name.toLowerCase();
    if (seen.has(low)) throw shapeError('name', `Two interfaces are called "${name}".`);
    if (TAKEN.includes(low)) throw shapeError('name', `"${name}" is what the part itself uses.`, 'Give another name.');
    seen.add(low);
  }
}

function checkProfile(profile: readonly Point2[] | undefined, frame: Frame): void {
  if (!profile) return;
  if (profile.length < 3) throw shapeError('envelope', "The envelope's profile needs at least three corners.");
  finite(profile.flat(), "The envelope's profile");
  const outside = ([x, y]: Point2) =>
    x < frame.low[0] - 1e-6 || x > frame.high[0] + 1e-6 || y < frame.low[1] - 1e-6 || y > frame.high[1] + 1e-6;
  if (profile.some(outside)) throw shapeError('envelope', "The envelope's profile lies partly outside of its box.");
  const edges = profile.map((a, i) => [a, profile[(i + 1) % profile.length]!] as const);
  if (edges.some(([a, b]) => distance(a, b) < 1e-3))
    throw shapeError('envelope', "The envelope's profile has a corner twice.");
  for (const [i, one] of edges.entries())
    for (const [j, other] of edges.entries())
      if (j > i + 1 && !(i === 0 && j === edges.length - 1) && crosses(one, other))
        throw shapeError('envelope', "The envelope's profile crosses itself.");
}

function crosses([a, b]: readonly [Point2, Point2], [c, d]: readonly [Point2, Point2]): boolean {
  const side = (p: Point2, q: Point2, r: Point2) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}

function checkPlaces(request: ShapeRequest, frame: Frame, { envelope, bores, faces, pads, keepOut }: Regions): void {
  for (const one of request.interfaces) {
    if (one.kind === 'face') {
      positive(one.length_mm, `The length of "${one.name}"`);
      positive(one.land_mm, `The land of "${one.name}"`);
      finite(one.centre, `The centre of "${one.name}"`);
    } else {
      positive(one.diameter_mm, `The diameter of "${one.name}"`);
      if (one.kind === 'pad') {
        positive(one.raised_mm, `The height of "${one.name}"`);
        finite(one.centre, `The centre of "${one.name}"`);
      } else {
        positive(one.land_mm, `The land of "${one.name}"`);
        if (one.centres.length === 0) throw shapeError('place', `"${one.name}" has no centre.`);
        for (const centre of one.centres) finite(centre, `The centres of "${one.name}"`);
      }
    }
  }
  for (const [index, one] of (request.keepOuts ?? []).entries())
    if (one.kind === 'circle') {
      positive(one.diameter_mm, `The diameter of keep-out ${index + 1}`);
      finite(one.centre, `The centre of keep-out ${index + 1}`);
    } else finite([...one.minimum, ...one.maximum], `Keep-out ${index + 1}`);

  const border = polygonDistance(envelope);
  for (const { of, from, to } of faces)
    if (Math.abs(border(...from)) > 1e-6 || Math.abs(border(...to)) > 1e-6) throw offSide(of);
  const discs = [
    ...bores.map(({ of, centre, radius, land }) => ({ of, centre, radius: radius + land, hole: radius })),
    ...pads.map(({ of, centre, radius }) => ({ of, centre, radius, hole: 0 })),
  ];
  for (const { of, centre, radius } of discs)
    if (border(...centre) > -radius + 1e-6)
      throw shapeError(
        'place',
        `"${of}" with its land reaches out of the envelope.`,
        'Move it, or make the land smaller.',
      );
  for (const [i, one] of discs.entries())
    for (const other of discs.slice(i + 1))
      if (one.hole > 0 && other.hole > 0 && distance(one.centre, other.centre) < one.hole + other.hole + 1e-6)
        throw shapeError('place', `Bores of "${one.of}" and "${other.of}" cut each other.`);
  for (const { of, centre, radius } of discs)
    if (keepOut(...centre) < radius - 1e-6)
      throw shapeError('keep-out', `A keep-out lies where "${of}" needs material.`, 'Move one of them.');
  for (const { of, from, to, land, edge } of faces) {
    const [a, b] = [envelope[edge]!, envelope[(edge + 1) % envelope.length]!];
    const inwards: Point2 = [-(b[1] - a[1]) / distance(a, b), (b[0] - a[0]) / distance(a, b)];
    for (let s = 0; s <= 20; s++)
      for (let t = 0; t <= 4; t++) {
        const at: Point2 = [
          from[0] + ((to[0] - from[0]) * s) / 20 + (inwards[0] * land * t) / 4,
          from[1] + ((to[1] - from[1]) * s) / 20 + (inwards[1] * land * t) / 4,
        ];
        if (keepOut(...at) < -1e-6)
          throw shapeError('keep-out', `A keep-out lies where "${of}" needs material.`, 'Move one of them.');
        if (!insidePolygon(...at, envelope) && border(...at) > 1e-6)
          throw shapeError('place', `"${of}" with its land reaches out of the envelope.`, 'Make the land smaller.');
      }
  }
  const raised = (side: 'top' | 'bottom') =>
    pads.reduce((most, pad) => (pad.side === side ? Math.max(most, pad.raised) : most), 0);
  if (raised('top') + raised('bottom') > 0.8 * frame.depth)
    throw shapeError('place', 'Pads leave too little of the depth for the rest.', 'Raise them less.');
}

function checkCases({ loadCases, interfaces }: ShapeRequest): void {
  if (loadCases.length === 0) throw shapeError('load-case', 'A shape needs at least one load case.');
  const names = new Set(interfaces.map(({ name }) => name));
  for (const { name, loads, supports, weight } of loadCases) {
    const unknown = [...loads.map(({ on }) => on), ...supports].find((each) => !names.has(each));
    if (unknown !== undefined)
      throw shapeError('load-case', `Load case "${name}" speaks of "${unknown}", which is no interface.`);
    if (supports.length === 0) throw shapeError('load-case', `Load case "${name}" holds the part nowhere.`);
    if (weight !== undefined) positive(weight, `The weight of load case "${name}"`);
    const held = loads.find(({ on }) => supports.includes(on));
    if (held) throw shapeError('load-case', `Load case "${name}" loads "${held.on}", which it holds fast.`);
    for (const { force_N = [0, 0, 0], moment_N_mm = [0, 0, 0] } of loads)
      finite([...force_N, ...moment_N_mm], `Loads of case "${name}"`);
    if (
      !loads.some(({ force_N, moment_N_mm }) => [...(force_N ?? []), ...(moment_N_mm ?? [])].some((each) => each !== 0))
    )
      throw shapeError('load-case', `Load case "${name}" has no load.`);
  }
}
