/**
 * The numeric core's Node-API door. Units: mm, N, MPa, tonne (so density is tonne/mm^3), s, degC.
 * Node order of 10-node tetrahedra is Abaqus/CalculiX C3D10: corners 0-3, then midsides 01, 12, 02, 03, 13, 23.
 * Node order of 6-node triangles: corners 0-2, then midsides 01, 12, 20. All indices are 0-based.
 * Symmetric tensors are stored as xx, yy, zz, xy, yz, zx; shear strains are engineering strains (gamma).
 */

/** Everything a linear static solution depends on. n nodes, m elements, k materials. */
export interface StaticModel {
  /** 3n node coordinates, mm. */
  nodes: Float64Array;
  /** 10m node indices. */
  elements: Int32Array;
  /** m material indices. */
  elementMaterial: Int32Array;
  /** 4k values: Young's modulus MPa, Poisson's ratio, density tonne/mm^3, thermal expansion 1/K. */
  materials: Float64Array;
  /**
   * Optional tables of materials that are orthotropic or depend on temperature; of such a material only the density in
   * `materials` counts. r rows: the material each belongs to, its temperature (degC; ascending within a material), and 12
   * constants in the material's axes: E_x, E_y, E_z, nu_xy, nu_yz, nu_zx, G_xy, G_yz, G_zx (MPa), and the secant thermal
   * expansions alpha_x, alpha_y, alpha_z (1/K). nu_ij is the contraction along j over the stretch along i, pulled along i.
   * Linear between rows, constant beyond the ends. A row whose constants fit an isotropic material is one.
   */
  tableMaterial?: Int32Array;
  tableTemperature_degC?: Float64Array;
  tableConstants?: Float64Array;
  /** 9k values: the materials' axes as rows; default the global ones. */
  materialAxes?: Float64Array;
  /**
   * k temperatures, degC, at which the expansion tables have their zero; NaN (the default): the stress-free temperature R.
   * The thermal strain at T is alpha(T) (T - Z) - alpha(R) (R - Z).
   */
  expansionZero_degC?: Float64Array;
  /** The stress-free state's temperature, degC, to which temperatureChange adds; default 20. */
  referenceTemperature_degC?: number;
  /** m body numbers: stress is averaged at nodes only among elements of one body. */
  elementBody: Int32Array;
  /** Restrained degrees of freedom (3*node + axis; the axis is of the node's frame where it has one), ascending. */
  fixedDofs: Int32Array;
  /** Prescribed displacement of each restrained degree of freedom, mm. */
  fixedValues: Float64Array;
  /** Nodes whose restraint axes are not global, and their 3x3 frames (rows are the local axes), 9 values a node. */
  frameNodes: Int32Array;
  frames: Float64Array;
  /** 3n nodal forces, N, global axes. */
  forces: Float64Array;
  /** Body acceleration acting as a load (gravity), mm/s^2. */
  gravity: Float64Array;
  /**
   * Optional 3x3 gradient G (row-major), 1/s^2: the whole acceleration at x is gravity + G x. Rotation at w about the axis
   * n through p has G = w^2 (I - n n^T), gravity = -G p.
   */
  accelerationGradient?: Float64Array;
  /** Nodal temperature change from the stress-free state, K (n values), or null. */
  temperatureChange: Float64Array | null;
  /** Added 3x3 stiffness blocks (elastic supports) between nodes that share an element or that constraints name: N/mm. */
  addedNodesA: Int32Array;
  addedNodesB: Int32Array;
  addedBlocks: Float64Array;
  /**
   * Linear equations among displacements, met exactly: the sum over the terms of equation k (offsets[k] .. offsets[k + 1]) of
   * coefficient . u(node) is constants[k], mm. Coefficients are 3 values a term, global axes. The node of an equation's first
   * term is the one that is best written in terms of the others. Equations may name nodes of no element: further unknowns
   * (reference points, rotations, amplitudes), which may have forces, restraints and added stiffness like any node.
   */
  constraintOffsets?: Int32Array;
  constraintNodes?: Int32Array;
  constraintCoefficients?: Float64Array;
  constraintConstants?: Float64Array;
}

