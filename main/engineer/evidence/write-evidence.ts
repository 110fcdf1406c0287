/** Writes what backs a design into a folder: the design itself, every study with its answer, the report, and a signature. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BodyInfo,
  type FieldQuantity,
  IDENTITY_TRANSFORM,
  type JobContext,
  type Reference,
  type RequirementResult,
  type ResultSummary,
} from '../../../preload/contract/index.ts';
import { fingerprintOf, itemsOfBody, prettyUnit, resolveReferences } from '../../document/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import { drawPicture, figure, type Physics, type StudyRequest } from '../../physics/index.ts';
import { pinReferences, sha256 } from '../../surrogates/index.ts';
import type { Brief } from '../brief/brief.ts';
import { requestOfCase, type SolvedCase } from '../candidates/judge-design.ts';
import { placesOn } from '../candidates/places.ts';
import { volumeOf } from '../candidates/readings.ts';
import type { SearchResult } from '../search/search.ts';
import { EVIDENCE_FILES, EVIDENCE_FORMAT, type Evidence, type EvidenceCase } from './evidence.ts';
import { type CasePicture, evidenceReport } from './report.ts';
import { type AskedCase, secondOpinionOf } from './second-opinion.ts';
import { type SigningKey, signFolder } from './sign.ts';

export interface EvidenceInput {
  kernel: Kernel;
  physics: Physics;
  brief: Brief;
  /** The brief as it was given. */
  briefText: string;
  result: SearchResult & { best: NonNullable<SearchResult['best']> };
  version: string;
  key: SigningKey;
  /** Prints the report; where it cannot, the folder has no PDF. */
  print?(page: Uint8Array): Promise<Uint8Array | null>;
}

