/** A model as a STEP file, with its names, colours and structure. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import type { Colour } from '../../../preload/contract/geometry.ts';
import type { ExportPart, ExportRequest, ImportedInstance } from '../port.ts';
import { type Own, scoped } from '../scope.ts';
import { type Occt, readBrep } from './occt.ts';
import { isIdentity, locationOf, together } from './placement.ts';
import { mapShapes } from './topology.ts';

export interface StepExportArgument {
  schema: NonNullable<ExportRequest['schema']>;
  parts: ExportPart[];
  instances: ImportedInstance[];
}

type Label = InstanceType<Occt['TDF_Label']>;

const SCHEMAS = { AP203: 'AP203', AP214: 'AP214IS', AP242: 'AP242DIS' };
const FILE = '/model.stp';

export function exportStep(oc: Occt, { schema, parts, instances }: StepExportArgument): Uint8Array {
  return scoped((own) => {
    const document = own(new oc.TDocStd_Document(own(new oc.TCollection_ExtendedString('XmlOcaf', false))));
    const writer = own(new oc.STEPCAFControl_Writer());
    // After the first writer: the parameters exist only then.
    oc.Interface_Static.SetCVal('write.step.schema', SCHEMAS[schema]);
    oc.Interface_Static.SetCVal('write.step.unit', 'MM');
    // Names of bodies, which the kernel does not write by default.
    oc.Interface_Static.SetIVal('write.stepcaf.subshapes.name', 1);
    new Builder(oc, own, document, parts).build(instances);
    writer.SetNameMode(true);
    writer.SetColorMode(true);
    writer.SetLayerMode(true);
    const progress = own(new oc.Message_ProgressRange());
    // `Transfer` would want a prefix for the files of the parts, and even an empty one gives every part a file of its own.
    if (!writer.Perform(document, FILE, progress)) throw new Error('the document was not written');
    try {
      const title = instances.find((instance) => instance.parentKey === null)?.name ?? parts[0]?.name ?? '';
      return withHeader((oc.FS.readFile(FILE) as Uint8Array).slice(), title);
    } finally {
      oc.FS.unlink(FILE);
    }
  });
}

class Builder {
  readonly #oc: Occt;
  readonly #own: Own;
  readonly #shapes: InstanceType<Occt['XCAFDoc_ShapeTool']>;
  readonly #colours: InstanceType<Occt['XCAFDoc_ColorTool']>;
  readonly #parts: Map<string, ExportPart>;
  readonly #partLabels = new Map<string, Label>();
  readonly #assemblyLabels = new Map<string, Label>();
  readonly #children = new Map<string | null, ImportedInstance[]>();

  constructor(oc: Occt, own: Own, document: InstanceType<Occt['TDocStd_Document']>, parts: ExportPart[]) {
    this.#oc = oc;
    this.#own = own;
    const main = own(document.Main());
    this.#shapes = own(oc.XCAFDoc_DocumentTool.ShapeTool(main));
    this.#colours = own(oc.XCAFDoc_DocumentTool.ColorTool(main));
    this.#parts = new Map(parts.map((part) => [part.key, part]));
    oc.XCAFDoc_ShapeTool.SetAutoNaming(false);
  }

  build(instances: readonly ImportedInstance[]): void {
    for (const instance of instances) {
      const siblings = this.#children.get(instance.parentKey);
      if (siblings) siblings.push(instance);
      else this.#children.set(instance.parentKey, [instance]);
    }
    const roots = this.#children.get(null) ?? [];
    // A root stands in the file as a definition, which has no place of its own and is there once.
    const used = new Set(instances.filter((i) => i.parentKey !== null).map((i) => i.partKey));
    const keys = roots.map((root) => root.partKey).filter((key) => key !== null);
    const plain =
      roots.every((root) => isIdentity(root.transform)) &&
      new Set(keys).size === keys.length &&
      keys.every((key) => !used.has(key));
    if (plain) for (const root of roots) this.#definitionOf(root);
    else this.#assemble(this.#newLabel('Assembly'), roots);
    this.#shapes.UpdateAssemblies();
  }

  #newLabel(name: string): Label {
    const label = this.#own(this.#shapes.NewShape());
    this.#name(label, name);
    return label;
  }

  #name(label: Label, name: string): void {
    scoped((own) => own(this.#oc.TDataStd_Name.Set(label, own(new this.#oc.TCollection_ExtendedString(name, true)))));
  }

  #assemble(assembly: Label, members: readonly ImportedInstance[]): void {
    for (const member of members) {
      const definition = this.#definitionOf(member);
      const place = locationOf(this.#oc, this.#own, member.transform);
      const component = this.#own(this.#shapes.AddComponent(assembly, definition, place));
      this.#name(component, member.name);
      if (member.colour) this.#paint(component, member.colour, 'XCAFDoc_ColorGen');
    }
  }

  #definitionOf(instance: ImportedInstance): Label {
    if (instance.partKey !== null) return this.#partLabel(instance.partKey);
    const key = this.#signature(instance);
    const known = this.#assemblyLabels.get(key);
    if (known) return known;
    const label = this.#newLabel(instance.name);
    this.#assemblyLabels.set(key, label);
    this.#assemble(label, this.#children.get(instance.key) ?? []);
    return label;
  }

  /** Sub-assemblies of the same parts in the same places share one definition, as they did in the file they came from. */
  #signature(instance: ImportedInstance): string {
    const members = (this.#children.get(instance.key) ?? []).map((child) => [
      child.name,
      child.transform.join(),
      child.partKey ?? this.#signature(child),
    ]);
    return JSON.stringify(members);
  }

  #partLabel(key: string): Label {
    const known = this.#partLabels.get(key);
    if (known) return known;
    const part = this.#parts.get(key)!;
    const label = this.#newLabel(part.name);
    this.#partLabels.set(key, label);
    const shapes = part.bodies.map((body) => readBrep(this.#oc, this.#own, body.brep!));
    this.#shapes.SetShape(label, together(this.#oc, this.#own, shapes));
    part.bodies.forEach((body, index) => {
      const shape = shapes[index]!;
      let owner = label;
      if (shapes.length > 1) {
        owner = this.#own(this.#shapes.AddSubShape(label, shape));
        if (!owner.IsNull()) this.#name(owner, body.name);
      }
      if (owner.IsNull()) return;
      if (body.colour) this.#paint(owner, body.colour, 'XCAFDoc_ColorGen');
      if (body.faceColours?.some((colour) => colour)) this.#paintFaces(label, shape, body.faceColours);
    });
    return label;
  }

  #paintFaces(label: Label, shape: TopoDS_Shape, colours: (Colour | null)[]): void {
    scoped((own) => {
      mapShapes(this.#oc, own, shape, 'FACE').shapes.forEach((face, index) => {
        const colour = colours[index];
        if (!colour) return;
        const owner = own(this.#shapes.AddSubShape(label, face));
        if (!owner.IsNull()) this.#paint(owner, colour, 'XCAFDoc_ColorSurf');
      });
    });
  }

  #paint(label: Label, [r, g, b, alpha]: Colour, kind: 'XCAFDoc_ColorGen' | 'XCAFDoc_ColorSurf'): void {
    scoped((own) => {
      const colour = own(new this.#oc.Quantity_ColorRGBA(toLinear(r!), toLinear(g!), toLinear(b!), alpha ?? 1));
      this.#colours.SetColor(label, colour, kind);
    });
  }
}

