import { expect, it } from 'vitest';
import { registerOnlyUsed } from './registration.ts';

/** A program that registers as the build does: named functions under short keys, texts and signatures in its memory. */
function program() {
  const memory = new WebAssembly.Memory({ initial: 1 });
  let free = 8;
  const put = (bytes: Uint8Array): number => {
    const address = free;
    new Uint8Array(memory.buffer).set(bytes, address);
    free += Math.ceil((bytes.length + 1) / 8) * 8;
    return address;
  };
  const registered: string[] = [];
  const textAt = (address: number): string => {
    const bytes = new Uint8Array(memory.buffer, address);
    return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
  };
  const names = new Map<number, string>();
  function __embind_register_class(...args: number[]): void {
    names.set(args[0]!, textAt(args[10]!));
    registered.push(textAt(args[10]!));
  }
  function __embind_register_class_function(type: number, name: number): void {
    registered.push(`${names.get(type)}.${textAt(name)}`);
  }
  function __embind_register_class_constructor(type: number): void {
    registered.push(`new ${names.get(type)}`);
  }
  function __embind_register_class_property(type: number, name: number): void {
    registered.push(`${names.get(type)}.${textAt(name)}`);
  }
  const imports = {
    a: {
      b: __embind_register_class,
      c: __embind_register_class_function,
      d: __embind_register_class_constructor,
      e: __embind_register_class_property,
    },
  } as unknown as { a: Record<string, (...args: number[]) => void> };
  registerOnlyUsed(imports as unknown as WebAssembly.Imports, () => memory);
  const text = (words: string): number => put(new TextEncoder().encode(`${words}\0`));
  const types = (list: number[]): number => put(new Uint8Array(Int32Array.from(list).buffer));
  return {
    registered,
    /** A class takes three types: as value, pointer and constant pointer. */
    class: (type: number, name: string, base = 0) =>
      imports.a['b']!(type, type + 1, type + 2, base, 0, 0, 0, 0, 0, 0, text(name), 0, 0),
    method: (type: number, name: string, signature: number[]) =>
      imports.a['c']!(type, text(name), signature.length, types(signature), 0, 0, 0, 0),
    make: (type: number, signature: number[]) => imports.a['d']!(type, signature.length, types(signature), 0, 0, 0),
    property: (type: number, name: string, of: number) => imports.a['e']!(type, text(name), of, 0, 0, 0, of, 0, 0, 0),
  };
}

it('registers used classes with all they have, also under the number of an overload, and no other', () => {
  const { registered, ...start } = program();
  start.class(10, 'TopoDS_Shape');
  start.method(10, 'IsNull', [4, 10]);
  start.class(20, 'gp_Trsf');
  start.class(30, 'gp_Trsf_1', 20);
  start.make(30, [30]);
  start.class(40, 'Geom_Surface');
  start.method(40, 'Continuity', [4, 40]);
  start.make(40, [40]);
  expect(registered).toEqual(['TopoDS_Shape', 'TopoDS_Shape.IsNull', 'gp_Trsf', 'gp_Trsf_1', 'new gp_Trsf_1']);
});

it('registers the ancestors of a used class, whether they come before or after it, without what they can do', () => {
  const { registered, ...start } = program();
  start.class(10, 'Standard_Root');
  start.class(20, 'Standard_Middle', 10);
  start.method(20, 'Do', [4, 20]);
  start.class(30, 'STEPControl_Reader', 20);
  start.class(40, 'IGESControl_Reader', 50);
  start.class(50, 'Standard_Late', 60);
  start.class(60, 'Standard_Latest');
  start.class(70, 'Standard_Other', 60);
  expect(registered).toEqual([
    'STEPControl_Reader',
    'Standard_Middle',
    'Standard_Root',
    'IGESControl_Reader',
    'Standard_Late',
    'Standard_Latest',
  ]);
});

it('registers what the signatures of used classes name, by value or pointer, whichever comes first', () => {
  const { registered, ...start } = program();
  start.class(10, 'Standard_Early');
  start.class(20, 'TopoDS_Shape');
  start.method(20, 'Take', [4, 20, 11, 32]);
  start.class(30, 'Standard_Late');
  start.class(40, 'Standard_Property');
  start.property(20, 'kept', 40);
  start.class(50, 'Standard_Unnamed');
  expect(registered).toEqual([
    'TopoDS_Shape',
    'Standard_Early',
    'TopoDS_Shape.Take',
    'Standard_Late',
    'Standard_Property',
    'TopoDS_Shape.kept',
  ]);
});
