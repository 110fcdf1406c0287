/** Every format this folder knows by name: what people call it, and what to ask for where it cannot be read. */

export interface KnownFormat {
  label: string;
  readable: boolean;
  endings: readonly string[];
  advice?: string;
}

const STEP = 'STEP (AP242 or AP214)';
const readable = (label: string, ...endings: string[]): KnownFormat => ({ label, readable: true, endings });
const unreadable = (label: string, advice: string, ...endings: string[]): KnownFormat => ({
  label,
  readable: false,
  endings,
  advice,
});
const saveAs = (system: string, where: string): string => `In ${system}, use ${where} and choose ${STEP}.`;

const KERNEL_ADVICE = `Ask for ${STEP} from the system that wrote it; every system that writes this format also writes STEP.`;
const NOT_CAD = 'Choose a STEP, IGES, BREP, STL, OBJ, PLY, 3MF or glTF file.';
const MESH_ADVICE = 'Export it as glTF (GLB), OBJ or STL, or the CAD model it came from as STEP.';

export const CATALOGUE = {
  step: readable('STEP', 'step', 'stp', 'p21'),
  iges: readable('IGES', 'iges', 'igs'),
  brep: readable('OpenCascade BREP', 'brep', 'brp', 'bin'),
  stl: readable('STL', 'stl', 'stla', 'stlb'),
  obj: readable('Wavefront OBJ', 'obj'),
  ply: readable('PLY', 'ply'),
  '3mf': readable('3MF', '3mf'),
  gltf: readable('glTF', 'gltf'),
  glb: readable('glTF binary (GLB)', 'glb'),

  'parasolid-text': unreadable('Parasolid text (X_T)', KERNEL_ADVICE, 'x_t', 'xmt_txt'),
  'parasolid-binary': unreadable('Parasolid binary (X_B)', KERNEL_ADVICE, 'x_b', 'xmt_bin'),
  'parasolid-zip': unreadable('Zipped Parasolid', KERNEL_ADVICE),
  'acis-text': unreadable('ACIS text (SAT)', KERNEL_ADVICE, 'sat'),
  'acis-binary': unreadable('ACIS binary (SAB)', KERNEL_ADVICE, 'sab'),
  jt: unreadable('JT', `Ask for ${STEP} from NX, Teamcenter or the viewer that wrote it.`, 'jt'),
  solidworks: unreadable('SolidWorks', saveAs('SolidWorks', 'File > Save As'), 'sldprt', 'sldasm', 'slddrw'),
  'catia-v5': unreadable('CATIA V5', saveAs('CATIA', 'File > Save As'), 'catpart', 'catproduct', 'catdrawing', 'cgr'),
  'catia-v4': unreadable('CATIA V4', saveAs('CATIA', 'File > Save As'), 'model', 'exp', 'session'),
  '3dxml': unreadable('3DXML', saveAs('CATIA or 3DEXPERIENCE', 'Export'), '3dxml'),
  nx: unreadable('Siemens NX', saveAs('NX', 'File > Export > STEP')),
  creo: unreadable('Creo (Pro/ENGINEER)', saveAs('Creo', 'File > Save As > Save a Copy')),
  inventor: unreadable(
    'Autodesk Inventor',
    saveAs('Inventor', 'File > Export > CAD Format'),
    'ipt',
    'iam',
    'idw',
    'ipn',
  ),
  'solid-edge': unreadable('Solid Edge', saveAs('Solid Edge', 'File > Save As'), 'par', 'psm', 'pwd', 'dft'),
  f3d: unreadable('Autodesk Fusion', saveAs('Fusion', 'File > Export'), 'f3d', 'f3z'),
  fcstd: unreadable('FreeCAD', saveAs('FreeCAD', 'File > Export'), 'fcstd'),
  rhino: unreadable('Rhino (3DM)', saveAs('Rhino', 'File > Export Selected'), '3dm'),
  dwg: unreadable(
    'AutoCAD DWG',
    'For a solid, use EXPORT in AutoCAD and choose STEP (or ACIS, then STEP from another system).',
    'dwg',
  ),
  dxf: unreadable('DXF drawing', 'Drawings cannot be read yet. Ask for the 3D model as STEP.', 'dxf'),
  sketchup: unreadable('SketchUp', MESH_ADVICE, 'skp'),
  revit: unreadable(
    'Revit',
    'Ask for the part as STEP; Revit exports STEP through SAT and another system.',
    'rvt',
    'rfa',
  ),
  ifc: unreadable(
    'IFC building model',
    'Ask for the part as STEP (AP214 or AP242): IFC is written in the same syntax, but describes buildings.',
    'ifc',
    'ifczip',
    'ifcxml',
  ),
  'step-zip': unreadable(
    'Zipped STEP (STPZ)',
    'Unpack it with any zip program and open the STEP file inside.',
    'stpz',
    'stepz',
  ),
  'step-gzip': unreadable('Compressed STEP (STPZ)', 'Unpack it (gunzip, 7-Zip) and open the STEP file inside.'),
  'step-xml': unreadable(
    'STEP-XML',
    'Ask for the same model as an ordinary STEP file (.stp), with the geometry inside.',
    'stpx',
    'p28',
    'stpxz',
  ),
  plmxml: unreadable(
    'PLM XML',
    `Ask for ${STEP}: PLM XML holds the structure, and the geometry lies elsewhere.`,
    'plmxml',
  ),
  vrml: unreadable('VRML', MESH_ADVICE, 'wrl', 'vrml'),
  x3d: unreadable('X3D', MESH_ADVICE, 'x3d', 'x3dv'),
  collada: unreadable('COLLADA', MESH_ADVICE, 'dae'),
  fbx: unreadable('FBX', MESH_ADVICE, 'fbx'),
  '3ds': unreadable('3D Studio', MESH_ADVICE, '3ds'),
  max: unreadable('3ds Max', MESH_ADVICE, 'max'),
  maya: unreadable('Maya', MESH_ADVICE, 'ma', 'mb'),
  blender: unreadable('Blender', MESH_ADVICE, 'blend'),
  cinema4d: unreadable('Cinema 4D', MESH_ADVICE, 'c4d'),
  usd: unreadable('USD', MESH_ADVICE, 'usd', 'usda', 'usdc', 'usdz'),
  amf: unreadable('AMF', 'Export it as 3MF or STL.', 'amf'),
  off: unreadable('OFF', 'Export it as STL, OBJ or PLY.', 'off'),
  lightwave: unreadable('LightWave', MESH_ADVICE, 'lwo'),
  u3d: unreadable('U3D', `Ask for ${STEP}: U3D is made for showing only.`, 'u3d'),
  prc: unreadable('PRC', `Ask for ${STEP} from the system that wrote it.`, 'prc'),
  'pdf-3d': unreadable(
    '3D PDF',
    `Ask for ${STEP}. Some 3D PDFs carry one as an attachment: open it in a PDF reader and look there.`,
  ),
  pdf: unreadable('PDF', 'This is a document. Ask for the 3D model as STEP.', 'pdf'),
  openscad: unreadable('OpenSCAD script', 'Render it in OpenSCAD and export 3MF or STL.', 'scad'),
  'fea-deck': unreadable(
    'Finite-element deck',
    'This is an analysis, not a shape. Ask for the CAD model as STEP.',
    'inp',
    'bdf',
    'nas',
    'fem',
    'unv',
    'cdb',
    'msh',
    'k',
  ),
  'fea-result': unreadable(
    'Finite-element result',
    'This is an analysis, not a shape. Ask for the CAD model as STEP.',
    'frd',
    'f06',
    'op2',
    'vtu',
    'vtk',
    'odb',
  ),
  gcode: unreadable('Machine code', 'Ask for the 3D model as STEP, or as 3MF or STL.', 'gcode', 'nc', 'tap'),
  artificer: unreadable('Artificer project', 'Open it with Open Project instead of importing it.', 'artificer'),
  sqlite: unreadable('SQLite database', NOT_CAD, 'sqlite', 'db'),
  svg: unreadable('SVG drawing', 'Drawings cannot be read. Ask for the 3D model as STEP.', 'svg'),
  image: unreadable(
    'Image',
    'This is a picture. Ask for the 3D model as STEP.',
    'png',
    'jpg',
    'jpeg',
    'gif',
    'bmp',
    'tif',
    'tiff',
    'webp',
    'ico',
    'psd',
    'heic',
  ),
  video: unreadable('Video', NOT_CAD, 'mp4', 'mov', 'avi', 'mkv', 'webm'),
  office: unreadable(
    'Office document',
    'This is a document. Ask for the 3D model as STEP.',
    'doc',
    'docx',
    'xls',
    'xlsx',
    'ppt',
    'pptx',
    'odt',
    'ods',
    'rtf',
  ),
  html: unreadable(
    'Web page',
    'This is probably the page of a download, not the file itself. Download it again.',
    'html',
    'htm',
  ),
  xml: unreadable('XML', NOT_CAD, 'xml'),
  json: unreadable('JSON', NOT_CAD, 'json'),
  executable: unreadable(
    'Program',
    'This is a program, not a model. Do not run it unless you know where it came from.',
    'exe',
    'dll',
    'so',
    'dylib',
    'msi',
  ),
  script: unreadable('Script', NOT_CAD, 'sh', 'py', 'js'),
  archive: unreadable(
    'Archive',
    'Unpack it and open the CAD file inside.',
    'zip',
    '7z',
    'rar',
    'gz',
    'tar',
    'xz',
    'bz2',
    'zst',
  ),
  ole: unreadable('Compound document', `It may be a native CAD part. Ask for ${STEP} from the system that wrote it.`),
  text: unreadable('Text', NOT_CAD, 'txt', 'csv', 'log', 'md'),
  empty: unreadable('Empty file', 'The copy was probably interrupted. Ask for the file again.'),
  unknown: unreadable('Unknown file', `This is no format that Artificer knows. ${NOT_CAD}`),
} as const satisfies Record<string, KnownFormat>;

export type FormatName = keyof typeof CATALOGUE;

const BY_ENDING = new Map<string, FormatName>();
for (const [name, { endings }] of Object.entries(CATALOGUE))
  for (const ending of endings) BY_ENDING.set(ending, name as FormatName);

/** Creo numbers its versions: `bracket.prt.12`. The ending `.prt` alone may be NX or Creo. */
export function formatOfEnding(fileName: string): FormatName | undefined {
  const base = (fileName.split(/[\\/]/).pop() ?? '').toLowerCase();
  if (/\.(prt|asm|drw)\.\d+$/.test(base)) return 'creo';
  const ending = /\.([^.]+)$/.exec(base)?.[1] ?? '';
  if (ending === 'asm') return 'creo';
  if (ending === 'prt') return 'nx';
  return BY_ENDING.get(ending);
}
