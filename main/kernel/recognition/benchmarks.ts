/** Recognition against parts of which a person counted the holes, fillets and chamfers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BodyInfo } from '../../../preload/contract/geometry.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import type { RecognisedFeature } from '../../../preload/contract/parts.ts';
import type { Kernel } from '../port.ts';
import { recogniseFeatures } from './index.ts';

type Counted<Kind extends RecognisedFeature['kind']> = Omit<
  Extract<RecognisedFeature, { kind: Kind }>,
  'kind' | 'faces' | 'words' | 'axis' | 'pattern' | 'angle_rad'
> & { count: number };

/** One file of `truth/`: what a person counted, and how. */
export interface CountedPart {
  /** Below the corpus. */
  file: string;
  /** Its name in the file, as the import gives it. */
  part: string;
  counted: string;
  holes: Counted<'hole'>[];
  fillets: Counted<'fillet'>[];
  chamfers: (Counted<'chamfer'> & { angle_deg: number })[];
}

export interface RecognitionScore {
  name: string;
  expected: number;
  found: number;
  /** In words: what was counted but not found, and what was found but not counted. */
  missed: string[];
  invented: string[];
  /** Of what was found, over all sizes. */
  largestError_mm: number;
  seconds: number;
}

/** A size that is further off is another feature. */
const SAME_mm = 0.02;

export const countedParts = (): { name: string; truth: CountedPart }[] => {
  const folder = join(import.meta.dirname, 'truth');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -5),
      truth: JSON.parse(readFileSync(join(folder, file), 'utf8')) as CountedPart,
    }));
};

interface Sized {
  kind: string;
  words: string;
  sizes: number[];
}

/** What must be alike in kind, and the sizes that are compared. */
function sized(feature: RecognisedFeature): Sized | undefined {
  switch (feature.kind) {
    case 'hole': {
      const { type, through, diameters_mm, depth_mm, words } = feature;
      return { kind: `${type} hole ${through ? 'through' : 'blind'}`, words, sizes: [...diameters_mm, depth_mm] };
    }
    case 'fillet':
      return { kind: feature.concave ? 'inner fillet' : 'fillet', words: feature.words, sizes: [feature.radius_mm] };
    case 'chamfer':
      // The angle as an arc of a millimetre's radius.
      return { kind: 'chamfer', words: feature.words, sizes: [feature.distance_mm, feature.angle_rad] };
    default:
      return undefined;
  }
}

const repeated = <T extends { count: number }>(list: readonly T[], make: (item: T) => Sized): Sized[] =>
  list.flatMap((item) => Array.from({ length: item.count }, () => make(item)));

const expectedOf = ({ holes, fillets, chamfers }: CountedPart): Sized[] => [
  ...repeated(holes, ({ type, through, diameters_mm, depth_mm }) => ({
    kind: `${type} hole ${through ? 'through' : 'blind'}`,
    words: `${type} hole ${diameters_mm.join('/')} mm, ${depth_mm} mm deep`,
    sizes: [...diameters_mm, depth_mm],
  })),
  ...repeated(fillets, ({ radius_mm, concave }) => ({
    kind: concave ? 'inner fillet' : 'fillet',
    words: `${concave ? 'inner fillet' : 'fillet'} ${radius_mm} mm`,
    sizes: [radius_mm],
  })),
  ...repeated(chamfers, ({ distance_mm, angle_deg }) => ({
    kind: 'chamfer',
    words: `chamfer ${distance_mm} mm`,
    sizes: [distance_mm, (angle_deg * Math.PI) / 180],
  })),
];

export function scoreOf(name: string, truth: CountedPart, info: BodyInfo): RecognitionScore {
  const { features, seconds } = recogniseFeatures(info, 0);
  const waiting = features.flatMap((feature) => sized(feature) ?? []);
  const expected = expectedOf(truth);
  const missed: string[] = [];
  let largestError_mm = 0;
  for (const each of expected) {
    const off = (candidate: Sized): number =>
      candidate.kind === each.kind && candidate.sizes.length === each.sizes.length
        ? Math.max(...each.sizes.map((value, i) => Math.abs(value - candidate.sizes[i]!)))
        : Number.POSITIVE_INFINITY;
    const nearest = waiting.toSorted((a, b) => off(a) - off(b))[0];
    if (!nearest || !(off(nearest) < SAME_mm)) {
      missed.push(each.words);
      continue;
    }
    largestError_mm = Math.max(largestError_mm, off(nearest));
    waiting.splice(waiting.indexOf(nearest), 1);
  }
  const invented = waiting.map(({ words }) => words);
  return {
    name,
    expected: expected.length,
    found: expected.length - missed.length,
    missed,
    invented,
    largestError_mm,
    seconds,
  };
}

/** Every counted part whose file is at hand; each file is read once. */
export async function measureRecognition(
  kernel: Kernel,
  read: (file: string) => Promise<Uint8Array | null>,
  signal?: AbortSignal,
): Promise<{ scores: RecognitionScore[]; absent: string[] }> {
  const scores: RecognitionScore[] = [];
  const absent: string[] = [];
  const byFile = new Map<string, ReturnType<typeof countedParts>>();
  for (const part of countedParts()) byFile.set(part.truth.file, [...(byFile.get(part.truth.file) ?? []), part]);
  for (const [file, parts] of byFile) {
    const bytes = await read(file);
    if (!bytes) {
      absent.push(...parts.map(({ name }) => name));
      continue;
    }
    const model = await kernel.import(
      { bytes, fileName: file.split('/').at(-1)!, tessellate: false },
      silentContext(signal),
    );
    for (const { name, truth } of parts) {
      const body = model.parts.find((part) => part.name === truth.part)?.bodies[0];
      if (!body) throw new Error(`${file} has no part called ${truth.part}`);
      scores.push(scoreOf(name, truth, body.info));
    }
  }
  return { scores, absent };
}
