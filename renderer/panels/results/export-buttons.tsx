import type { ResultEntry } from '../../../preload/contract/index.ts';
import { attempt } from '../../actions/edit.ts';
import { downloadJob } from '../../actions/files.ts';
import { runCommand } from '../../commands/index.ts';
import { engine } from '../../engine/connection.ts';
import { shell } from '../../engine/shell.ts';
import { framesOf } from '../../state/frames.ts';
import { useResults } from '../../state/results.ts';
import { Button } from '../../ui/button.tsx';
import { Group } from '../../ui/group.tsx';

const FORMATS = [
  { format: 'vtu', label: 'VTU', title: 'All fields of all frames, for ParaView' },
  { format: 'csv', label: 'CSV', title: 'Values at the nodes in the frame that is shown, for a spreadsheet' },
  { format: 'inp', label: 'INP', title: 'The whole study as a CalculiX deck' },
] as const;

async function save(entry: ResultEntry, format: (typeof FORMATS)[number]['format'], name: string): Promise<void> {
  const frame = Math.min(useResults.getState().display.frame, framesOf(entry).length - 1);
  const fileName = format === 'csv' && frame > 0 ? `${name} ${frame + 1}.csv` : `${name}.${format}`;
  const choose = shell()?.chooseSavePath;
  const path = choose ? await choose(fileName) : undefined;
  if (path === null) return;
  const { jobId } = await engine()['studies.export']({
    studyId: entry.studyId,
    inputHash: entry.inputHash,
    format,
    ...(format === 'csv' && frame > 0 ? { frame } : {}),
    ...(path ? { path } : {}),
  });
  await downloadJob(jobId, fileName);
}

export function ExportButtons({ entry, name }: { entry: ResultEntry; name: string }) {
  return (
    <Group title="Export" closed>
      <div className="export-buttons">
        {FORMATS.map(({ format, label, title }) => (
          <Button key={format} title={title} onClick={() => void attempt(() => save(entry, format, name))}>
            {label}
          </Button>
        ))}
        <Button title="The picture as it is shown" onClick={() => void runCommand('file.picture')}>
          PNG
        </Button>
      </div>
    </Group>
  );
}