/** @returns the evidence and the files that were written and signed */
export async function writeEvidence(
  folder: string,
  input: EvidenceInput,
  context: JobContext,
): Promise<{ evidence: Evidence; files: string[] }> {
  const { kernel, physics, brief, result } = input;
  const { candidate, concept, made, judgement } = result.best;
  const material = brief.materials.find(({ name }) => name === candidate.material)!;
  const files: string[] = [];
  const write = async (path: string, content: Uint8Array | string): Promise<void> => {
    await writeFile(join(folder, path), content);
    files.push(path);
  };
  await mkdir(join(folder, 'cases'), { recursive: true });
  context.progress('Writing the design', 0);
  const step = await kernel.export(
    {
      format: 'step',
      schema: 'AP242',
      parts: [
        { key: 'design', name: brief.name, bodies: made.bodies.map(({ name, brep }) => ({ name, brep: brep! })) },
      ],
      instances: [{ key: '1', parentKey: null, partKey: 'design', name: brief.name, transform: IDENTITY_TRANSFORM }],
    },
    context,
  );
  await write(EVIDENCE_FILES.step, step.bytes);
  await write(EVIDENCE_FILES.brief, input.briefText);
  await write(EVIDENCE_FILES.script, concept.source);

  const cases: EvidenceCase[] = [];
  const pictures = new Map<string, CasePicture>();
  const asked: AskedCase[] = [];
  for (const [index, solved] of judgement.cases.entries()) {
    context.progress(`Writing case ${solved.case.name}`, 0.1 + (0.3 * index) / judgement.cases.length);
    const name = `${index + 1}-${slugOf(solved.case.name)}`;
    const picture = pictureOf(solved, candidate.requirements);
    if (picture) {
      pictures.set(solved.case.name, picture);
      await write(`cases/${name}.png`, picture.png);
    }
    const deck = solved.outcome.deck && (await physics.export('inp', solved.outcome.deck, context));
    if (deck) await write(`cases/${name}.inp`, deck);
    const study = pinReferences(solved.study, made.infos, made.infos);
    cases.push(
      caseOf(solved, study, { deck: deck ? `cases/${name}.inp` : null, picture: picture ? `cases/${name}.png` : null }),
    );
    const { request } = requestOfCase(brief, concept, material, made, solved.case, { accuracy: 'default' });
    asked.push({
      name: solved.case.name,
      request: { ...request, study },
      size_mm: solved.outcome.summary.mesh.size_mm,
    });
  }
  const faces = facesAskedFor(brief, placesOn(concept.faces, made.outcomes), made.infos);
  const parts = {
    requirements: candidate.requirements,
    faces,
    leaveOut_mm: judgement.leaveOut_mm,
  };
  const secondOpinion = await secondOpinionOf(physics, asked, brief.requirements, parts, material, {
    signal: context.signal,
    progress: (stage, fraction) => context.progress(stage, 0.4 + 0.5 * (fraction ?? 0)),
  });
  const evidence: Evidence = {
    format: EVIDENCE_FORMAT,
    application: {
      name: 'Artificer',
      version: input.version,
      solver: judgement.cases[0]?.outcome.summary.solver ?? 'none',
    },
    createdAt: new Date().toISOString(),
    brief: { name: brief.name, sha256: sha256(input.briefText) },
    concept: { name: concept.name, about: concept.about, sha256: sha256(concept.source) },
    values: candidate.values,
    material,
    process: brief.process,
    mass_kg: judgement.mass_kg,
    volume_mm3: volumeOf(made.infos),
    objectives: candidate.objectives,
    cases,
    outcome: result.outcome,
    secondOpinion,
    ...parts,
  };
  await write(EVIDENCE_FILES.evidence, `${JSON.stringify(evidence, null, 2)}\n`);
  context.progress('Writing the report', 0.92);
  const report = Buffer.from(
    evidenceReport({ evidence, brief, candidates: result.candidates, pictures, key: input.key.fingerprint }),
  );
  await write(EVIDENCE_FILES.report, report);
  const pdf = input.print ? await input.print(report) : null;
  if (pdf) await write(EVIDENCE_FILES.pdf, pdf);
  await signFolder(folder, files, input.key);
  return { evidence, files: [...files, EVIDENCE_FILES.manifest, EVIDENCE_FILES.signature] };
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || 'case';

/** The faces that requirements are limited to, as picks that are found again on the exported body. */
function facesAskedFor(
  brief: Brief,
  placesOf: ReturnType<typeof placesOn>,
  infos: readonly BodyInfo[],
): Record<string, Reference[]> {
  const faces: Record<string, Reference[]> = {};
  for (const { quantity } of [...brief.requirements, ...brief.objectives]) {
    if (quantity.kind !== 'extreme' || quantity.on === undefined) continue;
    const { items } = resolveReferences(placesOf(quantity.on), infos);
    faces[quantity.on] = items.map(({ body, kind, index }) => {
      const item = itemsOfBody(infos[body]!, body, kind)[kind === 'body' ? 0 : index]!;
      return { by: 'pick', body, kind, index, fingerprint: fingerprintOf(item) };
    });
  }
  return faces;
}

function caseOf(
  { case: one, outcome: { summary } }: SolvedCase,
  study: StudyRequest['study'],
  files: EvidenceCase['files'],
): EvidenceCase {
  return {
    name: one.name,
    study: { ...study, study: study.study ?? 'static' },
    mesh: {
      nodes: summary.mesh.nodes,
      elements: summary.mesh.elements,
      size_mm: summary.mesh.size_mm,
      min_quality: summary.mesh.min_quality,
    },
    solver: summary.solver,
    discretisation_error: {
      energy_percent: summary.discretisation_error.energy_percent,
      peak_stress_percent: summary.discretisation_error.peak_stress_percent,
    },
    equilibrium_error: summary.equilibrium_error ?? null,
    reactions_N: summary.reactions_N ? [...summary.reactions_N.total] : null,
    largest: largestOf(summary),
    frequencies_Hz: (summary.modes ?? []).filter(({ rigid }) => !rigid).map(({ frequency_Hz }) => frequency_Hz),
    convergence: (summary.convergence ?? []).map(({ dof, values }) => ({ dof, values })),
    warnings: summary.warnings,
    files,
  };
}

function largestOf({ extremes }: ResultSummary): EvidenceCase['largest'] {
  return Object.fromEntries(
    (['displacement.magnitude', 'von_mises', 'temperature', 'heat_flux.magnitude'] as const).flatMap((name) => {
      const largest = extremes[name]?.max;
      return largest ? [[name, { value: largest.value, unit: largest.unit, at_mm: [...largest.at_mm] }]] : [];
    }),
  );
}

/** What a kind of study is about: stress, the first mode's shape, temperature. */
function pictureOf(
  { case: one, outcome: { fields, summary } }: SolvedCase,
  requirements: readonly RequirementResult[],
): CasePicture | null {
  const quantity: FieldQuantity =
    summary.type === 'thermal' || summary.type === 'transient-thermal'
      ? 'temperature'
      : summary.type === 'modal' || summary.type === 'buckling'
        ? 'displacement.magnitude'
        : 'von_mises';
  const words = {
    temperature: 'temperature',
    'displacement.magnitude': 'shape of the first mode',
    von_mises: 'von Mises stress on the deformed part',
  }[quantity as 'von_mises'];
  // Where stress is infinite in theory is no reason to paint the rest of the part in one colour.
  const judged = requirements.flatMap(({ text, case: of, value }) =>
    of === one.name && value !== null && /^max\(\s*von_mises\s*\)/.test(text) ? [value] : [],
  );
  const drawn = drawPicture({
    fields,
    quantity,
    width: 720,
    height: 520,
    ...(quantity === 'von_mises' && judged.length > 0 ? { most: Math.max(...judged) } : {}),
  });
  const { png, range, most, unit, deformationScale } = drawn;
  const scale =
    deformationScale > 0 && quantity === 'von_mises'
      ? `, displacements drawn ${Number(deformationScale.toPrecision(2))} times`
      : '';
  const beyond =
    most < range[1] ? `. Up to ${figure(range[1], 3)} ${prettyUnit(unit)} where it is infinite in theory` : '';
  return {
    png,
    words: `${one.name}: ${words}${scale}${beyond}`,
    // A mode's shape has no size.
    ends: quantity === 'displacement.magnitude' ? null : { low: range[0], high: most, unit },
  };
}
