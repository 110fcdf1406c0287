/**
 * A study as a CalculiX input deck (also read by Abaqus, but for its way with springs): C3D10 elements, consistent nodal
 * forces, restraints in node frames by *TRANSFORM, elastic supports as SPRING1 and SPRING2 that add up to the same stiffness.
 * Source: G. Dhondt, CalculiX CrunchiX User's Manual version 2.20. Units: mm, N, MPa, tonne, s, K.
 */
import type { NonlinearModel, StaticModel } from '../../../native/index.d.ts';
import { requireCore } from '../native-core.ts';
import { exportHeatCalculix } from './calculix-heat.ts';
import { referenceTemperature, writeMaterial } from './calculix-materials.ts';
import { ascii, real, setName } from './calculix-words.ts';
import { type CaseLoads, type DeckMeta, unpackDeck } from './deck.ts';
import { unpackHeatDeck } from './heat-deck.ts';
import { TextWriter } from './text.ts';

/** @param deckBundle what {@link packDeck} wrote */
export function exportCalculix(deckBundle: Uint8Array): Uint8Array<ArrayBuffer> {
  const heat = unpackHeatDeck(deckBundle);
  if (heat) return exportHeatCalculix(heat);
  const { model: first, meta, cases } = unpackDeck(deckBundle);
  const heated = [first, ...cases].some(({ temperatureChange }) => temperatureChange !== null);
  // Where any case is warm, materials expand and every step says its temperatures.
  const cold = heated ? new Float64Array(first.nodes.length / 3) : null;
  const model = { ...first, temperatureChange: first.temperatureChange ?? cold };
  const writer = new TextWriter();
  writer.line('*HEADING');
  writer.line(ascii(meta.title));
  writer.line(`** Artificer model ${meta.inputHash}; mm, N, MPa, tonne, s, K`);
  writeNodes(writer, model);
  writeElements(writer, model, meta);
  writeMaterials(writer, model, meta);
  writeTransforms(writer, model);
  writeSprings(writer, model);
  writeEquations(writer, model);
  if (heated || model.tableMaterial?.length) {
    writer.line('*INITIAL CONDITIONS, TYPE=TEMPERATURE');
    writer.line(`NALL, ${real(referenceTemperature(model))}`);
  }
  const { step } = meta;
  if (step?.kind === 'modal' && !step.prestressed) {
    writeFrequencyStep(writer, model, step.modes, false);
    return writer.bytes();
  }
  if (cases.length > 0) writer.line(`** case: ${ascii(cases[0]!.name)}`);
  const large = meta.largeDisplacement === true;
  writer.line(large ? LARGE_STEP : '*STEP');
  if (step?.kind === 'buckling') {
    writer.line('*BUCKLE');
    writer.line(String(step.modes));
  } else writer.line('*STATIC');
  if (large) writer.line(LARGE_INCREMENTS);
  writeBoundary(writer, model);
  writeLoads(writer, model);
  writeOutput(writer, large);
  cases.slice(1).forEach((one, index) => {
    writeFurtherCase(writer, model, one, cases[index]!, heated, large);
  });
  if (step?.kind === 'modal') writeFrequencyStep(writer, model, step.modes, true);
  return writer.bytes();
}

const LARGE_STEP = '*STEP, NLGEOM, INC=1000';
const LARGE_INCREMENTS = '0.1, 1.';
/** The last increment is always written: of a step with several, no other is wanted. */
const LAST_ONLY = ', FREQUENCY=1000';

function writeOutput(writer: TextWriter, lastOnly = false): void {
  writer.line(`*NODE FILE${lastOnly ? LAST_ONLY : ''}`);
  writer.line('U, RF');
  writer.line(`*EL FILE${lastOnly ? LAST_ONLY : ''}`);
  writer.line('S, E');
  writer.line('*END STEP');
}

/**
 * A load case as a step of its own: restraints and gravity stay as they are, forces and temperatures are all given anew
 * (OP=NEW), so that nothing of the case before acts in it. Steps of linear statics begin from the unloaded part each time;
 * those of large displacements from where the case before ended, which an elastic part forgets on its way.
 */
