/**
 * Evidence checked from its files alone: the signature; that brief, design and claims fit each other; and every claim once more,
 * by solving the cases on the exported STEP.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type BodyInfo, type JobContext, type StudyDefinition, toErrorData } from '../../../preload/contract/index.ts';
import { resolveReferences } from '../../document/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import { materialByName, type Physics, parseStudyConditions } from '../../physics/index.ts';
import { sha256 } from '../../surrogates/index.ts';
import type { Brief } from '../brief/brief.ts';
import { studyText } from '../brief/case-study.ts';
import { readBrief } from '../brief/read-brief.ts';
import { designRules } from '../candidates/design-rules.ts';
import { MOST_ELEMENTS, massOf } from '../candidates/judge-design.ts';
import { pickedPlaces } from '../candidates/places.ts';
import { type AnsweredCase, bodyNumber, readingsOf, worstOf } from '../candidates/readings.ts';
import { refuseDesign } from '../errors.ts';
import { materialVariables } from '../requirements/material-words.ts';
import { isOfCase, limitOf, marginOf, type Requirement } from '../requirements/requirement.ts';
import { EVIDENCE_FILES, type Evidence, EvidenceSchema } from './evidence.ts';
import { secondOpinionOf } from './second-opinion.ts';
import { checkSignature } from './sign.ts';

export interface VerificationCheck {
  name: string;
  passed: boolean;
  detail: string;
  /** It fails, and the evidence itself says so: a design that does not meet its brief, told truly. */
  admitted?: true;
}

export interface EvidenceVerification {
  /** Every check passed: the evidence is true and the design meets its brief. */
  passed: boolean;
  /** Nothing contradicts the evidence, though it may say that the design does not meet its brief. */
  faithful: boolean;
  fingerprint: string | null;
  checks: VerificationCheck[];
  unsigned: string[];
  seconds: number;
}

export interface VerifyOptions {
  kernel: Kernel;
  physics: Physics;
  /** Ask Gmsh and CalculiX too, where both are installed. */
  secondOpinion?: boolean;
  /** Only whether the files are as signed and fit each other; nothing is solved. */
  claimsOnly?: boolean;
}

/** Mass by the STEP against mass as claimed; what writing and reading a file may change. */
const MASS_TOLERANCE = 1e-4;
/** Values solved again may differ by this and by both error estimates. */
const VALUE_TOLERANCE = 0.005;

/** @throws ArtificerError where the folder holds no evidence */
export async function verifyEvidence(
  folder: string,
  options: VerifyOptions,
  context: JobContext,
): Promise<EvidenceVerification> {
  const started = performance.now();
  const signature = await checkSignature(folder);
  const checks: VerificationCheck[] = [
    {
      name: 'signature',
      passed: signature.problems.length === 0,
      detail:
        signature.problems.length === 0
          ? `every file is as it was signed, with the key of fingerprint ${signature.fingerprint}`
          : signature.problems.join(' '),
    },
  ];
  const finish = (): EvidenceVerification => ({
    passed: checks.every(({ passed }) => passed),
    faithful: checks.every(({ passed, admitted }) => passed || admitted === true),
    fingerprint: signature.fingerprint,
    checks,
    unsigned: signature.unsigned,
    seconds: (performance.now() - started) / 1000,
  });
  try {
    const { evidence, brief } = await readClaims(folder);
    checks.push(...(await consistency(folder, evidence, brief)));
    if (!options.claimsOnly) checks.push(...(await solvedAgain(folder, evidence, brief, options, context)));
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    const { message, cause } = toErrorData(thrown);
    checks.push({ name: 'claims', passed: false, detail: `${message}${cause ? ` (${cause})` : ''}` });
  }
  return finish();
}

async function readClaims(folder: string): Promise<{ evidence: Evidence; brief: Brief }> {
  const text = await readFile(join(folder, EVIDENCE_FILES.evidence), 'utf8');
  const parsed = v.safeParse(EvidenceSchema, JSON.parse(text));
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw refuseDesign(
      'evidence',
      `${EVIDENCE_FILES.evidence} cannot be read at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}.`,
    );
  }
  return { evidence: parsed.output, brief: readBrief(await readFile(join(folder, EVIDENCE_FILES.brief), 'utf8')) };
}

