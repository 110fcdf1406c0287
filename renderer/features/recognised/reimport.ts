/** A new revision of an imported file: faces that are found again keep their names. */
import { attempt } from '../../actions/edit.ts';
import { engine } from '../../engine/connection.ts';
import { shell } from '../../engine/shell.ts';
import { upload } from '../../engine/upload.ts';
import { toast } from '../../state/ui.ts';
import { chooseFiles } from '../../ui/choose-files.ts';

type Origin = { path: string } | { uploadId: string; fileName: string };

async function read(sourceId: string, origin: Origin, name: string): Promise<void> {
  await attempt(async () => {
    const { jobId } = await engine()['parts.reimport']({ sourceId, ...origin });
    await engine()['jobs.wait']({ jobId });
    toast(`Read the new revision from ${name}`);
  });
}

export async function reimport(sourceId: string): Promise<void> {
  const choose = shell()?.chooseOpenPath;
  if (choose) {
    const path = await choose('geometry');
    if (path) await read(sourceId, { path }, path.split(/[\\/]/).at(-1) ?? path);
    return;
  }
  const [file] = await chooseFiles('File');
  if (!file) return;
  const uploadId = await attempt(() => upload(file, () => {}, new AbortController().signal));
  if (uploadId) await read(sourceId, { uploadId, fileName: file.name }, file.name);
}
