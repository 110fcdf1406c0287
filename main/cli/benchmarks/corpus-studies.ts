/** Ten parts of the corpus, each with a study that needs no names of faces: one end held, a traction on another. */
export interface CorpusStudy {
  /** Below the corpus' folder. */
  file: string;
  /** Name of the part within the file, where it has several. */
  part?: string;
  /** Planar faces at an end of the part, as selectors. */
  held: string;
  loaded: string;
  traction_MPa: [number, number, number];
  /** Largest element edge of ours and of the other mesher's coarser mesh, mm. */
  size_mm: number;
  /**
   * Elements around a full circle, on the other mesher's coarser and finer mesh, where the usual ones would make more equations
   * of many small holes and rounds than CalculiX's direct solver (SPOOLES) has memory and patience for: these parts had 450,000
   * to 1,100,000 on the coarser mesh alone. Fewer make that mesh's own error larger, which is part of what is compared.
   */
  aroundCircle?: [coarse: number, fine: number];
  /** A sharp inner edge bears much of the load: it has to be named, and the largest stress to be warned of. */
  sharpInnerEdge?: boolean;
}

export const CORPUS_STUDIES: CorpusStudy[] = [
  {
    file: 'aero/ahmed_body_25deg_generated.step',
    held: 'faces >X',
    loaded: 'faces <X',
    traction_MPa: [5, 0, -2],
    size_mm: 45,
  },
  { file: 'brep/cylinderSeam1.brep', held: 'faces <Z', loaded: 'faces >Z', traction_MPa: [0, 4, 10], size_mm: 0.5 },
  { file: 'iges/Cube 10x10.igs', held: 'faces <Y', loaded: 'faces >Y', traction_MPa: [10, 20, 0], size_mm: 1.2 },
  { file: 'nasty/utf8_bom.step', held: 'faces <X', loaded: 'faces >X', traction_MPa: [20, 0, -10], size_mm: 3 },
  {
    file: 'step/hole_model.stp',
    held: 'faces <X',
    loaded: 'faces >X',
    traction_MPa: [0, 0, -3],
    size_mm: 6,
    aroundCircle: [4, 6],
  },
  {
    file: 'step/as1-oc-214.stp',
    part: 'l-bracket',
    // Held at the end of one leg and pulled sideways at that of the other: the sharp corner between them is on the load's way.
    held: 'faces >Y',
    loaded: 'faces >X',
    traction_MPa: [0, 0, 1],
    size_mm: 5,
    sharpInnerEdge: true,
  },
  {
    file: 'step/as1-oc-214.stp',
    part: 'plate',
    held: 'faces <X',
    loaded: 'faces >X',
    traction_MPa: [0, 0, -1],
    size_mm: 10,
  },
  {
    file: 'step/V5_Imported_Into_NX.stp',
    held: 'faces <X',
    loaded: 'faces >X',
    traction_MPa: [30, 0, -10],
    size_mm: 10,
    aroundCircle: [4, 7],
  },
  {
    file: 'step/nist_ctc_01_asme1_ct5210_rd-V5R29.stp',
    held: 'faces <X',
    loaded: 'faces >X',
    traction_MPa: [0, 0, -2],
    size_mm: 50,
    aroundCircle: [6, 8],
  },
  {
    file: 'step/NIST_MBE_PMI_6.stp',
    held: 'faces <Z',
    loaded: 'faces >Z',
    traction_MPa: [0, 2, 0],
    size_mm: 30,
    aroundCircle: [4, 5],
  },
];
