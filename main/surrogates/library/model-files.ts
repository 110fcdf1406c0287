/** The files that a model is made of, and what its card says of them. */
import type { SurrogateCard } from '../../../preload/contract/index.ts';
import { sha256 } from './sha256.ts';

export const CARD_FILE = 'card.json';
export const MODEL_FILE = 'model.onnx';
export const MESH_FILE = 'mesh.bin';

export interface ModelFiles {
  /** Without the files, which follow from their bytes. */
  card: Omit<SurrogateCard, 'files'>;
  model: Uint8Array;
  /** As {@link ReferenceMesh} says; null for a model of scalars alone. */
  mesh: Uint8Array | null;
}

/** The card with what follows from the files' bytes. */
export function cardOf({ card, model, mesh }: ModelFiles): SurrogateCard {
  const describe = (name: string, bytes: Uint8Array) => ({ name, sha256: sha256(bytes), bytes: bytes.length });
  return { ...card, files: { model: describe(MODEL_FILE, model), mesh: mesh && describe(MESH_FILE, mesh) } };
}
