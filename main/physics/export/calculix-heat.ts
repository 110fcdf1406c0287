/**
 * A thermal study as a CalculiX input deck: C3D10 elements, *FILM, *RADIATE and *DFLUX on element faces, *HEAT TRANSFER steady
 * or over time. Source: G. Dhondt, CalculiX CrunchiX User's Manual version 2.20, chapters 6.9 and 7. Units: mm, N, tonne, s,
 * degC; power in mW.
 */
import type { HeatModel } from '../../../native/index.d.ts';
import { physicsFault } from '../errors.ts';
import type { HeatDeck, HeatDeckMeta } from './heat-deck.ts';
import { TextWriter } from './text.ts';

const real = (value: number): string => (value === 0 ? '0.' : value.toExponential(13));
const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 80) || 'Artificer';
const setName = (prefix: string, index: number): string => `${prefix}${index + 1}`;
/** Corners of faces 1 to 4 of a tetrahedron as CalculiX counts them. */
const FACES = [
  [0, 1, 2],
  [0, 3, 1],
  [1, 3, 2],
  [2, 3, 0],
] as const;
/** CODATA 2018, mW/(mm^2 K^4). */
const STEFAN_BOLTZMANN = 5.670374419e-11;
/** CalculiX chooses its own steps from this many to begin with, where the study gives none. */
const FIRST_STEPS = 100;

export function exportHeatCalculix({ model, meta }: HeatDeck): Uint8Array<ArrayBuffer> {
  const writer = new TextWriter();
  writer.line('*HEADING');
  writer.line(ascii(meta.title));
  writer.line(`** Artificer thermal model ${meta.inputHash}; mm, N, tonne, s, degC, power in mW`);
  writer.line('*NODE, NSET=NALL');
  for (let node = 0; node < model.nodes.length / 3; node++)
    writer.line(`${node + 1}, ${[0, 1, 2].map((axis) => real(model.nodes[3 * node + axis]!)).join(', ')}`);
  writeElements(writer, model, meta);
  writeMaterials(writer, model, meta);
  (model.histories ?? []).forEach(({ times, values }, index) => {
    writer.line(`*AMPLITUDE, NAME=${setName('CURVE', index)}`);
    for (let i = 0; i < times.length; i++) writer.line(`${real(times[i]!)}, ${real(values[i]!)}`);
  });
  writer.line(`*PHYSICAL CONSTANTS, ABSOLUTE ZERO=-273.15, STEFAN BOLTZMANN=${real(STEFAN_BOLTZMANN)}`);
  writer.line('*INITIAL CONDITIONS, TYPE=TEMPERATURE');
  writer.line(`NALL, ${real(meta.transient?.initial ?? startOf(model))}`);
  writer.line(meta.transient ? '*STEP, INC=100000' : '*STEP');
  if (meta.transient) {
    const { end, step } = meta.transient;
    writer.line(step === undefined ? '*HEAT TRANSFER' : '*HEAT TRANSFER, DIRECT');
    writer.line(`${real(step ?? end / FIRST_STEPS)}, ${real(end)}`);
  } else writer.line('*HEAT TRANSFER, STEADY STATE');
  for (const history of [...new Set(model.fixedHistory ?? [])].concat(model.fixedHistory ? [] : [-1]).sort()) {
    const nodes = [...model.fixedNodes.keys()].filter((i) => (model.fixedHistory?.[i] ?? -1) === history);
    if (nodes.length === 0) continue;
    writer.line(`*BOUNDARY${amplitude(history)}`);
    for (const i of nodes) writer.line(`${model.fixedNodes[i]! + 1}, 11, 11, ${real(model.fixedTemperatures[i]!)}`);
  }
  writeSurfaces(writer, model);
  for (const { elements, generation, history } of model.sources ?? []) {
    writer.line(`*DFLUX${amplitude(history)}`);
    for (const element of elements) writer.line(`${element + 1}, BF, ${real(generation)}`);
  }
  writer.line('*NODE FILE');
  writer.line('NT, RFL');
  writer.line('*EL FILE');
  writer.line('HFL');
  writer.line('*END STEP');
  return writer.bytes();
}

const amplitude = (history: number | undefined): string =>
  history === undefined || history < 0 ? '' : `, AMPLITUDE=${setName('CURVE', history)}`;

/** A first guess for radiation: the mean of the temperatures that the model names. */
function startOf({ fixedTemperatures, surfaces }: HeatModel): number {
  const named = [
    ...fixedTemperatures,
    ...(surfaces ?? []).flatMap(({ kind, ambient }) => (kind === 'flux' ? [] : [ambient ?? 0])),
  ];
  return named.length > 0 ? named.reduce((sum, value) => sum + value, 0) / named.length : 20;
}

