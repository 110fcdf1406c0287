/** Bodies of a group moved to where they stand, kept by instance: a second solve, or another load, moves nothing. */
import type { BodyInfo, JobContext, Transform, Vector3 } from '../../../preload/contract/index.ts';
import { ArtificerError } from '../../../preload/contract/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import type { EngineContext } from '../context.ts';
import { GEOMETRY_VERSION } from '../geometry-cache.ts';
import type { StudiedBody } from './studied-bodies.ts';

/** What is kept of one instance's body: bounded by the number of bodies, however often they are moved. */
interface Placed {
  from: string;
  world: Transform;
  brepHash: string;
  info: BodyInfo;
}
/** Of a body that belongs to a member, where it stands. */
type OfMember = StudiedBody & { of: NonNullable<StudiedBody['of']>; brepHash: string };

const keyOf = ({ of, body }: OfMember): string => `placed/${GEOMETRY_VERSION}/${of.instanceId}/${body}`;

export interface PlacedBrep {
  brep: Uint8Array;
  info: BodyInfo;
}

/** In the order of the bodies. */
export async function placedBreps(
  engine: EngineContext,
  session: DocumentSession,
  bodies: readonly OfMember[],
  read: (hash: string, name: string) => Promise<Uint8Array>,
  context: JobContext,
): Promise<PlacedBrep[]> {
  const cache = engine.cache(session);
  const found: (PlacedBrep | undefined)[] = await Promise.all(
    bodies.map(async (body) => {
      const known = cache.derived<Placed>(keyOf(body));
      if (known?.from !== body.brepHash || !known.world.every((each, i) => each === body.of.world[i])) return undefined;
      const brep = await cache.read(known.brepHash);
      return brep ? { brep, info: known.info } : undefined;
    }),
  );
  const missing = bodies.flatMap((body, index) => (found[index] ? [] : [{ body, index }]));
  if (missing.length > 0) {
    const requests = await Promise.all(
      missing.map(async ({ body }) => ({
        brep: await read(body.brepHash, body.name),
        transform: body.of.world,
        tessellate: false,
      })),
    );
    const placed = await engine.kernel.place(requests, context);
    for (const [at, { body, index }] of missing.entries()) {
      const { brep, info } = placed[at]!;
      assertSame(body, info);
      found[index] = { brep, info };
      const kept: Placed = {
        from: body.brepHash,
        world: body.of.world,
        brepHash: await cache.write(brep, 'brep', context.signal),
        info,
      };
      cache.putDerived(keyOf(body), kept);
    }
  }
  return bodies.map((body, index) => {
    const { brep, info } = found[index]!;
    return { brep, info: named(info, body) };
  });
}

/** What only the part's file or history knows comes from there. */
const named = (info: BodyInfo, { info: own, name }: StudiedBody): BodyInfo => ({
  ...info,
  name,
  faces: info.faces.map((face, index) => {
    const { name: called, persistentNames } = own.faces[index]!;
    return {
      ...face,
      ...(called === undefined ? {} : { name: called }),
      ...(persistentNames ? { persistentNames } : {}),
    };
  }),
});

/** Relative to the body, how far a face may be from where it has to be. */
const SAME = 1e-4;

/** Loads are put on faces by their number: the moved body has to have the same ones, in the same order. */
function assertSame({ name, info: expected }: StudiedBody, { faces, edges, vertices_mm, box }: BodyInfo): void {
  const away = (a: Vector3, b: Vector3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  const near = SAME * Math.max(away(box.min, box.max), 1e-6);
  const same =
    faces.length === expected.faces.length &&
    edges.length === expected.edges.length &&
    vertices_mm.length === expected.vertices_mm.length &&
    faces.every((face, index) => {
      const there = expected.faces[index]!;
      return face.type === there.type && away(face.centroid_mm, there.centroid_mm) <= near;
    });
  if (!same)
    throw new ArtificerError({
      code: 'geometry.placed-otherwise',
      category: 'fault',
      message: `The faces of "${name}" came out in another order when it was moved to its place.`,
      hint: 'Study the part on its own, and send the file with a report of this.',
    });
}
