/**
 * Heat in the core's units (mm, N, s, tonne: power in mW = N mm/s) and back. Every conversion of heat is made here and nowhere
 * else. Conductivity needs none: 1 W/(m K) = 1 mW/(mm K) = 1 N/(s K).
 */
const PER_M2_TO_PER_MM2 = 1e-3;

export const conductivity_mW_mmK = (conductivity_W_mK: number): number => conductivity_W_mK;
/** J/(kg K) = 1000 mJ / (1e-3 tonne K). */
export const specificHeat_mJ_tK = (specificHeat_J_kgK: number): number => 1e6 * specificHeat_J_kgK;
export const density_t_mm3 = (density_kg_m3: number): number => 1e-12 * density_kg_m3;
/** W/(m^2 K) = 1000 mW / (1e6 mm^2 K). */
export const film_mW_mm2K = (film_W_m2K: number): number => PER_M2_TO_PER_MM2 * film_W_m2K;
export const flux_mW_mm2 = (flux_W_m2: number): number => PER_M2_TO_PER_MM2 * flux_W_m2;
export const flux_W_m2 = (flux_mW_mm2: number): number => flux_mW_mm2 / PER_M2_TO_PER_MM2;
/** W/m^3 = 1000 mW / (1e9 mm^3). */
export const generation_mW_mm3 = (generation_W_m3: number): number => 1e-6 * generation_W_m3;
export const power_mW = (power_W: number): number => 1000 * power_W;
export const power_W = (power_mW: number): number => power_mW / 1000;
