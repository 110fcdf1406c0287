import type { Material } from '../../../preload/contract/index.ts';
import { Pair, Pairs } from '../../ui/group.tsx';
import { formatNumber, formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';
import { DIRECTIONS, TABLES } from './figures.ts';

/** All that is known of a material, and who says so. */
export function MaterialCard({ material }: { material: Material }) {
  const system = useUnits();
  const { properties: p } = material;
  const stress = (value: number) => formatQuantity(value, 'stress', system);
  return (
    <div className="material-card">
      <Pairs>
        <Pair name="Young’s modulus">{stress(p.young_MPa)}</Pair>
        <Pair name="Poisson’s ratio">{formatNumber(p.poisson, 3)}</Pair>
        <Pair name="Density">{formatQuantity(p.density_kg_m3, 'density', system)}</Pair>
        <Pair name="Yield strength">
          {p.yield_MPa === undefined ? <span className="muted">none: brittle or not given</span> : stress(p.yield_MPa)}
        </Pair>
        {p.ultimate_MPa !== undefined && <Pair name="Ultimate">{stress(p.ultimate_MPa)}</Pair>}
        {p.compressive_MPa !== undefined && <Pair name="Compressive">{stress(p.compressive_MPa)}</Pair>}
        {p.thermalExpansion_1_K !== undefined && (
          <Pair name="Expansion">{formatNumber(p.thermalExpansion_1_K * 1e6, 3)} ×10⁻⁶ / K</Pair>
        )}
        {p.conductivity_W_mK !== undefined && (
          <Pair name="Conductivity">{formatNumber(p.conductivity_W_mK, 3)} W/(m·K)</Pair>
        )}
        {p.specificHeat_J_kgK !== undefined && (
          <Pair name="Specific heat">{formatNumber(p.specificHeat_J_kgK, 4)} J/(kg·K)</Pair>
        )}
        {p.temperatureRange_degC && (
          <Pair name="Valid from">
            {formatNumber(p.temperatureRange_degC[0])} to {formatNumber(p.temperatureRange_degC[1])} °C
          </Pair>
        )}
        {p.orthotropic &&
          DIRECTIONS.map(({ key, label, names, quantity, scale = 1, unit }) => {
            const values = p.orthotropic?.[key];
            return (
              values && (
                <Pair key={key} name={`${label} by direction`}>
                  {values
                    .map((value, i) => `${names[i]} ${formatQuantity(value * scale, quantity, system, 3)}`)
                    .join(', ')}
                  {unit && ` ${unit}`}
                </Pair>
              )
            );
          })}
        {TABLES.map(({ key, label, quantity, scale = 1, unit }) => {
          const rows = p.tables?.[key];
          if (!rows) return null;
          const [first, last] = [rows[0]!, rows.at(-1)!];
          const at = (temperature: number) => formatQuantity(temperature, 'temperature', system, 3);
          const value = (each: number) => formatQuantity(each * scale, quantity, system, 3);
          return (
            <Pair key={key} name={`${label} by temperature`}>
              {`${value(first[1])} at ${at(first[0])} to ${value(last[1])} at ${at(last[0])}`}
              {unit && ` ${unit}`}
            </Pair>
          );
        })}
        <Pair name="Source">{material.source}</Pair>
      </Pairs>
      {material.note && <p className="muted small">{material.note}</p>}
    </div>
  );
}