/** What a load case has of its own; what it leaves out is the model's. */
export interface StaticLoadCase {
  forces?: Float64Array;
  gravity?: Float64Array;
  accelerationGradient?: Float64Array;
  /** Of the model's fixedDofs. */
  fixedValues?: Float64Array;
  temperatureChange?: Float64Array | null;
}

export type SolverMethod = 'auto' | 'multigrid' | 'direct';

export interface SolveOptions {
  method?: SolverMethod;
  /** Relative residual ||f - K u|| / ||f|| to reach; default 1e-8. */
  tolerance?: number;
  /** Worker threads; default the number of cores. */
  threads?: number;
  /** Element 0 turns non-zero to cancel; the promise then rejects with code 'cancelled' within a second. */
  cancel?: Int32Array;
  onProgress?: (progress: SolveProgress) => void;
}

export interface SolveProgress {
  stage: 'assemble' | 'factorise' | 'solve' | 'modes' | 'recover';
  /** 0..1 within the whole solution. */
  fraction: number;
  iteration?: number;
  relativeResidual?: number;
  /** Eigenpairs found so far, in the stage 'modes'. */
  converged?: number;
}

export interface StaticSolution {
  /** 3n, mm. */
  displacement: Float64Array;
  /** 3n, N, global axes; zero at free degrees of freedom. */
  reactions: Float64Array;
  /**
   * One a constraint equation: it puts the force constraintForces[k] * coefficient, N, on the node of each of its terms.
   * Empty without equations.
   */
  constraintForces: Float64Array;
  /** 6n, MPa, nodal average of the extrapolated integration-point stress within each body. */
  stress: Float64Array;
  /** 6n, mechanical + thermal strain, -. */
  strain: Float64Array;
  /** n, MPa. */
  vonMises: Float64Array;
  /** 3n, MPa, descending. */
  principal: Float64Array;
  /** m, energy-norm error indicator of each element (Zienkiewicz-Zhu), sqrt(N mm). */
  elementError: Float64Array;
  /** n, MPa: spread between the element contributions at the node (max - min von Mises), an indicator of local error. */
  stressSpread: Float64Array;
  /** n, MPa: estimated error of vonMises: how the stress fields fitted around neighbouring nodes disagree half-way. */
  stressError: Float64Array;
  /** Global energy-norm error, relative (0.05 = 5 %). */
  relativeEnergyError: number;
  strainEnergy_N_mm: number;
  method: 'multigrid' | 'direct';
  iterations: number;
  relativeResidual: number;
  residualHistory: Float64Array;
  degreesOfFreedom: number;
  seconds: { assemble: number; factorise: number; solve: number; recover: number };
}

/**
 * Rejects with an Error carrying `code`: 'cancelled' | 'not-converged' | 'singular' | 'bad-model' | 'contradicting-constraints'
 * (its hint is the number of the equation) | 'out-of-memory'.
 */
export function solveStatic(model: StaticModel, options?: SolveOptions): Promise<StaticSolution>;

export interface SolveCasesOptions extends SolveOptions {
  /** Sums of the cases, each a factor for every case: recovered from the cases' displacements, without a solve. */
  combinations?: readonly Float64Array[];
}

/**
 * Constraint equations as the core solves them: one degree of freedom of each in terms of others that depend on nothing.
 * u[dependent[i]] = constants[i] + sum of factors * u[masters] over offsets[i] .. offsets[i + 1]; local axes at framed nodes.
 */
export interface ResolvedConstraints {
  dependent: Int32Array;
  offsets: Int32Array;
  masters: Int32Array;
  factors: Float64Array;
  constants: Float64Array;
}
/** Throws an Error with code 'bad-model'. */
export function resolveConstraints(model: StaticModel): ResolvedConstraints;