/** The kernel keeps colours linear; ours are sRGB. */
const toLinear = (s: number): number => (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4);

/** The kernel signs files as its own; the header is for who made them. */
function withHeader(file: Uint8Array, title: string): Uint8Array {
  const head = new TextDecoder('latin1').decode(file.subarray(0, 4096));
  const statement = /FILE_NAME\([\s\S]*?\)\s*;/.exec(head);
  if (!statement) return file;
  const processor = /'(Open CASCADE STEP processor[^']*)'/.exec(statement[0])?.[1] ?? '';
  const time = new Date().toISOString().slice(0, 19);
  const written = `FILE_NAME(${stepText(title)},'${time}',(''),(''),\n  '${processor}','Artificer','');`;
  const out = new Uint8Array(file.length - statement[0].length + written.length);
  out.set(file.subarray(0, statement.index));
  out.set(new TextEncoder().encode(written), statement.index);
  out.set(file.subarray(statement.index + statement[0].length), statement.index + written.length);
  return out;
}

/** ISO 10303-21: quotes and backslashes doubled, everything beyond ASCII as UTF-16 in `\X2\...\X0\`. */
function stepText(text: string): string {
  const escaped = text.replace(/[\\']/g, '$&$&').replace(/[^ -~]+/g, (run) => {
    const units = Array.from({ length: run.length }, (_, i) =>
      run.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0'),
    );
    return `\\X2\\${units.join('')}\\X0\\`;
  });
  return `'${escaped}'`;
}
