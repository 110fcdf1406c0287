/** Linear statics of a foreign deck, as it was understood. */
import type { StaticModel, StaticSolution } from '../../../native/index.d.ts';
import { refuseTooLarge, runNative } from '../analyses/analysis.ts';
import { refuseStudy } from '../errors.ts';
import { straightSidedMass_kg } from '../loads/mass-properties.ts';
import { bareModel } from '../model/bare-model.ts';
import { TONNE_PER_MM3 } from '../model/material-arrays.ts';
import { packFrames, staticFrame } from '../results/fields.ts';
import { extremesOf, histogramOf } from '../results/summary.ts';
import { refuseFile } from './account.ts';
import { type DeckInput, type DeckSource, deckWarnings, packedMeshOfDeck } from './deck-input.ts';
import type { DeckModel, DeckStep } from './deck-model.ts';
import type { ForeignOutcome } from './foreign-fields.ts';

export function staticModelOf(deck: DeckModel): StaticModel {
  const { mesh } = deck;
  const held = new Map<number, number>();
  for (const { node, axis, value_mm } of deck.fixed) {
    const dof = 3 * node + axis;
    const known = held.get(dof);
    if (known !== undefined && known !== value_mm)
      throw refuseFile(
        'contradiction',
        `Node ${deck.nodeNumbers[node]} is held at ${known} mm and at ${value_mm} mm along ${'XYZ'[axis]}.`,
      );
    held.set(dof, value_mm);
  }
  const dofs = [...held.keys()].sort((a, b) => a - b);
  return {
    ...bareModel({
      nodes: mesh.nodes,
      elements: mesh.elements,
      elementMaterial: deck.elementMaterial,
      materials: Float64Array.from(
        deck.materials.flatMap(({ properties }) => [
          properties.young_MPa,
          properties.poisson,
          properties.density_kg_m3 * TONNE_PER_MM3,
          properties.thermalExpansion_1_K ?? 0,
        ]),
      ),
      elementBody: deck.elementMaterial,
      fixedDofs: Int32Array.from(dofs),
      fixedValues: Float64Array.from(dofs, (dof) => held.get(dof)!),
      forces: deck.forces,
    }),
    gravity: Float64Array.from(deck.gravity_mm_s2),
  };
}

export async function solveStaticDeck(deck: DeckModel, from: DeckSource, input: DeckInput): Promise<ForeignOutcome> {
  if (deck.fixed.length === 0) throw refuseStudy('no-restraints', 'Nothing holds the part: the deck has no *BOUNDARY.');
  const { core } = input;
  const model = staticModelOf(deck);
  const count = model.nodes.length / 3;
  refuseTooLarge(core.estimateMemory(count, model.elements.length / 10, 'auto'), {
    mesh: deck.mesh,
    task: { memoryLimit_bytes: input.memoryLimit_bytes },
  });
  const started = performance.now();
  const steps: DeckStep[] = [
    { name: deck.stepName, forces: deck.forces, gravity_mm_s2: deck.gravity_mm_s2 },
    ...deck.laterSteps,
  ];
  const solutions: StaticSolution[] = [];
  for (const [index, { forces, gravity_mm_s2 }] of steps.entries()) {
    const [begin, end] = [index, index + 1].map((k) => 0.1 + (0.85 * k) / steps.length);
    solutions.push(
      await runNative(input, begin!, end!, (options) =>
        core.solveStatic({ ...model, forces, gravity: Float64Array.from(gravity_mm_s2) }, options),
      ),
    );
  }
  const solution = solutions[0]!;
  const quality = core.meshQuality(model.nodes, model.elements);
  const total = (values: ArrayLike<number>): [number, number, number] => {
    const sum: [number, number, number] = [0, 0, 0];
    for (let i = 0; i < values.length; i++) sum[i % 3]! += values[i]!;
    return sum;
  };
  const worst = (pick: (one: StaticSolution) => number): number => Math.max(...solutions.map(pick));
  const seconds = (pick: (times: StaticSolution['seconds']) => number): number =>
    solutions.reduce((sum, one) => sum + pick(one.seconds), 0);
  const figuresOf = (one: StaticSolution, { forces }: DeckStep) => ({
    extremes: extremesOf(model.nodes, one),
    reactions_N: { total: total(one.reactions), byRestraint: [] },
    applied_N: total(forces),
    strainEnergy_N_mm: one.strainEnergy_N_mm,
  });
  return {
    fields: packFrames(
      { ...packedMeshOfDeck(deck, quality.scaledJacobian), elementError: solution.elementError },
      solutions.map((one) => staticFrame(one, null)),
      from.inputHash,
    ),
    summary: {
      type: 'static',
      inputHash: from.inputHash,
      solver: `Artificer ${core.version}, deck ${from.fileName}`,
      createdAt: Date.now(),
      mesh: {
        nodes: count,
        elements: model.elements.length / 10,
        order: 2,
        dof: solution.degreesOfFreedom,
        min_quality: quality.minimumScaledJacobian,
        size_mm: deck.mesh.size_mm,
        straightened: 0,
        histogram: histogramOf(quality.scaledJacobian),
      },
      ...figuresOf(solution, steps[0]!),
      ...(steps.length > 1
        ? {
            frames: steps.map((step, index) => ({
              name: step.name,
              kind: 'case' as const,
              id: `step-${index + 1}`,
              ...figuresOf(solutions[index]!, step),
            })),
          }
        : {}),
      relativeResidual: worst((one) => one.relativeResidual),
      iterations: solution.iterations,
      method: solution.method,
      discretisation_error: {
        energy_percent: 100 * worst((one) => one.relativeEnergyError),
        peak_stress_percent: 0,
      },
      minimumSafetyFactor: null,
      singularities: [],
      warnings: deckWarnings(deck),
      probes: [],
      mass_kg: straightSidedMass_kg(
        deck.mesh,
        deck.elementMaterial,
        deck.materials.map(({ properties }) => properties.density_kg_m3),
      ),
      seconds: {
        mesh: 0,
        assemble: seconds(({ assemble }) => assemble),
        solve: seconds(({ factorise, solve }) => factorise + solve),
        recover: seconds(({ recover }) => recover),
        total: (performance.now() - started) / 1000,
      },
    },
  };
}