/**
 * One solution a load case and then one a combination, from one assembly and one preconditioner or factor: ten cases take less than three times as long
 * as one. `seconds` of each are those of all together. Cases in which materials that depend on temperature have other
 * temperatures are assembled apart. Rejects as solveStatic does.
 */
export function solveStaticCases(
  model: StaticModel,
  cases: readonly StaticLoadCase[],
  options?: SolveCasesOptions,
): Promise<StaticSolution[]>;

/** Bytes the solution is expected to need at its peak, from the mesh's size and the number of load cases (default 1). */
export function estimateMemory(nodeCount: number, elementCount: number, method: SolverMethod, cases?: number): number;

/**
 * Heat. Power is in mW (N mm/s), so that conductivity 1 W/(m K) = 1 mW/(mm K), flux 1 W/m^2 = 1e-3 mW/mm^2, film coefficient
 * 1 W/(m^2 K) = 1e-3 mW/(mm^2 K), specific heat 1 J/(kg K) = 1e6 mJ/(tonne K). Temperatures are in degC everywhere, ambient
 * temperatures of radiation too. n nodes, m elements.
 */
export interface HeatModel {
  /** 3n node coordinates, mm. */
  nodes: Float64Array;
  /** 10m node indices. */
  elements: Int32Array;
  /** m material indices. */
  elementMaterial: Int32Array;
  /** m body numbers: flux is averaged at nodes only among elements of one body and material. */
  elementBody: Int32Array;
  materials: HeatMaterial[];
  /** Nodes of fixed temperature, each once; their temperatures, degC; and which history scales them over time (-1: none). */
  fixedNodes: Int32Array;
  fixedTemperatures: Float64Array;
  fixedHistory?: Int32Array;
  surfaces?: HeatSurface[];
  sources?: HeatSource[];
  /** Factors over time, s: piecewise linear, constant beyond the ends, a repeated time is a jump. */
  histories?: { times: Float64Array; values: Float64Array }[];
  /** n, mW into each node. */
  nodalHeat?: Float64Array;
  /** n, degC: where a transient starts; of a steady problem the first guess. */
  initialTemperature?: Float64Array;
  /**
   * Heat across contacts, s samples: conductance[i] (mW/K, conductance of the contact times the area of the sample) times the
   * difference of temperature, the sum of weights * temperature over nodes[offsets[i] .. offsets[i + 1]], in which one side's
   * shape functions are positive and the other's negative.
   */
  contacts?: { offsets: Int32Array; nodes: Int32Array; weights: Float64Array; conductance: Float64Array };
}

export interface HeatMaterial {
  /** Along the material's three axes, 3 a row, mW/(mm K), at ascending temperatures, degC; one row where it does not vary. */
  conductivity: { temperatures: Float64Array; values: Float64Array };
  /** 9: the rows are the material's axes; default the global ones. */
  axes?: Float64Array;
  /** mJ/(tonne K) at ascending temperatures; needed in transients. */
  specificHeat?: { temperatures: Float64Array; values: Float64Array };
  /** tonne/mm^3; needed in transients. */
  density?: number;
}

export interface HeatSurface {
  kind: 'convection' | 'radiation' | 'flux';
  /** 6 nodes a facet. */
  facets: Int32Array;
  /** Film coefficient mW/(mm^2 K); emissivity; or flux into the body, mW/mm^2. */
  coefficient: number;
  /** degC, of convection and radiation. */
  ambient?: number;
  /** Which history scales the ambient temperature (the flux); default none. */
  history?: number;
}

export interface HeatSource {
  elements: Int32Array;
  /** mW/mm^3. */
  generation: number;
  history?: number;
}

/** Heat into the body by where it comes from, mW; of a transient mJ over the whole time. */
export interface HeatInflow {
  fixed: number;
  surfaces: Float64Array;
  sources: Float64Array;
  nodal: number;
}

