/** Tools that take the design out of the project: models for other programs, drawing views. */
import { join } from 'node:path';
import * as v from 'valibot';
import { finish, refusal, viewOf } from './project-view.ts';
import { type DryRun, defineTool, type ToolContext } from './tool.ts';

const FORMATS = ['step', 'iges', 'stl', '3mf', 'obj', 'glb', 'dxf', 'svg'] as const;
type Format = (typeof FORMATS)[number];
const ENDINGS: Record<Format, string> = {
  step: 'stp',
  iges: 'igs',
  stl: 'stl',
  '3mf': '3mf',
  obj: 'obj',
  glb: 'glb',
  dxf: 'dxf',
  svg: 'svg',
};
const WORDS: Record<Format, string> = {
  step: 'STEP model',
  iges: 'IGES model',
  stl: 'STL triangles',
  '3mf': '3MF model for printing',
  obj: 'OBJ triangles',
  glb: 'GLB picture model',
  dxf: 'drawing views as DXF',
  svg: 'drawing views as SVG',
};

const Input = v.strictObject({
  formats: v.pipe(v.array(v.picklist(FORMATS)), v.minLength(1), v.maxLength(8)),
  folder: v.optional(
    v.pipe(
      v.string(),
      v.minLength(1),
      v.maxLength(4096),
      v.description('An existing folder. Left out: the files are offered for download.'),
    ),
  ),
});

export const exportModel = defineTool({
  name: 'export_model',
  title: 'Export',
  description:
    'Writes the design for other programs: STEP for a workshop, 3MF or STL for printing, DXF or SVG with drawing views. Nothing of the project changes.',
  input: Input,
  effect: 'files',
  dryRun: async (context, { formats, folder }): Promise<DryRun> => {
    const name = await baseName(context);
    return {
      text: `Write ${formats.map((format) => WORDS[format]).join(', ')}${folder ? ` into ${folder}` : ', to be downloaded'}.`,
      changes: formats.map((format) => ({ what: `${name}.${ENDINGS[format]}`, after: WORDS[format] })),
    };
  },
  run: async (context, { formats, folder }) => {
    const name = await baseName(context);
    const files: { fileName: string; path?: string; blobHash?: string; bytes: number }[] = [];
    const warnings: string[] = [];
    for (const format of formats) {
      const fileName = `${name}.${ENDINGS[format]}`;
      const { jobId } = await context.client['files.export']({
        format,
        ...(folder === undefined ? {} : { path: join(folder, fileName) }),
      });
      const written = (await finish(context, jobId)) as {
        path?: string;
        blobHash?: string;
        bytes: number;
        warnings?: { message: string }[];
      };
      for (const { message } of written.warnings ?? []) warnings.push(message);
      files.push({
        fileName,
        ...(written.path === undefined ? {} : { path: written.path }),
        ...(written.blobHash === undefined ? {} : { blobHash: written.blobHash }),
        bytes: written.bytes,
      });
    }
    return {
      text: `${folder === undefined ? 'Ready' : 'Written'}: ${files.map(({ fileName }) => fileName).join(', ')}.`,
      data: { files, warnings },
      files,
      ...(warnings.length > 0 ? { assumptions: warnings } : {}),
    };
  },
});

/** Made of the only part's or the project's name: nothing of it may mean something to a file system. */
async function baseName(context: ToolContext): Promise<string> {
  const view = await viewOf(context);
  if (view.parts.length === 0) throw refusal('agent.none', 'The project has no part to export.');
  const project = view.records.get('project_settings');
  const [part] = view.parts;
  const name = view.parts.length === 1 ? part!.name : project?.type === 'project' ? project.name : 'model';
  return (
    name
      .replace(/[^\p{L}\p{N} _-]/gu, '_')
      .trim()
      .slice(0, 80) || 'model'
  );
}

export const EXPORT_TOOLS = [exportModel];
