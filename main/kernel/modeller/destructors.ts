/**
 * Deleting what the fast build leaves alive. Its bindings free an object only where the C++ class writes its destructor out;
 * for all others, which are most, `delete()` marks the handle and frees nothing: every point, shape and algorithm stays in
 * the heap for good, and with it all that it refers to. Here `delete()` is completed, by what each class is:
 *
 * - algorithms have a virtual destructor, which is called through the object's own table of functions;
 * - shapes and locations let go of what they refer to by their own methods, and their memory is freed;
 * - points, directions, frames and boxes own nothing, so that their memory is freed.
 *
 * All results of the bindings are copies, never references into other objects, so that nothing is freed twice.
 */
import type { TopoDS_Face, TopoDS_Shape } from 'replicad-opencascadejs';
import type { Occt } from './occt.ts';

type Deletable = { delete(): void };
type ClassOf = { prototype: Deletable };
type Free = (address: number) => void;

/** Own nothing. */
const PLAIN = [
  ...['gp_Pnt', 'gp_Dir', 'gp_Vec', 'gp_XYZ', 'gp_Ax1', 'gp_Ax2', 'gp_Ax3', 'gp_Trsf', 'gp_Pln', 'gp_Circ', 'gp_Elips'],
  ...['gp_Cylinder', 'gp_Sphere', 'gp_Pnt2d', 'gp_Dir2d', 'gp_Vec2d', 'gp_Ax2d', 'gp_Ax22d', 'Bnd_Box', 'GProp_GProps'],
];

/** Call it once, when the kernel is loaded. Without the means it leaves everything as it is. */
export function completeDestructors(oc: Occt, table: WebAssembly.Table | undefined): void {
  const free = (oc as unknown as { ___libc_free?: Free }).___libc_free;
  const addressOf = findAddresses(oc);
  if (!free || !addressOf || !table) return;
  const complete = (name: string, release: (address: number) => void, before?: (object: never) => void): void => {
    const { prototype } = (oc as unknown as Record<string, ClassOf | undefined>)[name] ?? {};
    if (!prototype) return;
    const plain = prototype.delete;
    prototype.delete = function (this: Deletable): void {
      const address = addressOf(this);
      if (address !== undefined) before?.(this as never);
      // Complains of what was deleted before.
      plain.call(this);
      if (address !== undefined) release(address);
    };
  };
  const words = (): Uint32Array => new Uint32Array(oc.wasmMemory.buffer);
  const virtually = (address: number): void => {
    const heap = words();
    // The table of functions begins with the complete destructor; the second one also frees the memory.
    const destructor = table.get(heap[heap[address >> 2]! / 4 + 1]!) as Free;
    destructor(address);
  };
  for (const name of PLAIN) complete(name, free);
  complete('BRepBuilderAPI_Command', virtually);
  complete('TopoDS_Shape', free, (shape: TopoDS_Shape) => shape.Nullify());
  complete('TopLoc_Location', free, (location: InstanceType<Occt['TopLoc_Location']>) => location.Identity());
  complete('TopExp_Explorer', free, (explorer: InstanceType<Occt['TopExp_Explorer']>) => explorer.Clear());
  const small = smallFace(oc);
  complete('BRepGProp_Face', free, (face: InstanceType<Occt['BRepGProp_Face']>) => face.Load(small));
  complete('BRepCheck_Analyzer', free, (check: InstanceType<Occt['BRepCheck_Analyzer']>) => check.Init(small, false));
  complete('BRepExtrema_DistShapeShape', free, (distance: InstanceType<Occt['BRepExtrema_DistShapeShape']>) => {
    distance.LoadS1(small);
    distance.LoadS2(small);
    distance.Perform();
  });
  for (const name of ['NCollection_Array1_gp_Pnt', 'NCollection_Array1_double', 'NCollection_Array1_int'])
    complete(name, free, (array: { Resize(low: number, high: number, keep: boolean): void }) =>
      array.Resize(1, 1, false),
    );
}

/** The bindings keep an object's address under names that their compression chose: found by an object that is known. */
function findAddresses(oc: Occt): ((object: object) => number | undefined) | undefined {
  const probe = new oc.gp_Pnt(1.25, -2.5, 5);
  const isProbe = (address: unknown): boolean => {
    if (typeof address !== 'number' || address <= 0 || address % 8 !== 0) return false;
    const numbers = new Float64Array(oc.wasmMemory.buffer);
    return [1.25, -2.5, 5].every((value, k) => numbers[address / 8 + k] === value);
  };
  for (const outer of Object.getOwnPropertyNames(probe)) {
    const handle = (probe as unknown as Record<string, Record<string, unknown>>)[outer];
    if (typeof handle !== 'object' || handle === null) continue;
    for (const [inner, value] of Object.entries(handle)) {
      if (!isProbe(value)) continue;
      return (object) => {
        const address = (object as Record<string, Record<string, unknown> | undefined>)[outer]?.[inner];
        return typeof address === 'number' && address > 0 ? address : undefined;
      };
    }
  }
  return undefined;
}

/** Something to look at instead: it stays. */
function smallFace(oc: Occt): TopoDS_Face {
  const point = new oc.gp_Pnt(0, 0, 0);
  const direction = new oc.gp_Dir(0, 0, 1);
  const plane = new oc.gp_Pln(point, direction);
  const maker = new oc.BRepBuilderAPI_MakeFace(plane, 0, 1, 0, 1);
  const face = maker.Face();
  for (const each of [maker, plane, direction, point]) each.delete();
  return face;
}