function writeFurtherCase(
  writer: TextWriter,
  model: StaticModel,
  one: CaseLoads,
  before: CaseLoads,
  heated: boolean,
  large: boolean,
): void {
  writer.line(`** case: ${ascii(one.name)}`);
  writer.line(large ? LARGE_STEP : '*STEP');
  writer.line('*STATIC');
  if (large) writer.line(LARGE_INCREMENTS);
  if (one.prescribed !== before.prescribed && model.fixedValues.some((value) => value !== 0))
    writeBoundary(writer, { ...model, fixedValues: model.fixedValues.map((value) => value * one.prescribed) });
  if (one.forces.some((value) => value !== 0)) writeForces(writer, { ...model, forces: one.forces }, ', OP=NEW');
  else {
    writer.line('*CLOAD, OP=NEW');
    writer.line('1, 1, 0.');
  }
  if (one.pressures) writePressures(writer, { ...model, pressures: one.pressures }, ', OP=NEW');
  if (heated) writeTemperatures(writer, model, one.temperatureChange, ', OP=NEW');
  writeOutput(writer, large);
}

function writeTemperatures(writer: TextWriter, model: StaticModel, change: Float64Array | null, operation = ''): void {
  writer.line(`*TEMPERATURE${operation}`);
  const reference = referenceTemperature(model);
  for (let node = 0; node < model.nodes.length / 3; node++)
    writer.line(`${node + 1}, ${real(reference + (change?.[node] ?? 0))}`);
}

/** Restraints hold at zero while the part vibrates; under stress they stay as the static step left them. */
function writeFrequencyStep(writer: TextWriter, model: StaticModel, modes: number, prestressed: boolean): void {
  writer.line(prestressed ? '*STEP, PERTURBATION' : '*STEP');
  writer.line('*FREQUENCY');
  writer.line(String(modes));
  if (!prestressed) writeBoundary(writer, { ...model, fixedValues: new Float64Array(model.fixedValues.length) });
  writer.line('*NODE FILE');
  writer.line('U');
  writer.line('*END STEP');
}

function writeLoads(writer: TextWriter, model: StaticModel): void {
  writeForces(writer, model);
  if (model.gravity.some((value) => value !== 0)) {
    const [x, y, z] = model.gravity as unknown as [number, number, number];
    const size = Math.hypot(x, y, z);
    writer.line('*DLOAD');
    writer.line(`EALL, GRAV, ${[size, x / size, y / size, z / size].map(real).join(', ')}`);
  }
  writePressures(writer, model);
  if (model.temperatureChange) writeTemperatures(writer, model, model.temperatureChange);
}

function writeNodes(writer: TextWriter, { nodes }: StaticModel): void {
  writer.line('*NODE, NSET=NALL');
  for (let node = 0; node < nodes.length / 3; node++)
    writer.line(`${node + 1}, ${real(nodes[3 * node]!)}, ${real(nodes[3 * node + 1]!)}, ${real(nodes[3 * node + 2]!)}`);
}

/** C3D10 in CalculiX: corners 1-4, midsides 12, 23, 13, 14, 24, 34: the numeric core's own order. */
function writeElements(writer: TextWriter, { elements, elementBody }: StaticModel, meta: DeckMeta): void {
  const bodies = meta.bodies.length;
  for (let body = 0; body < bodies; body++) {
    writer.line(`** body ${body + 1}: ${ascii(meta.bodies[body]!.name)}`);
    writer.line(`*ELEMENT, TYPE=C3D10, ELSET=${setName('BODY', body)}`);
    for (let element = 0; element < elementBody.length; element++) {
      if (elementBody[element] !== body) continue;
      const list = Array.from(elements.subarray(10 * element, 10 * element + 10), (node) => node + 1);
      writer.line(`${element + 1}, ${list.join(', ')}`);
    }
  }
  writer.line('*ELSET, ELSET=EALL');
  for (let body = 0; body < bodies; body++) writer.line(setName('BODY', body));
}

function writeMaterials(writer: TextWriter, model: StaticModel, meta: DeckMeta): void {
  const materialOfBody = new Map<number, number>();
  model.elementBody.forEach((body, element) => {
    materialOfBody.set(body, model.elementMaterial[element]!);
  });
  meta.bodies.forEach((body, index) => {
    const material = materialOfBody.get(index);
    if (material === undefined) return;
    writer.line(`** ${ascii(body.material)}`);
    const orientation = writeMaterial(writer, model, material, index);
    writer.line(
      `*SOLID SECTION, ELSET=${setName('BODY', index)}, MATERIAL=${setName('MATERIAL', index)}${orientation ? `, ORIENTATION=${orientation}` : ''}`,
    );
  });
}

