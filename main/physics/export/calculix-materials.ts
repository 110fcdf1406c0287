/** The materials of a CalculiX deck: *ELASTIC, *EXPANSION, *DENSITY and, where a material has axes of its own, *ORIENTATION. */
import type { StaticModel } from '../../../native/index.d.ts';
import { real, setName } from './calculix-words.ts';
import type { TextWriter } from './text.ts';

/** One row of a material's table as the numeric core reads it. */
interface Row {
  temperature_degC: number;
  /** E_x, E_y, E_z, nu_xy, nu_yz, nu_zx, G_xy, G_yz, G_zx, alpha_x, alpha_y, alpha_z. */
  constants: readonly number[];
}

/** degC of the stress-free state: zero where only changes of temperature matter. */
export const referenceTemperature = (model: StaticModel): number =>
  model.referenceTemperature_degC ?? (model.tableMaterial?.length ? 20 : 0);

function rowsOf(model: StaticModel, material: number): Row[] {
  const rows: Row[] = [];
  model.tableMaterial?.forEach((owner, row) => {
    if (owner !== material) return;
    const constants = Array.from(model.tableConstants!.subarray(12 * row, 12 * row + 12));
    rows.push({ temperature_degC: model.tableTemperature_degC![row]!, constants });
  });
  return rows;
}

/** Writes material `material` under the name, and says the name of the orientation its section needs. */
export function writeMaterial(writer: TextWriter, model: StaticModel, material: number, index: number): string | null {
  const rows = rowsOf(model, material);
  const [young, poisson, density, expansion] = model.materials.subarray(4 * material, 4 * material + 4);
  const orientation = rows.length > 0 ? setName('AXES', index) : null;
  if (orientation) {
    const axes = model.materialAxes?.subarray(9 * material, 9 * material + 9) ?? [1, 0, 0, 0, 1, 0, 0, 0, 1];
    writer.line(`*ORIENTATION, NAME=${orientation}, SYSTEM=RECTANGULAR`);
    writer.line(Array.from(axes).slice(0, 6).map(real).join(', '));
  }
  writer.line(`*MATERIAL, NAME=${setName('MATERIAL', index)}`);
  writer.line(rows.length > 0 ? '*ELASTIC, TYPE=ENGINEERING CONSTANTS' : '*ELASTIC');
  if (rows.length === 0) writer.line(`${real(young!)}, ${real(poisson!)}`);
  for (const { temperature_degC, constants } of rows) {
    const [ex, ey, ez, xy, yz, zx, gxy, gyz, gzx] = constants as [number, number, number, ...number[]];
    // CalculiX asks for nu_13, the contraction along 3 when pulled along 1: nu_13 / E_1 = nu_31 / E_3.
    writer.line([ex, ey, ez, xy!, (zx! * ex) / ez, yz!, gxy!, gzx!].map(real).join(', '));
    writer.line([gyz!, temperature_degC].map(real).join(', '));
  }
  if (density! > 0) {
    writer.line('*DENSITY');
    writer.line(real(density!));
  }
  if (!model.temperatureChange) return orientation;
  const zero = model.expansionZero_degC?.[material] ?? Number.NaN;
  const zeroText = real(Number.isNaN(zero) ? referenceTemperature(model) : zero);
  writer.line(`*EXPANSION, ${rows.length > 0 ? 'TYPE=ORTHO, ' : ''}ZERO=${zeroText}`);
  if (rows.length === 0) writer.line(real(expansion!));
  for (const { temperature_degC, constants } of rows)
    writer.line([...constants.slice(9), temperature_degC].map(real).join(', '));
  return orientation;
}
