/** The kernel's document as parts and a tree of instances. */
import type { Colour, Transform } from '../../../preload/contract/geometry.ts';
import { IDENTITY_TRANSFORM } from '../../../preload/contract/geometry.ts';
import { refused } from '../errors.ts';
import { MAX_TREE_DEPTH, MAX_TREE_NODES } from '../limits.ts';
import type { ImportedInstance } from '../port.ts';
import { type Own, scoped } from '../scope.ts';
import type { Report } from '../workers/protocol.ts';
import type { Bindings, ColourTool, Document, Label, LayerTool, Shape } from './bindings.ts';
import { bytesOf, type RawBody, takeApart } from './bodies.ts';
import { heal } from './healing.ts';
import type { FaceAttributes, ReadBody, ReadPart } from './model.ts';
import { colourOf, entryOf, layerOf, nameOf } from './text.ts';

export interface Structure {
  parts: ReadPart[];
  instances: ImportedInstance[];
  /** Placements that also scale or mirror: the tree holds them as they are, but few tools can. */
  scaled: number;
}

interface Context {
  oc: Bindings;
  colours: ColourTool;
  layers: LayerTool;
  restoreName(name: string): string;
  /** Sentences about repairs are added here; absent when no healing was asked for. */
  healing: string[] | undefined;
  report: Report;
}

export function structureOf(
  oc: Bindings,
  document: Document,
  options: Pick<Context, 'restoreName' | 'healing' | 'report'>,
): Structure {
  return scoped((own) => {
    const main = own(document.Main());
    const shapes = own(oc.XCAFDoc_DocumentTool.ShapeTool(main)).get();
    const context: Context = {
      oc,
      colours: own(oc.XCAFDoc_DocumentTool.ColorTool(main)).get(),
      layers: own(oc.XCAFDoc_DocumentTool.LayerTool(main)).get(),
      ...options,
    };
    const roots = own(new oc.TDF_LabelSequence_1());
    shapes.GetFreeShapes(roots);
    const structure: Structure = { parts: [], instances: [], scaled: 0 };
    const walk = new Walk(context, structure);
    for (let i = 1; i <= roots.Length(); i++) walk.visit(own(roots.Value(i)), `${i}`, null, 0);
    return structure;
  });
}

class Walk {
  readonly #context: Context;
  readonly #structure: Structure;
  readonly #parts = new Map<string, ReadPart | null>();

  constructor(context: Context, structure: Structure) {
    this.#context = context;
    this.#structure = structure;
  }