interface HeatSolutionCommon {
  /** n, degC (of a transient at its end). */
  temperature: Float64Array;
  /** n, mW into the body at nodes of fixed temperature, zero elsewhere. */
  fixedHeat: Float64Array;
  /** 3n, mW/mm^2, superconvergent patch recovery within each body. */
  heatFlux: Float64Array;
  /** 3n, K/mm. */
  temperatureGradient: Float64Array;
  /** n, mW/mm^2: how far the elements' own fluxes at the node lie apart. */
  fluxSpread: Float64Array;
  /** m, energy-norm error indicator of each element (Zienkiewicz-Zhu), sqrt(mW K). */
  elementError: Float64Array;
  /** Relative (0.05 = 5 %). */
  relativeEnergyError: number;
  inflow: HeatInflow;
  /** Imbalance of all heat (with a transient's stored heat) over the sum of the magnitudes. */
  balanceError: number;
  /** A temperature lies outside the table of a material that varies with it. */
  beyondTables: boolean;
  method: 'multigrid' | 'direct';
  newtonIterations: number;
  linearIterations: number;
  degreesOfFreedom: number;
  seconds: { assemble: number; factorise: number; solve: number; recover: number };
}

export interface HeatSolution extends HeatSolutionCommon {
  /** Unbalanced heat of the free nodes over all heat that flows. */
  relativeResidual: number;
  residualHistory: Float64Array;
}

export interface HeatSolveOptions {
  method?: SolverMethod;
  /** Unbalanced heat of the free nodes over all heat that flows; default 1e-10. */
  tolerance?: number;
  threads?: number;
  cancel?: Int32Array;
  onProgress?: (progress: SolveProgress) => void;
}

export interface TransientHeatOptions extends HeatSolveOptions {
  /** s; the start is 0. */
  end: number;
  /** Fixed step, s; left out, the step follows the error. */
  step?: number;
  /** Allowed error of one adaptive step (root mean square over nodes) as a share of the span of temperatures; default 1e-3. */
  stepTolerance?: number;
  /** s, of adaptive steps; default a twentieth of the end. */
  largestStep?: number;
  /** Ascending times at which fields are kept, s. */
  outputTimes?: Float64Array;
  /** Whether fluxes are kept too; default true. */
  outputFlux?: boolean;
  /** Temperature of probe i: the sum of weights * temperature over nodes[offsets[i] .. offsets[i + 1]]. */
  probes?: { offsets: Int32Array; nodes: Int32Array; weights: Float64Array };
}

/** t times (the start and after each step), p probes, f frames. */
export interface TransientHeatSolution extends HeatSolutionCommon {
  times: Float64Array;
  /** t rows of p, degC. */
  probes: Float64Array;
  /** t, degC. */
  lowest: Float64Array;
  highest: Float64Array;
  /** t, mJ since the start. */
  storedHeat: Float64Array;
  /** t rows of mW into the body: fixed, each surface, each source, nodal; zeros at the start. */
  inflowRate: Float64Array;
  /** f; f rows of n; f rows of 3n. */
  frameTimes: Float64Array;
  frameTemperatures: Float64Array;
  frameFluxes: Float64Array;
  /** mJ over the whole time. */
  stored: number;
  /** K by which temperatures went beyond the bounds of the maximum principle: a mesh too coarse for the front. */
  overshoot: number;
  steps: number;
  rejectedSteps: number;
  factorisations: number;
}

/** Steady temperatures. Rejects like solveStatic; 'singular' where nothing sets the temperature of a part. */
export function solveHeat(model: HeatModel, options?: HeatSolveOptions): Promise<HeatSolution>;

/** Temperatures over time: L-stable, second order (SDIRK2), the balance of heat closes by construction. */
export function solveTransientHeat(model: HeatModel, options: TransientHeatOptions): Promise<TransientHeatSolution>;

export interface HeatSensitivity {
  /** 3n, per mm: what moving a node changes through the temperatures, the coefficients of surfaces held. */
  byNodes: Float64Array;
  /** One a surface: what another 1 mW/mm^2 of flux into it brings. */
  surfaces: Float64Array;
}

