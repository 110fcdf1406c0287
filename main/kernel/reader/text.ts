/** Strings and attributes of the kernel's document as plain values. */
import type { Colour } from '../../../preload/contract/geometry.ts';
import { type Own, scoped } from '../scope.ts';
import type { Bindings, ColourTool, Enum, Label, LayerTool, Text } from './bindings.ts';

/** The kernel hands its UTF-8 over byte by byte; the characters are put together again here. */
export function textOf(oc: Bindings, own: Own, text: Text): string {
  const raw = own(new oc.TCollection_AsciiString_13(text, 0)).ToCString();
  const codes = Array.from(raw, (character) => character.codePointAt(0)!);
  if (codes.every((code) => code < 0x80) || codes.some((code) => code > 0xff)) return raw;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(codes));
  } catch {
    return raw;
  }
}

/** Empty when the label has no name. Names that the kernel makes up (`=>[0:1:1:2]`, `SOLID`) count as none. */
export function nameOf(oc: Bindings, label: Label): string {
  return scoped((own) => {
    const handle = own(new oc.Handle_TDF_Attribute_1());
    if (!label.FindAttribute_1(own(oc.TDataStd_Name.GetID()), handle) || handle.IsNull()) return '';
    const name = textOf(oc, own, own(handle.get().Get()));
    return /^=>\[[\d:]+\]$/.test(name) || KERNEL_NAMES.has(name) ? '' : name;
  });
}
const KERNEL_NAMES = new Set([
  'COMPOUND',
  'COMPSOLID',
  'SOLID',
  'SHELL',
  'FACE',
  'WIRE',
  'EDGE',
  'VERTEX',
  'SHAPE',
  'ASSEMBLY',
]);

export function entryOf(oc: Bindings, label: Label): string {
  return scoped((own) => {
    const entry = own(new oc.TCollection_AsciiString_1());
    oc.TDF_Tool.Entry(label, entry);
    return entry.ToCString();
  });
}

/** The kernel keeps colours linear; ours are sRGB. */
const toSrgb = (linear: number): number => {
  const x = Math.min(1, Math.max(0, linear));
  const s = x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055;
  return Math.round(s * 1e6) / 1e6;
};
export const toLinear = (srgb: number): number => (srgb <= 0.04045 ? srgb / 12.92 : ((srgb + 0.055) / 1.055) ** 2.4);

export function colourOf(oc: Bindings, tool: ColourTool, label: Label): Colour | undefined {
  const { XCAFDoc_ColorSurf, XCAFDoc_ColorGen, XCAFDoc_ColorCurv } = oc.XCAFDoc_ColorType;
  return scoped((own) => {
    const colour = own(new oc.Quantity_ColorRGBA_1());
    const found = [XCAFDoc_ColorSurf, XCAFDoc_ColorGen, XCAFDoc_ColorCurv].some((kind: Enum) =>
      tool.GetColor_5(label, kind, colour),
    );
    if (!found) return undefined;
    const rgb = own(colour.GetRGB());
    const result = [toSrgb(rgb.Red()), toSrgb(rgb.Green()), toSrgb(rgb.Blue())];
    const alpha = Math.min(1, Math.max(0, colour.Alpha()));
    return alpha < 1 ? [...result, Math.round(alpha * 1e6) / 1e6] : result;
  });
}

/** The first layer that the label is on. */
export function layerOf(oc: Bindings, tool: LayerTool, label: Label): string | undefined {
  return scoped((own) => {
    const layers = own(new oc.TDF_LabelSequence_1());
    if (!tool.GetLayers_2(label, layers) || layers.Length() === 0) return undefined;
    return nameOf(oc, own(layers.Value(1)));
  });
}
