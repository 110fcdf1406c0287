/** What the inference worker is told and what it answers. */
import type { ErrorData, InferenceProvider } from '../../../preload/contract/index.ts';

export interface InferenceStart {
  /** The ONNX file, looked through already. */
  model: Uint8Array;
  input: { name: string; type: 'float' | 'double'; width: number };
  /** Tried in this order; `auto` takes what the machine offers. */
  providers: readonly InferenceProvider[] | 'auto';
  threads: number;
}

export type InferenceMessage =
  | { type: 'ready'; provider: InferenceProvider; refused: { provider: InferenceProvider; reason: string }[] }
  | { type: 'done'; id: number; outputs: Record<string, Float64Array | Float32Array> }
  | { type: 'failed'; id: number | null; error: ErrorData };

export interface RunRequest {
  type: 'run';
  id: number;
  /** Row by row. */
  values: Float64Array;
  rows: number;
  outputs: readonly string[];
}

export type InferenceRequest = RunRequest | { type: 'stop' };