/** One *TRANSFORM for every distinct frame: a plane of symmetry has one, a cylinder one a node. */
function writeTransforms(writer: TextWriter, { frameNodes, frames }: StaticModel): void {
  const nodesOfFrame = new Map<string, number[]>();
  frameNodes.forEach((node, index) => {
    const frame = Array.from(frames.subarray(9 * index, 9 * index + 6), real).join(', ');
    const list = nodesOfFrame.get(frame);
    if (list) list.push(node);
    else nodesOfFrame.set(frame, [node]);
  });
  let index = 0;
  for (const [frame, nodes] of nodesOfFrame) {
    const name = setName('FRAME', index++);
    writer.line(`*NSET, NSET=${name}`);
    for (let start = 0; start < nodes.length; start += 12)
      writer.line(
        nodes
          .slice(start, start + 12)
          .map((node) => node + 1)
          .join(', '),
      );
    writer.line(`*TRANSFORM, NSET=${name}, TYPE=R`);
    writer.line(frame);
  }
}

/**
 * The added stiffness as linear springs: K_pq between two degrees of freedom is a SPRING2 of -K_pq, and what is then missing
 * on the diagonal (the row's sum) is a SPRING1 to ground. CalculiX takes a spring's directions as global ones, also at nodes
 * with a *TRANSFORM (a skewed support beside a skewed symmetry plane tells: export.test.ts).
 */
function writeSprings(writer: TextWriter, model: StaticModel): void {
  const pairs = model.addedNodesA.length;
  if (pairs === 0) return;
  const ground = new Map<number, number>();
  const between: [number, number, number][] = [];
  const toGround = (dof: number, value: number): void => {
    ground.set(dof, (ground.get(dof) ?? 0) + value);
  };
  const couple = (p: number, q: number, value: number): void => {
    if (value === 0) return;
    between.push([p, q, -value]);
    toGround(p, value);
    toGround(q, value);
  };
  let largest = 0;
  for (const value of model.addedBlocks) largest = Math.max(largest, Math.abs(value));
  for (let pair = 0; pair < pairs; pair++) {
    const a = model.addedNodesA[pair]!;
    const b = model.addedNodesB[pair]!;
    const block = model.addedBlocks.subarray(9 * pair, 9 * pair + 9);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const value = Math.abs(block[3 * i + j]!) > 1e-14 * largest ? block[3 * i + j]! : 0;
        if (a !== b) couple(3 * a + i, 3 * b + j, value);
        else if (i < j) couple(3 * a + i, 3 * a + j, value);
        else if (i === j) toGround(3 * a + i, value);
      }
  }
  // Springs of one stiffness share a set: CalculiX looks sets up one by one, and a plane support has few distinct values.
  const sets = new Map<string, [number, number?][]>();
  const collect = (stiffness: number, p: number, q?: number): void => {
    const first = (p % 3) + 1;
    const second = q === undefined ? '' : (q % 3) + 1;
    const key = `${first},${second},${stiffness.toPrecision(10)}`;
    const member: [number, number?] = q === undefined ? [Math.floor(p / 3)] : [Math.floor(p / 3), Math.floor(q / 3)];
    const list = sets.get(key);
    if (list) list.push(member);
    else sets.set(key, [member]);
  };
  for (const [dof, value] of ground) if (value !== 0) collect(value, dof);
  for (const [p, q, value] of between) collect(value, p, q);
  let element = model.elements.length / 10;
  let index = 0;
  for (const [key, members] of sets) {
    const [first, second, stiffness] = key.split(',') as [string, string, string];
    const name = setName('SPRING', index++);
    writer.line(`*ELEMENT, TYPE=${second ? 'SPRING2' : 'SPRING1'}, ELSET=${name}`);
    for (const nodes of members) writer.line(`${++element}, ${nodes.map((node) => node! + 1).join(', ')}`);
    writer.line(`*SPRING, ELSET=${name}`);
    writer.line(second ? `${first}, ${second}` : first);
    writer.line(real(Number(stiffness)));
  }
}

/**
 * Bonds, remote points, cyclic symmetry and couplings as *EQUATION: the first term depends on the others, in the axes of nodes
 * with a *TRANSFORM. They are written as the core resolved them, so that none depends on another's dependent term.
 */