/**
 * The adjoint method for steady temperatures, radiation and varying conductivity included; all right sides share one set-up.
 * @param temperature n, degC: the solution of the model
 * @param byTemperature n each: derivatives of numbers by the temperatures. What they depend on beside them is the caller's.
 * Rejects like solveHeat, and with 'not-followed' for a model with contacts.
 */
export function heatSensitivities(
  model: HeatModel,
  temperature: Float64Array,
  byTemperature: Float64Array[],
  options?: HeatSolveOptions,
): Promise<HeatSensitivity[]>;

/** Bytes that solveHeat or solveTransientHeat is expected to need at its peak, from the mesh's size alone. */
export function estimateHeatMemory(
  nodeCount: number,
  elementCount: number,
  method: SolverMethod,
  transient: boolean,
): number;
/** A static model whose displacements may be large (Green-Lagrange strain, St. Venant-Kirchhoff material). */
export interface NonlinearModel extends StaticModel {
  /**
   * 6 nodes each (corners, then midsides 01, 12, 20; outward) of f sides under a follower pressure: it stays normal to the
   * side as that turns and stretches. `forces` and `gravity` are dead loads: they keep their direction and size.
   */
  pressureFacets?: Int32Array | null;
  /** f pressures, MPa, positive against the outward normal. */
  pressures?: Float64Array | null;
}

export interface NonlinearOptions {
  method?: SolverMethod;
  /** Norm of the out-of-balance forces over that of the forces at work to reach at each step; default 1e-6. */
  tolerance?: number;
  threads?: number;
  cancel?: Int32Array;
  /** Load steps, as shares of the whole load: the first (0.1), and the bounds of the others (0.001 and 0.25). */
  firstStep?: number;
  smallestStep?: number;
  largestStep?: number;
  /** Newton iterations after which a step is tried anew with a smaller one; default 12. */
  mostIterations?: number;
  /** Of the frames that are kept (evenly thinned out beyond); default 50. */
  mostFrames?: number;
  onProgress?: (progress: NonlinearProgress) => void;
}

export interface NonlinearProgress extends SolveProgress {
  /** From 1; `iteration` and `relativeResidual` are those of Newton's method within it. */
  step?: number;
  /** The share of the load that the step leads to. */
  loadFactor?: number;
}

export interface LoadFrame {
  loadFactor: number;
  /** 3n, mm. */
  displacement: Float64Array;
  /** n, MPa, of the Cauchy stress. */
  vonMises: Float64Array;
}

/** One attempt at a load step: what came of it, and the relative norms of each of its iterations (0: the predictor). */
export interface StepAttempt {
  loadFactor: number;
  outcome: 'converged' | 'unstable' | 'jumped' | 'inverted' | 'not-converged';
  residual: Float64Array;
  energy: Float64Array;
  correction: Float64Array;
}

/**
 * The last state of stable equilibrium that was found: that of the whole load when `outcome` is 'complete', else of the
 * share `loadFactor` of it. Stress is the Cauchy stress and strain the logarithmic one, both on the deformed body.
 */
export interface NonlinearSolution {
  outcome: 'complete' | 'limit-point' | 'inverted-elements' | 'not-converged';
  /** `outcome` in a sentence. */
  explanation: string;
  loadFactor: number;
  displacement: Float64Array;
  reactions: Float64Array;
  /** 3n, N: the dead loads that were carried, and the pressures on the sides as they lie then. */
  externalForces: Float64Array;
  /** One an equation, as of a static solution. */
  constraintForces: Float64Array;
  stress: Float64Array;
  strain: Float64Array;
  vonMises: Float64Array;
  principal: Float64Array;
  elementError: Float64Array;
  stressSpread: Float64Array;
  relativeEnergyError: number;
  strainEnergy_N_mm: number;
  /**
   * Work of loads and prescribed displacements along the path, by Simpson's rule between the load steps: equal to the
   * stored energy but for that rule's error (temperature changes add energy of their own).
   */
  externalWork_N_mm: number;
  /** Largest norm of the Green-Lagrange strain: St. Venant-Kirchhoff materials are good for a few per cent. */
  largestStrain: number;
  frames: LoadFrame[];
  /** One value for every state of equilibrium on the way, from the unloaded one. */
  curve: { loadFactor: Float64Array; largestDisplacement_mm: Float64Array; strainEnergy_N_mm: Float64Array };
  attempts: StepAttempt[];
  method: 'multigrid' | 'direct';
  /** Newton iterations in all, and those of the conjugate gradients within them. */
  iterations: number;
  linearIterations: number;
  relativeResidual: number;
  degreesOfFreedom: number;
  seconds: { solve: number; recover: number };
}

