/** Instances of a lexed file by number, parsed when first asked for. */
import type { Lexed } from './lexer.ts';
import { isReference, parseInstance, type StepInstance, type StepRecord, type StepValue } from './parse.ts';
import type { RawEncoding } from './strings.ts';

export class StepLookup {
  private readonly cache = new Map<number, StepInstance | undefined>();
  private readonly bytes: Uint8Array;
  private readonly lexed: Lexed;
  private readonly encoding: RawEncoding;
  constructor(bytes: Uint8Array, lexed: Lexed, encoding: RawEncoding) {
    this.bytes = bytes;
    this.lexed = lexed;
    this.encoding = encoding;
  }

  byId(id: number): StepInstance | undefined {
    if (this.cache.has(id)) return this.cache.get(id);
    const place = this.lexed.offsetOf(id);
    const instance = place > 0 ? parseInstance(this.bytes, place - 1, this.encoding) : undefined;
    if (this.cache.size > 200_000) this.cache.clear();
    this.cache.set(id, instance);
    return instance;
  }

  at(offset: number): StepInstance | undefined {
    return parseInstance(this.bytes, offset, this.encoding);
  }

  follow(value: StepValue | undefined): StepInstance | undefined {
    return isReference(value) ? this.byId(value.ref) : undefined;
  }

  /** Instances of a keyword that was asked for when the file was lexed, in file order. */
  of(keyword: string, limit = Number.POSITIVE_INFINITY): StepInstance[] {
    const offsets = this.lexed.keywords.get(keyword)?.offsets ?? [];
    const found: StepInstance[] = [];
    for (const offset of offsets.slice(0, Math.min(offsets.length, limit))) {
      const instance = this.at(offset);
      if (instance) found.push(instance);
    }
    return found;
  }
}

export const record = (instance: StepInstance | undefined, keyword: string): StepRecord | undefined =>
  instance?.records.find((r) => r.keyword === keyword);