/** That what is claimed is about this brief, this material, these loads. */
async function consistency(folder: string, evidence: Evidence, brief: Brief): Promise<VerificationCheck[]> {
  const sha = async (name: string): Promise<string> => sha256(await readFile(join(folder, name)));
  const check = (name: string, passed: boolean, good: string, bad: string): VerificationCheck => ({
    name,
    passed,
    detail: passed ? good : bad,
  });
  const claimed = new Set(evidence.requirements.map(({ text }) => text));
  const missing = brief.requirements.filter(({ text }) => !claimed.has(text)).map(({ text }) => `"${text}"`);
  const wrongLimits = brief.requirements.flatMap((requirement) => {
    const own = evidence.requirements.find(({ text }) => text === requirement.text);
    const limit = limitOf(requirement, materialVariables(evidence.material));
    return own && Math.abs(own.limit - limit) > 1e-9 * Math.max(1, Math.abs(limit)) ? [requirement.text] : [];
  });
  const allowed = brief.materials.some(({ name }) => name === evidence.material.name);
  const library = materialOrNull(evidence.material.name);
  const sameMaterial =
    library !== null && JSON.stringify(library.properties) === JSON.stringify(evidence.material.properties);
  return [
    check(
      'brief',
      (await sha(EVIDENCE_FILES.brief)) === evidence.brief.sha256,
      'the evidence is about this brief',
      'the brief is not the one that the evidence is about',
    ),
    check(
      'script',
      (await sha(EVIDENCE_FILES.script)) === evidence.concept.sha256,
      'the script is the one that made the design',
      'the script is not the one that made the design',
    ),
    check(
      'requirements',
      missing.length === 0 && wrongLimits.length === 0,
      `all ${brief.requirements.length} requirements of the brief are answered, against their bounds`,
      missing.length > 0
        ? `not answered: ${missing.join(', ')}`
        : `answered against another bound: ${wrongLimits.join(', ')}`,
    ),
    check(
      'material',
      allowed && sameMaterial,
      `${evidence.material.name}, as the library has it (${evidence.material.source})`,
      allowed
        ? `the properties of ${evidence.material.name} are not those of the library`
        : `the brief does not allow ${evidence.material.name}`,
    ),
    ...brief.cases
      .filter(({ name }) => evidence.cases.some((one) => one.name === name))
      .map(({ name }) => {
        const differs = differenceOfCase(brief, evidence, name);
        return check(`case "${name}"`, differs === null, 'restraints and loads are those of the brief', differs ?? '');
      }),
  ];
}

const materialOrNull = (name: string) => {
  try {
    return materialByName(name);
  } catch {
    return null;
  }
};

/** The claimed study against the brief's, but for where on the part things are. */
function differenceOfCase(brief: Brief, evidence: Evidence, name: string): string | null {
  const one = brief.cases.find((each) => each.name === name)!;
  const claimed = evidence.cases.find((each) => each.name === name)!;
  const { study } = parseStudyConditions(studyText(one, {}, 'faces >Z', brief));
  return JSON.stringify(withoutPlaces(study)) === JSON.stringify(withoutPlaces(claimed.study))
    ? null
    : 'the study that was solved has other restraints or loads than the brief asks for';
}

/** Keys in order, places and mesh left out. */
function withoutPlaces(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutPlaces);
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([key, value]) => !['on', 'to', 'opposite', 'mesh'].includes(key) && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, withoutPlaces(value)]),
  );
}