/** Rejects like solveStatic; a load that cannot be carried is no error but an `outcome`. */
export function solveNonlinear(model: NonlinearModel, options?: NonlinearOptions): Promise<NonlinearSolution>;

/** Bytes the solution is expected to need at its peak, from the mesh's size alone. */
export function estimateNonlinearMemory(nodeCount: number, elementCount: number, method: SolverMethod): number;

/** Forces at a displacement (3n, mm), and the tangent there times a direction (3n): for checks against differences. */
export function nonlinearTangent(
  model: NonlinearModel,
  displacement: Float64Array,
  direction: Float64Array,
  loadFactor: number,
): {
  internalForces: Float64Array;
  externalForces: Float64Array;
  tangentProduct: Float64Array;
  storedEnergy_N_mm: number;
};

/** Options of `solveModes`; `tolerance` is the residual in the energy norm (default 1e-5: frequencies to about 1e-9). */
export interface ModalOptions extends SolveOptions {
  /** Modes wanted beside motions as a rigid body, which come first; default 10. */
  modeCount?: number;
  /** 3n, mm: displacement of the static state (with the model's temperature change) whose stress stiffens the model. */
  prestressDisplacement?: Float64Array | null;
  /** Nodes at which connections under that state have stress stiffness of their own, and its symmetric 3x3 blocks, N/mm. */
  prestressNodes?: Int32Array;
  prestressBlocks?: Float64Array;
  /** Look for motions as a rigid body; default true. Without, the caller knows that there are none. */
  mayMove?: boolean;
  /** Recover stress, and from it the error estimate, of every mode; default true. */
  recoverStress?: boolean;
}

/** k modes: motions as a rigid body, then the lowest of the others. Prescribed displacements count as zero. */
export interface ModalSolution {
  /** k, squares of the circular frequencies, 1/s^2; exactly 0 for rigid-body motions. */
  eigenvalues: Float64Array;
  /** 3nk, mm: mode after mode, global axes, scaled to a modal mass of 1 tonne; the largest component is positive. */
  shapes: Float64Array;
  /** 6k: modal participation in motions of the ground along x, y, z (sqrt(t)) and turns about the axes through the centre
   * of mass (sqrt(t) mm). Squared they are the effective masses (t) and inertias (t mm^2). */
  participation: Float64Array;
  /** k: work of the model's loads (forces, gravity, temperature) on each shape, N mm. */
  modalForces: Float64Array;
  /** k: |K x - lambda M x| / |K x| with the true matrices (shifted where the model is free). */
  residuals: Float64Array;
  /** k: estimated relative error of each frequency by discretisation; it lies above the exact one. Empty when not asked. */
  errorEstimates: Float64Array;
  /** 6nk and nk, MPa, of the shapes as they are scaled. Empty when not asked. */
  stress: Float64Array;
  vonMises: Float64Array;
  totalMass_t: number;
  centreOfMass_mm: Float64Array;
  /** 9, about the centre of mass, t mm^2. */
  inertia_t_mm2: Float64Array;
  /** How many of the first modes are motions as a rigid body. */
  rigidModes: number;
  /** True when a count of eigenvalues by inertia has shown that none is missing (direct method). The multigrid method
   * instead lets random vectors into the converged basis and iterates them to find what may have been missed. */
  countedByInertia: boolean;
  method: 'multigrid' | 'direct';
  iterations: number;
  degreesOfFreedom: number;
  seconds: { assemble: number; factorise: number; solve: number; recover: number };
}