function writeEquations(writer: TextWriter, model: StaticModel): void {
  if (!model.constraintOffsets || model.constraintOffsets.length < 2) return;
  const { dependent, offsets, masters, factors } = requireCore().resolveConstraints(model);
  holdUnused(writer, model, [dependent, masters, model.fixedDofs]);
  dependent.forEach((dof, row) => {
    const terms: [dof: number, factor: number][] = [[dof, 1]];
    for (let term = offsets[row]!; term < offsets[row + 1]!; term++)
      if (Math.abs(factors[term]!) > 1e-12) terms.push([masters[term]!, -factors[term]!]);
    if (terms.length === 1) {
      writer.line('*BOUNDARY');
      writer.line(`${Math.floor(dof / 3) + 1}, ${(dof % 3) + 1}`);
      return;
    }
    writer.line('*EQUATION');
    writer.line(String(terms.length));
    for (let first = 0; first < terms.length; first += 4)
      writer.line(
        terms
          .slice(first, first + 4)
          .map(([term, factor]) => `${Math.floor(term / 3) + 1}, ${(term % 3) + 1}, ${real(factor)}`)
          .join(', '),
      );
  });
}

/** CalculiX gives a spring's node all three axes; of a node of no element those that nothing uses would be free. */
function holdUnused(writer: TextWriter, model: StaticModel, used: readonly Int32Array[]): void {
  const isUsed = new Uint8Array(model.nodes.length);
  for (const node of model.elements) isUsed.fill(1, 3 * node, 3 * node + 3);
  for (const dofs of used) for (const dof of dofs) isUsed[dof] = 1;
  if (isUsed.every((one) => one === 1)) return;
  writer.line('*BOUNDARY');
  isUsed.forEach((one, dof) => {
    if (one === 0) writer.line(`${Math.floor(dof / 3) + 1}, ${(dof % 3) + 1}`);
  });
}

function writeBoundary(writer: TextWriter, { fixedDofs, fixedValues }: StaticModel): void {
  if (fixedDofs.length === 0) return;
  writer.line('*BOUNDARY');
  fixedDofs.forEach((dof, index) => {
    const axis = (dof % 3) + 1;
    writer.line(`${Math.floor(dof / 3) + 1}, ${axis}, ${axis}, ${real(fixedValues[index]!)}`);
  });
}

/** Corners of an element's sides P1 to P4. */
const SIDE_CORNERS = [
  [0, 1, 2],
  [0, 3, 1],
  [1, 3, 2],
  [2, 3, 0],
] as const;

/** Pressures that follow their faces: in a step of large displacements CalculiX turns a *DLOAD with its side. */
function writePressures(
  writer: TextWriter,
  { elements, pressureFacets, pressures }: NonlinearModel,
  operation = '',
): void {
  if (!pressureFacets || !pressures || pressures.length === 0) return;
  const keyOf = (corners: readonly number[]): string => [...corners].sort((a, b) => a - b).join();
  const wanted = new Map<string, number>();
  for (let facet = 0; facet < pressures.length; facet++) {
    const key = keyOf(Array.from(pressureFacets.subarray(6 * facet, 6 * facet + 3)));
    wanted.set(key, (wanted.get(key) ?? 0) + pressures[facet]!);
  }
  writer.line(`*DLOAD${operation}`);
  for (let element = 0; element < elements.length / 10; element++)
    SIDE_CORNERS.forEach((corners, side) => {
      const pressure = wanted.get(keyOf(corners.map((corner) => elements[10 * element + corner]!)));
      if (pressure !== undefined) writer.line(`${element + 1}, P${side + 1}, ${real(pressure)}`);
    });
}

/** *CLOAD is read in the node's frame where it has one. */
function writeForces(writer: TextWriter, { forces, frameNodes, frames }: StaticModel, operation = ''): void {
  const frameOf = new Map<number, number>();
  frameNodes.forEach((node, index) => {
    frameOf.set(node, index);
  });
  let started = false;
  for (let node = 0; node < forces.length / 3; node++) {
    const force = [forces[3 * node]!, forces[3 * node + 1]!, forces[3 * node + 2]!];
    if (force.every((value) => value === 0)) continue;
    const frame = frameOf.get(node);
    const local =
      frame === undefined
        ? force
        : [0, 1, 2].map((row) =>
            force.reduce((sum, value, axis) => sum + frames[9 * frame + 3 * row + axis]! * value, 0),
          );
    local.forEach((value, axis) => {
      if (value === 0) return;
      if (!started) writer.line(`*CLOAD${operation}`);
      started = true;
      writer.line(`${node + 1}, ${axis + 1}, ${real(value)}`);
    });
  }
}
