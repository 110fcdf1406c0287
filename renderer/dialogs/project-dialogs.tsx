import { useEffect, useState } from 'react';
import { attempt } from '../actions/edit.ts';
import { openProject } from '../actions/files.ts';
import { engine } from '../engine/connection.ts';
import { shell } from '../engine/shell.ts';
import { useDocument } from '../state/document.ts';
import { closeDialog, toast } from '../state/ui.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check } from '../ui/fields.tsx';
import { Icon } from '../ui/icons.tsx';

type Recent = Awaited<ReturnType<ReturnType<typeof engine>['app.recent']>>;

function PathField(props: { id: string; value: string; onChange: (value: string) => void; save?: string }) {
  const desktop = shell();
  const browse = async () => {
    const path = props.save ? await desktop!.chooseSavePath(props.save) : await desktop!.chooseOpenPath('project');
    if (path) props.onChange(path);
  };
  return (
    <div className="path-field">
      <input
        id={props.id}
        className="field"
        value={props.value}
        placeholder="/home/you/Bracket.artificer"
        spellCheck={false}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      {desktop && <Button onClick={() => void browse()}>Browse…</Button>}
    </div>
  );
}

export function OpenProjectDialog() {
  const [path, setPath] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [recent, setRecent] = useState<Recent>([]);
  useEffect(() => {
    void attempt(async () => setRecent(await engine()['app.recent']({})));
  }, []);
  const open = async (chosen: string) => {
    if (chosen && (await openProject(chosen, passphrase || undefined))) closeDialog();
  };
  return (
    <Dialog
      title="Open project"
      testId="open-project"
      onClose={closeDialog}
      onSubmit={() => void open(path)}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={path.trim() === ''}>
            Open
          </Button>
        </>
      }
    >
      <div className="form">
        <label htmlFor="open-path">Path of the project</label>
        <PathField id="open-path" value={path} onChange={setPath} />
        <label htmlFor="open-passphrase">Passphrase</label>
        <input
          id="open-passphrase"
          className="field"
          type="password"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <p className="hint">Only for a project that was protected with one.</p>
        {recent.length > 0 && (
          <div className="form-wide">
            <h3 className="form-heading">Recent</h3>
            <ul className="recent">
              {recent.map((project) => (
                <li key={project.path}>
                  <button
                    type="button"
                    className="recent-line"
                    disabled={!project.exists}
                    onClick={() => void open(project.path)}
                  >
                    <Icon name="file" />
                    <span className="strong">{project.name}</span>
                    <span className="muted truncate">{project.exists ? project.path : `${project.path} (gone)`}</span>
                    <time className="muted">{new Date(project.openedAt).toLocaleDateString()}</time>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}

/** Two fields that must agree, where a passphrase is wanted. */
function NewPassphrase(props: { onChange: (passphrase: string | null | undefined) => void }) {
  const [wanted, setWanted] = useState(false);
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const { onChange } = props;
  useEffect(() => {
    onChange(!wanted ? undefined : first !== '' && first === second ? first : null);
  }, [wanted, first, second, onChange]);
  return (
    <>
      <span className="form-label">Protection</span>
      <Check label="Encrypt with a passphrase" checked={wanted} onChange={setWanted} />
      {wanted && (
        <>
          <label htmlFor="passphrase-first">Passphrase</label>
          <input
            id="passphrase-first"
            className="field"
            type="password"
            autoComplete="new-password"
            value={first}
            onChange={(event) => setFirst(event.currentTarget.value)}
          />
          <label htmlFor="passphrase-second">Once more</label>
          <input
            id="passphrase-second"
            className="field"
            type="password"
            autoComplete="new-password"
            value={second}
            aria-invalid={second !== '' && first !== second}
            onChange={(event) => setSecond(event.currentTarget.value)}
          />
          <p className="hint">Without it nobody can open the file again, we neither.</p>
        </>
      )}
    </>
  );
}

export function NewProjectDialog() {
  const [name, setName] = useState('Untitled');
  const [path, setPath] = useState('');
  const [passphrase, setPassphrase] = useState<string | null | undefined>(undefined);
  const create = async () => {
    const done = await attempt(() =>
      engine()['project.create']({
        name: name.trim() || 'Untitled',
        ...(path.trim() ? { path: path.trim() } : {}),
        ...(passphrase ? { passphrase } : {}),
      }),
    );
    if (done) closeDialog();
  };
  return (
    <Dialog
      title="New project"
      testId="new-project"
      onClose={closeDialog}
      onSubmit={() => void create()}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={passphrase === null}>
            Create
          </Button>
        </>
      }
    >
      <div className="form">
        <label htmlFor="new-name">Name</label>
        <input id="new-name" className="field" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <label htmlFor="new-path">Keep it at</label>
        <PathField id="new-path" value={path} onChange={setPath} save={`${name || 'Untitled'}.artificer`} />
        <p className="hint">Leave it empty to begin at once; Artificer keeps the file until you save it elsewhere.</p>
        <NewPassphrase onChange={setPassphrase} />
      </div>
    </Dialog>
  );
}

export function SaveAsDialog() {
  const project = useDocument((state) => state.project);
  const [path, setPath] = useState(project?.path ?? '');
  const [overwrite, setOverwrite] = useState(false);
  const [passphrase, setPassphrase] = useState<string | null | undefined>(undefined);
  const save = async () => {
    const saved = await attempt(() =>
      engine()['project.saveAs']({ path: path.trim(), overwrite, ...(passphrase ? { passphrase } : {}) }),
    );
    if (!saved) return;
    closeDialog();
    toast(`Saved as ${saved.name}`);
  };
  return (
    <Dialog
      title="Save as"
      testId="save-as"
      onClose={closeDialog}
      onSubmit={() => void save()}
      foot={
        <>
          <span className="muted small">Every change is saved as it is made; this makes another file.</span>
          <span className="spacer" />
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={path.trim() === '' || passphrase === null}>
            Save
          </Button>
        </>
      }
    >
      <div className="form">
        <label htmlFor="save-path">Path</label>
        <PathField id="save-path" value={path} onChange={setPath} save={`${project?.name ?? 'Untitled'}.artificer`} />
        <span className="form-label">If it exists</span>
        <Check label="Replace it" checked={overwrite} onChange={setOverwrite} />
        <NewPassphrase onChange={setPassphrase} />
      </div>
    </Dialog>
  );
}
