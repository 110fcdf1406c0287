import { useEffect, useState } from 'react';
import { chooseAndImport, importSample, openProject } from '../../actions/files.ts';
import { formatKeys, runCommand } from '../../commands/index.ts';
import { engine, useConnection } from '../../engine/connection.ts';
import { usePlanePicker } from '../../features/planes/plane-picking.ts';
import { openSample, useSampleParts } from '../../features/samples.tsx';
import { useDocument } from '../../state/document.ts';
import { runningJobs, useJobs } from '../../state/jobs.ts';
import { openDialog, useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { SAMPLES } from './samples.ts';

type Recent = Awaited<ReturnType<ReturnType<typeof engine>['app.recent']>>;

const STEPS = [
  { keys: 'Shift+s', text: 'Sketch' },
  { keys: 'Shift+e', text: 'Extrude' },
  { keys: '$mod+k', text: 'Find any command' },
  { keys: 'f', text: 'Fit the model in view' },
  { keys: 'Space', text: 'Choose a view' },
  { keys: 'F1', text: 'Help' },
];

/** What to do with an empty window. */
export function EmptyState() {
  const empty = useDocument((state) => state.placements.size === 0);
  const status = useConnection((state) => state.status);
  const busy = useUi((state) => state.uploads.length > 0);
  const importing = useJobs((state) => runningJobs(state.entries).some(({ job }) => job.kind === 'import'));
  const [recent, setRecent] = useState<Recent>([]);
  const path = useDocument((state) => state.project?.path);
  const parts = useSampleParts();
  const asksForPlane = usePlanePicker((state) => state.request !== null);

  useEffect(() => {
    if (!empty || status !== 'open') return;
    engine()
      ['app.recent']({})
      .then((list) => setRecent(list.filter(({ exists, path: other }) => exists && other !== path).slice(0, 4)))
      .catch(() => setRecent([]));
  }, [empty, status, path]);

  if (!empty || busy || importing || asksForPlane || status !== 'open') return null;
  return (
    <div className="viewport-cover" data-testid="empty-state">
      <div className="start-card">
        <div className="start-drop">
          <Icon name="import" size={28} />
          <div>
            <strong>Drop a CAD file here</strong>
            <p className="muted">STEP, IGES, BREP, STL, OBJ, PLY, 3MF or glTF, whole assemblies too.</p>
          </div>
          <Button kind="primary" icon="import" onClick={() => void chooseAndImport()}>
            Choose files…
          </Button>
        </div>
        <div className="start-ways">
          <Way
            icon="sketch"
            title="Draw a part"
            text="Sketch on a plane, make it a body."
            run={() => void runCommand('feature.sketch')}
          />
          <Way
            icon="layers"
            title="Open a sample"
            text="Real parts with parameters."
            run={() => openDialog('samples')}
          />
          <Way
            icon="target"
            title="Say what it must do"
            text="A brief in, designs out."
            run={() => void runCommand('design.open')}
          />
          <Way
            icon="import"
            title="Import a file"
            text="Edit it without a history."
            run={() => void chooseAndImport()}
          />
        </div>
        <div className="start-columns">
          <div>
            <h3>Start from a sample</h3>
            <ul>
              {parts.slice(0, 4).map((sample) => (
                <li key={sample.key}>
                  <button
                    type="button"
                    className="start-link"
                    title={sample.about}
                    onClick={() => void openSample(sample)}
                  >
                    <Icon name="part" />
                    <span className="truncate">{sample.title}</span>
                    <span className="spacer" />
                    <span className="muted small">{sample.parameters} parameters</span>
                  </button>
                </li>
              ))}
              {SAMPLES.map((sample) => (
                <li key={sample.name}>
                  <button type="button" className="start-link" onClick={() => void importSample(sample)}>
                    <Icon name="file" />
                    <span className="truncate">{sample.title}</span>
                  </button>
                </li>
              ))}
              <li>
                <button type="button" className="start-link" onClick={() => void runCommand('file.open')}>
                  <Icon name="open" />
                  <span>Open a project…</span>
                </button>
              </li>
              {recent.map((project) => (
                <li key={project.path}>
                  <button
                    type="button"
                    className="start-link"
                    title={project.path}
                    onClick={() => void openProject(project.path)}
                  >
                    <Icon name="history" />
                    <span className="truncate">{project.name}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
          <div>
            <h3>Good to know</h3>
            <ul>
              {STEPS.map(({ keys, text }) => (
                <li key={keys} className="start-key">
                  <span>{text}</span>
                  <kbd>{formatKeys(keys)}</kbd>
                </li>
              ))}
            </ul>
            <button type="button" className="start-link" onClick={() => openDialog('preferences')}>
              <Icon name="gear" />
              <span>Mouse like your other CAD…</span>
            </button>
          </div>
        </div>
      </div>
    </div>
  );
}

function Way({ icon, title, text, run }: { icon: IconName; title: string; text: string; run: () => void }) {
  return (
    <button type="button" className="start-way" onClick={run}>
      <Icon name={icon} size={20} />
      <span className="strong">{title}</span>
      <span className="muted small">{text}</span>
    </button>
  );
}
