/** What the reader hands over: the model of the port, with bodies not yet described. */
import type { Colour } from '../../../preload/contract/geometry.ts';
import type { ImportedInstance, ImportedModel } from '../port.ts';

/** Of one face of a body, by its index in `TopExp::MapShapes` order. */
export interface FaceAttributes {
  index: number;
  colour?: Colour;
  name?: string;
  layer?: string;
}
export interface ReadBody {
  name: string;
  colour?: Colour;
  layer?: string;
  /** `BinTools` bytes. */
  brep: Uint8Array;
  faces: FaceAttributes[];
}
export interface ReadPart {
  key: string;
  name: string;
  colour?: Colour;
  layer?: string;
  bodies: ReadBody[];
}
export interface ReadModel extends Omit<ImportedModel, 'parts' | 'names' | 'seconds' | 'depth'> {
  parts: ReadPart[];
  instances: ImportedInstance[];
  seconds: { read: number; transfer: number };
}