async function solvedAgain(
  folder: string,
  evidence: Evidence,
  brief: Brief,
  { kernel, physics, secondOpinion }: VerifyOptions,
  context: JobContext,
): Promise<VerificationCheck[]> {
  context.progress('Reading the design', 0);
  const bytes = new Uint8Array(await readFile(join(folder, EVIDENCE_FILES.step)));
  const quiet: JobContext = { signal: context.signal, progress: () => {} };
  const model = await kernel.import({ bytes, fileName: EVIDENCE_FILES.step, tessellate: false }, quiet);
  const bodies = model.parts.flatMap((part) => part.bodies).filter(({ info, brep }) => info.kind === 'solid' && brep);
  if (bodies.length === 0) throw refuseDesign('evidence', `${EVIDENCE_FILES.step} has no solid body.`);
  const infos = bodies.map(({ info }) => info);
  const brep = await kernel.brepText(
    bodies.map((body) => body.brep!),
    quiet,
  );
  const { material } = evidence;
  const mass_kg = massOf(infos, material);
  const checks: VerificationCheck[] = [
    {
      name: 'mass',
      passed: Math.abs(mass_kg - evidence.mass_kg) <= MASS_TOLERANCE * evidence.mass_kg,
      detail: `${mass_kg.toPrecision(6)} kg by the STEP, ${evidence.mass_kg.toPrecision(6)} kg claimed`,
    },
  ];
  for (const rule of await designRules(kernel, brief, context).judge({ bodies, infos }, material))
    checks.push({
      name: rule.text,
      passed: rule.holds,
      detail: rule.note ?? 'so it does, by the STEP',
      ...(!rule.holds && claimsToFail(evidence, rule.text) ? { admitted: true } : {}),
    });
  const answered: AnsweredCase[] = [];
  const requests = evidence.cases.map((one) => ({
    name: one.name,
    size_mm: one.mesh.size_mm,
    request: {
      bodies: infos.map((info, index) => ({ index, name: info.name, info, material })),
      brep,
      inputHash: '0'.repeat(64),
      study: one.study as StudyDefinition,
    },
  }));
  for (const [index, { name, request }] of requests.entries()) {
    checks.push(placesCheck(name, request.study, infos));
    const outcome = await physics.solve(
      { ...request, mostElements: MOST_ELEMENTS },
      {
        signal: context.signal,
        progress: (stage, fraction) =>
          context.progress(`${name}: ${stage}`, (index + (fraction ?? 0)) / (requests.length + 1)),
      },
    );
    answered.push({ name, type: request.study.study, outcome });
  }
  for (const requirement of brief.requirements)
    checks.push(againstClaim(requirement, evidence, answered, infos, mass_kg));
  if (secondOpinion) {
    const second = await secondOpinionOf(physics, requests, brief.requirements, evidence, material, context);
    if (second.unavailable !== null) checks.push({ name: 'second opinion', passed: true, detail: second.unavailable });
    for (const { text, value, unit, holds, margin } of second.requirements)
      checks.push({
        name: `${text} by ${second.solver.split('\n')[0]} on a mesh of Gmsh`,
        passed: holds !== false,
        detail:
          value === null
            ? 'not asked'
            : `${value.toPrecision(4)} ${unit}, margin ${(100 * (margin ?? 0)).toFixed(1)} %`,
        ...(holds === false && claimsToFail(evidence, text) ? { admitted: true } : {}),
      });
  }
  return checks;
}

const claimsToFail = (evidence: Evidence, text: string): boolean =>
  evidence.requirements.some((claim) => claim.text === text && !claim.holds);

/** Faces that loads and restraints are on are still those that the evidence means. */
function placesCheck(name: string, study: StudyDefinition, infos: readonly BodyInfo[]): VerificationCheck {
  const lost: string[] = [];
  for (const one of [...study.restraints, ...study.loads]) {
    if (!('on' in one) || one.on.length === 0) continue;
    const { error } = resolveReferences(one.on, infos);
    if (error) lost.push(`${one.name}: ${error.message}`);
  }
  return {
    name: `places of "${name}"`,
    passed: lost.length === 0,
    detail: lost.length === 0 ? 'all faces are found on the exported body' : lost.join(' '),
  };
}

function againstClaim(
  requirement: Requirement,
  evidence: Evidence,
  cases: readonly AnsweredCase[],
  infos: readonly BodyInfo[],
  mass_kg: number,
): VerificationCheck {
  const claim = evidence.requirements.find(({ text }) => text === requirement.text);
  const limit = limitOf(requirement, materialVariables(evidence.material));
  const failed = (detail: string): VerificationCheck => ({ name: requirement.text, passed: false, detail });
  if (!claim) return failed('the evidence does not answer it');
  const { quantity } = requirement;
  if (quantity.kind === 'cost')
    return {
      name: requirement.text,
      passed: claim.holds,
      detail: 'a cost is not solved for; as claimed',
      ...(claim.holds ? {} : { admitted: true }),
    };
  const found = isOfCase(quantity)
    ? worstOf(
        readingsOf(requirement, cases, infos, pickedPlaces(evidence.faces), evidence.leaveOut_mm).filter(
          (one) => one !== null,
        ),
        requirement.comparison === '<=',
      )
    : bodyNumber(quantity, infos, { mass_kg, cost: null });
  if (!found) return failed('it cannot be read from the cases');
  const margin = marginOf(requirement, found.value, limit);
  const words = `${found.value.toPrecision(5)} ${found.unit}, margin ${(100 * margin).toFixed(1)} %; claimed ${claim.value?.toPrecision(5) ?? 'nothing'}`;
  const allowed = VALUE_TOLERANCE + ((claim.error_percent ?? 0) + (found.error_percent ?? 0)) / 100;
  const off =
    claim.value === null
      ? Number.POSITIVE_INFINITY
      : Math.abs(found.value - claim.value) / Math.max(Math.abs(claim.value), 1e-12);
  if (off > allowed) return failed(`${words}: further off than both error estimates allow`);
  if (margin >= 0 !== claim.holds)
    return failed(`${words}: claimed to ${claim.holds ? 'hold' : 'fail'}, which it does not`);
  return margin >= 0
    ? { name: requirement.text, passed: true, detail: words }
    : {
        name: requirement.text,
        passed: false,
        admitted: true,
        detail: `${words}: does not hold, as the evidence says`,
      };
}