  visit(label: Label, key: string, parentKey: string | null, depth: number): void {
    const { oc } = this.#context;
    if (this.#structure.instances.length >= MAX_TREE_NODES)
      throw refused(
        'import.too-many-instances',
        `The assembly has more than ${MAX_TREE_NODES.toLocaleString('en')} nodes.`,
        'Export the sub-assemblies one by one.',
      );
    if (depth > MAX_TREE_DEPTH)
      throw refused('import.too-deep', `The assembly is more than ${MAX_TREE_DEPTH} levels deep.`);
    scoped((own) => {
      const isReference = oc.XCAFDoc_ShapeTool.IsReference(label);
      let definition = label;
      if (isReference) {
        definition = own(new oc.TDF_Label());
        oc.XCAFDoc_ShapeTool.GetReferredShape(label, definition);
      }
      const isAssembly = oc.XCAFDoc_ShapeTool.IsAssembly(definition);
      const part = isAssembly ? null : this.#partOf(definition);
      if (!isAssembly && !part) return;
      const ownName = this.#nameOf(label);
      const instance: ImportedInstance = {
        key,
        parentKey,
        partKey: part?.key ?? null,
        name: ownName || (part?.name ?? this.#nameOf(definition)) || (isAssembly ? 'Assembly' : 'Part'),
        transform: isReference ? this.#transformOf(label) : IDENTITY_TRANSFORM,
      };
      const colour: Colour | undefined =
        isReference || isAssembly
          ? (colourOf(oc, this.#context.colours, label) ??
            (isAssembly ? colourOf(oc, this.#context.colours, definition) : undefined))
          : undefined;
      if (colour) instance.colour = colour;
      this.#structure.instances.push(instance);
      if (!isAssembly) return;
      const components = own(new oc.TDF_LabelSequence_1());
      oc.XCAFDoc_ShapeTool.GetComponents(definition, components, false);
      for (let i = 1; i <= components.Length(); i++)
        this.visit(own(components.Value(i)), `${key}/${i}`, key, depth + 1);
    });
  }

  #nameOf(label: Label): string {
    return this.#context.restoreName(nameOf(this.#context.oc, label)).trim();
  }

  #transformOf(label: Label): Transform {
    return scoped((own) => {
      const transformation = own(own(this.#context.oc.XCAFDoc_ShapeTool.GetLocation(label)).Transformation());
      if (Math.abs(transformation.ScaleFactor() - 1) > 1e-9) this.#structure.scaled++;
      const values: number[] = [];
      for (let row = 1; row <= 3; row++)
        for (let column = 1; column <= 4; column++) values.push(transformation.Value(row, column));
      return values;
    });
  }

  /** Null for a part without any shape. */
  #partOf(label: Label): ReadPart | null {
    const { oc, colours, layers } = this.#context;
    const key = entryOf(oc, label);
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    const part = scoped((own): ReadPart | null => {
      const name = this.#nameOf(label);
      const shape = own(oc.XCAFDoc_ShapeTool.GetShape_2(label));
      if (shape.IsNull()) return null;
      const parts = own(new oc.TDF_LabelSequence_1());
      oc.XCAFDoc_ShapeTool.GetSubShapes(label, parts);
      const named = this.#attributesOf(own, parts);
      const raw = takeApart(oc, own, shape);
      if (raw.length === 0) return null;
      const bodies = raw.map((body, index) => this.#bodyOf(own, body, index, raw.length, name, named));
      const result: ReadPart = { key, name: name || `Part ${this.#structure.parts.length + 1}`, bodies };
      const colour = colourOf(oc, colours, label);
      if (colour) result.colour = colour;
      const layer = layerOf(oc, layers, label);
      if (layer !== undefined) result.layer = this.#context.restoreName(layer);
      return result;
    });
    this.#parts.set(key, part);
    if (part) this.#structure.parts.push(part);
    return part;
  }

  #attributesOf(own: Own, labels: { Length(): number; Value(index: number): Label }): Named[] {
    const { oc, colours, layers, restoreName } = this.#context;
    const result: Named[] = [];
    for (let i = 1; i <= labels.Length(); i++) {
      const label = own(labels.Value(i));
      const named: Named = { shape: own(oc.XCAFDoc_ShapeTool.GetShape_2(label)), attributes: {} };
      const colour = colourOf(oc, colours, label);
      if (colour) named.attributes.colour = colour;
      const name = this.#nameOf(label);
      if (name) named.attributes.name = name;
      const layer = layerOf(oc, layers, label);
      if (layer !== undefined) named.attributes.layer = restoreName(layer);
      if (Object.keys(named.attributes).length > 0) result.push(named);
    }
    return result;
  }

  #bodyOf(own: Own, raw: RawBody, index: number, of: number, partName: string, named: Named[]): ReadBody {
    const { oc, healing } = this.#context;
    const name = of === 1 ? partName || 'Body' : `${partName || 'Body'} ${index + 1}`;
    if (healing) this.#context.report('Healing');
    const healed = healing ? heal(oc, own, raw, name, healing) : undefined;
    const body: ReadBody = { name, brep: bytesOf(oc, healed?.body.shape ?? raw.shape), faces: [] };
    const faces = new Map<number, FaceAttributes>();
    for (const { shape, attributes } of named) {
      if (shape.IsSame(raw.shape)) Object.assign(body, attributes);
      const before = raw.faces.FindIndex(shape) - 1;
      const face = before >= 0 && healed ? healed.faceIndex(shape) : before;
      if (face >= 0) faces.set(face, { ...faces.get(face), index: face, ...attributes });
      else if (isShellOf(oc, own, shape, raw) && attributes.colour) body.colour ??= attributes.colour;
    }
    body.faces = [...faces.values()].sort((a, b) => a.index - b.index);
    return body;
  }
}

interface Named {
  shape: Shape;
  attributes: { colour?: Colour; name?: string; layer?: string };
}

/** Some systems colour the shell inside a solid instead of the solid. */
function isShellOf(oc: Bindings, own: Own, shape: Shape, body: RawBody): boolean {
  const { TopAbs_SHELL, TopAbs_SOLID, TopAbs_SHAPE } = oc.TopAbs_ShapeEnum;
  if (shape.ShapeType().value !== TopAbs_SHELL.value || body.shape.ShapeType().value !== TopAbs_SOLID.value)
    return false;
  const explorer = own(new oc.TopExp_Explorer_2(body.shape, TopAbs_SHELL, TopAbs_SHAPE));
  for (; explorer.More(); explorer.Next()) if (own(explorer.Current()).IsSame(shape)) return true;
  return false;
}