function writeElements(writer: TextWriter, { elements, elementBody }: HeatModel, meta: HeatDeckMeta): void {
  meta.bodies.forEach(({ name }, body) => {
    writer.line(`** body ${body + 1}: ${ascii(name)}`);
    writer.line(`*ELEMENT, TYPE=C3D10, ELSET=${setName('BODY', body)}`);
    for (let element = 0; element < elementBody.length; element++)
      if (elementBody[element] === body)
        writer.line(
          `${element + 1}, ${Array.from(elements.subarray(10 * element, 10 * element + 10), (node) => node + 1).join(', ')}`,
        );
  });
}

function writeMaterials(writer: TextWriter, model: HeatModel, meta: HeatDeckMeta): void {
  meta.bodies.forEach((body, index) => {
    const element = model.elementBody.indexOf(index);
    if (element < 0) return;
    const { conductivity, specificHeat, density, axes } = model.materials[model.elementMaterial[element]!]!;
    writer.line(`** ${ascii(body.material)}`);
    writer.line(`*MATERIAL, NAME=${setName('MATERIAL', index)}`);
    const rows = conductivity.temperatures.length;
    const orthotropic = conductivity.values.some((value, i) => value !== conductivity.values[3 * Math.floor(i / 3)]);
    writer.line(orthotropic ? '*CONDUCTIVITY, TYPE=ORTHO' : '*CONDUCTIVITY');
    for (let row = 0; row < rows; row++) {
      const along = Array.from(conductivity.values.subarray(3 * row, 3 * row + (orthotropic ? 3 : 1)), real).join(', ');
      writer.line(rows > 1 ? `${along}, ${real(conductivity.temperatures[row]!)}` : along);
    }
    if (specificHeat) {
      writer.line('*DENSITY');
      writer.line(real(density ?? 0));
      writer.line('*SPECIFIC HEAT');
      for (let row = 0; row < specificHeat.temperatures.length; row++)
        writer.line(
          specificHeat.temperatures.length > 1
            ? `${real(specificHeat.values[row]!)}, ${real(specificHeat.temperatures[row]!)}`
            : real(specificHeat.values[row]!),
        );
    }
    const turned = orthotropic && axes;
    if (turned) {
      writer.line(`*ORIENTATION, NAME=${setName('AXES', index)}`);
      writer.line(Array.from(axes.subarray(0, 6), real).join(', '));
    }
    const orientation = turned ? `, ORIENTATION=${setName('AXES', index)}` : '';
    writer.line(
      `*SOLID SECTION, ELSET=${setName('BODY', index)}, MATERIAL=${setName('MATERIAL', index)}${orientation}`,
    );
  });
}

function writeSurfaces(writer: TextWriter, model: HeatModel): void {
  if (!model.surfaces?.length) return;
  const faceOf = elementFaces(model);
  for (const { kind, facets, coefficient, ambient = 0, history } of model.surfaces) {
    const card = { convection: '*FILM', radiation: '*RADIATE', flux: '*DFLUX' }[kind];
    writer.line(`${card}${amplitude(history)}`);
    for (let first = 0; first < facets.length; first += 6) {
      const [element, face] = faceOf(facets[first]!, facets[first + 1]!, facets[first + 2]!);
      if (kind === 'convection') writer.line(`${element + 1}, F${face + 1}, ${real(ambient)}, ${real(coefficient)}`);
      else if (kind === 'radiation')
        writer.line(`${element + 1}, R${face + 1}, ${real(ambient)}, ${real(coefficient)}`);
      else writer.line(`${element + 1}, S${face + 1}, ${real(coefficient)}`);
    }
  }
}

/** Which element and which of its faces three corners are. */
function elementFaces({ elements, surfaces }: HeatModel): (a: number, b: number, c: number) => [number, number] {
  const wanted = new Set<number>();
  for (const { facets } of surfaces ?? [])
    for (let first = 0; first < facets.length; first += 6) for (let k = 0; k < 3; k++) wanted.add(facets[first + k]!);
  const key = (nodes: number[]): string => nodes.sort((a, b) => a - b).join(' ');
  const found = new Map<string, [number, number]>();
  for (let element = 0; element < elements.length / 10; element++)
    FACES.forEach((corners, face) => {
      const nodes = corners.map((corner) => elements[10 * element + corner]!);
      if (nodes.every((node) => wanted.has(node))) found.set(key(nodes), [element, face]);
    });
  return (a, b, c) => {
    const place = found.get(key([a, b, c]));
    if (place) return place;
    throw physicsFault('deck-surface', 'A surface of the thermal model belongs to no element.');
  };
}
