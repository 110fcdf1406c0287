import type { Load } from '../../../../preload/contract/index.ts';
import { wordsFor } from '../../../help/studies/index.ts';
import { Pairs, refuseBelowAbsoluteZero, refuseNotPositive, Value } from '../fields/value.tsx';

export type HeatLoad = Extract<
  Load,
  { kind: 'convection' | 'radiation' | 'heat-flux' | 'heat-flow' | 'heat-generation' }
>;

/** The values of a load of heat. */
export function HeatLoadEditor({ load, onChange }: { load: HeatLoad; onChange: (load: HeatLoad) => void }) {
  const words = (field: string) => wordsFor('loads', load.kind, field);
  const ambient = (load: Extract<HeatLoad, { ambient_degC: number }>) => (
    <Value
      name="Ambient"
      quantity="temperature"
      field="ambient_degC"
      words={words('ambient_degC')}
      refuse={refuseBelowAbsoluteZero}
      value={load.ambient_degC}
      onCommit={(ambient_degC) => onChange({ ...load, ambient_degC })}
    />
  );
  switch (load.kind) {
    case 'convection':
      return (
        <Pairs>
          <Value
            name="Film coefficient"
            quantity="heatTransfer"
            field="film_W_m2K"
            words={words('film_W_m2K')}
            refuse={refuseNotPositive}
            value={load.film_W_m2K}
            onCommit={(film_W_m2K) => onChange({ ...load, film_W_m2K })}
          />
          {ambient(load)}
        </Pairs>
      );
    case 'radiation':
      return (
        <Pairs>
          <Value
            name="Emissivity"
            quantity="none"
            field="emissivity"
            words={words('emissivity')}
            refuse={(value) => (value > 0 && value <= 1 ? null : 'It lies between 0 and 1.')}
            value={load.emissivity}
            onCommit={(emissivity) => onChange({ ...load, emissivity })}
          />
          {ambient(load)}
        </Pairs>
      );
    case 'heat-flux':
      return (
        <Pairs>
          <Value
            name="Flux"
            quantity="heatFlux"
            field="flux_W_m2"
            words={words('flux_W_m2')}
            value={load.flux_W_m2}
            onCommit={(flux_W_m2) => onChange({ ...load, flux_W_m2 })}
          />
        </Pairs>
      );
    case 'heat-flow':
      return (
        <Pairs>
          <Value
            name="Power"
            quantity="power"
            field="power_W"
            words={words('power_W')}
            value={load.power_W}
            onCommit={(power_W) => onChange({ ...load, power_W })}
          />
        </Pairs>
      );
    case 'heat-generation':
      return (
        <Pairs>
          <Value
            name="Generation"
            quantity="heatGeneration"
            field="generation_W_m3"
            words={words('generation_W_m3')}
            value={load.generation_W_m3}
            onCommit={(generation_W_m3) => onChange({ ...load, generation_W_m3 })}
          />
        </Pairs>
      );
  }
}