/** Natural frequencies and modes. Rejects like `solveStatic`; 'singular' too when the pre-stress buckles the model. */
export function solveModes(model: StaticModel, options?: ModalOptions): Promise<ModalSolution>;

export interface BucklingOptions extends SolveOptions {
  /** 3n, mm: displacement of the static state (with the model's temperature change) whose loads the factors multiply. */
  displacement: Float64Array;
  /** Positive factors wanted, default 5. */
  modeCount?: number;
  /** Negative factors wanted (loads reversed), nearest to zero first; default 1. */
  negativeCount?: number;
  /** Nodes at which connections under that state have stress stiffness of their own, and its symmetric 3x3 blocks, N/mm. */
  stressNodes?: Int32Array;
  stressBlocks?: Float64Array;
  /** 3n, mm: a static state (without temperatures) that is there already and that the factors do not multiply. */
  prestressDisplacement?: Float64Array | null;
  prestressNodes?: Int32Array;
  prestressBlocks?: Float64Array;
}

export interface BucklingSolution {
  /** Ascending. Factors over 10,000 times the smallest of either sign are left out: there may be none. */
  factors: Float64Array;
  /** 3n each, global axes, largest component 1 mm. */
  shapes: Float64Array;
  residuals: Float64Array;
  /** Estimated relative error of each factor by discretisation; it lies above the exact one. */
  errorEstimates: Float64Array;
  negativeFactors: Float64Array;
  negativeShapes: Float64Array;
  countedByInertia: boolean;
  method: 'multigrid' | 'direct';
  iterations: number;
  degreesOfFreedom: number;
  seconds: { assemble: number; factorise: number; solve: number; recover: number };
}

/** Linear buckling: (K + factor Kg) x = 0, Kg the geometric stiffness of the static state's stress. */
export function solveBuckling(model: StaticModel, options: BucklingOptions): Promise<BucklingSolution>;

/** Bytes that solveModes or solveBuckling is expected to need at its peak for so many pairs. */
export function estimateEigenMemory(
  nodeCount: number,
  elementCount: number,
  pairs: number,
  method: SolverMethod,
): number;

export interface MeshQuality {
  /** m, minimum over the integration and corner points of det J over its mean: <= 0 is inverted, 1 is ideal. */
  scaledJacobian: Float64Array;
  minimumScaledJacobian: number;
  /** Elements with a non-positive Jacobian anywhere it was sampled. */
  invertedElements: Int32Array;
  volume_mm3: number;
}
export function meshQuality(nodes: Float64Array, elements: Int32Array): MeshQuality;

export const version: string;

/** Where the build puts the mesher: `artificer-mesher IN.brep OUT.bin OPTIONS.json`. */
export const mesherPath: string;
/** Whether the addon and the mesher have been built; using the addon before throws an Error with code 'native-missing'. */
export function isBuilt(): boolean;
export function isMesherBuilt(): boolean;

/** A quantity with its explicit derivatives (3n each): by displacement, and by the nodes' coordinates; the other held. */
export interface Differentiated {
  value: number;
  byDisplacement: Float64Array;
  byNodes: Float64Array;
}

/**
 * Exact derivatives of discrete quantities by the nodes' coordinates at fixed topology; see src/sensitivity. Keeps a checked
 * copy of the model; loads and restraints of it do not matter. Its calls are passes over the elements and run where they are
 * called; they throw Errors with `code`.
 */
export class ShapeDerivatives {
  constructor(model: StaticModel);
  /** d/dX of adjoint . (K u - f_thermal), N (3n). Elastic supports are not in it. */
  internalWork(displacement: Float64Array, adjoint: Float64Array): Float64Array;
  /** a . M b and its derivative by X. With a constant acceleration for b: the work of a body force. tonne mm^2. */
  massWork(a: Float64Array, b: Float64Array): { value: number; byNodes: Float64Array };
  /** mode . K_sigma(u) mode, N mm. */
  geometricWork(displacement: Float64Array, mode: Float64Array): Differentiated;
  /**
   * (sum sigma^exponent)^(1/exponent) of von Mises stress at the integration points, MPa: never below their maximum.
   * @param leftOut m values, not zero for elements whose stress is no property of the part; or null
   */
  stressAggregate(
    displacement: Float64Array,
    exponent: number,
    leftOut: Int32Array | null,
  ): Differentiated & { maximum_MPa: number; element: number };
}

/** How the nodes inside a mesh follow its surface: a linear map and its transpose. `surface`: n marks of given nodes. */
export class MeshMotion {
  constructor(nodes: Float64Array, elements: Int32Array, surface: Int32Array);
  /** The movement of all nodes (3n, mm) that goes with the surface's. */
  extend(movement: Float64Array): Float64Array;
  /** Derivatives by all nodes (3n) brought to the surface's nodes. */
  gather(gradient: Float64Array): Float64Array;
}

/**
 * A box of equal cells whose stiffness is constant along the third direction, solved again and again with other stiffnesses:
 * what topology optimisation of milled parts asks for. Node (i, j, k) has the number (i (cellsY + 1) + j) (layers + 1) + k,
 * column (i, j) of cells the number i cellsY + j. With 0 layers: plane stress of thickness `depth`, one node a corner, third
 * degrees of freedom held. n nodes, c columns, l load cases.
 */
export interface LayeredGridModel {
  cellsX: number;
  cellsY: number;
  layers: number;
  /** mm. */
  cellX: number;
  cellY: number;
  /** Of all layers together, mm. */
  depth: number;
  poisson: number;
  /** Whether elements have incompatible bending modes (Wilson et al. 1973). */
  bending: boolean;
  /** 3n, not zero where a degree of freedom is held at 0. */
  fixed: Int32Array;
  /** 3n l, N. */
  forces: Float64Array;
}
export interface LayeredGridSolution {
  /** 3n l, mm. */
  displacement: Float64Array;
  /** c l: u . K u of each column at a Young's modulus of 1 MPa. */
  energy: Float64Array;
  /** l: f . u, N mm. */
  compliance: Float64Array;
}
export class LayeredGrid {
  /** Throws 'bad-model', 'out-of-memory'. */
  constructor(model: LayeredGridModel);
  /** One at a time. @param youngs c, MPa, above 0. Rejects with 'bad-model', 'singular', 'cancelled', 'out-of-memory'. */
  solve(
    youngs: Float64Array,
    options?: { cancel?: Int32Array; onProgress?: (progress: SolveProgress) => void; threads?: number },
  ): Promise<LayeredGridSolution>;
}

/**
 * The mesher's bundle (format: preload/contract/bundle.ts) for n nodes, m elements, f facets. Faces, edges and vertices are
 * numbered as TopExp::MapShapes numbers those of the whole input shape, solids as TopExp_Explorer meets them; all 0-based.
 */
export interface MeshBundleArrays {
  /** 3n, mm. */
  nodes: Float64Array;
  /** 10m. */
  elements: Int32Array;
  /** m: the solid each element fills. */
  elementSolid: Int32Array;
  /** 6f, outward of facetElement. Faces that two solids share appear once. */
  facets: Int32Array;
  facetFace: Int32Array;
  facetElement: Int32Array;
  /** The element on the other side of a face that two solids share; -1 on the outside. */
  facetOtherElement: Int32Array;
  /** Nodes of edge i: edgeNodes[edgeOffsets[i] .. edgeOffsets[i + 1]]. */
  edgeOffsets: Int32Array;
  edgeNodes: Int32Array;
  /** Node at each vertex, or -1 where the mesh has none. */
  vertexNodes: Int32Array;
  /** All nodes at each vertex: more than one where solids that are not connected meet. */
  vertexNodeOffsets: Int32Array;
  vertexNodeLists: Int32Array;
}
