import { useState } from 'react';
import { attempt } from '../actions/edit.ts';
import { chooseAndImport, downloadJob } from '../actions/files.ts';
import { engine } from '../engine/connection.ts';
import { shell } from '../engine/shell.ts';
import { useDocument } from '../state/document.ts';
import { selectedInstanceIds, useSelection } from '../state/selection.ts';
import { useSettings } from '../state/settings.ts';
import { closeDialog } from '../state/ui.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check, QuantityField, Segments, Select } from '../ui/fields.tsx';

export function ImportDialog() {
  const [heal, setHeal] = useState(useSettings.getState().healOnImport);
  const choose = () => {
    closeDialog();
    void chooseAndImport(heal);
  };
  return (
    <Dialog
      title="Import with options"
      testId="import-options"
      onClose={closeDialog}
      onSubmit={choose}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit">
            Choose files…
          </Button>
        </>
      }
    >
      <div className="form">
        <span className="form-label">Shapes</span>
        <Check label="Heal while importing" checked={heal} onChange={setHeal} />
        <p className="hint">
          Sews gaps, repairs wires and tolerances, and reports what was changed. Slower; worth it for files of old
          systems and for parts that do not mesh.
        </p>
      </div>
    </Dialog>
  );
}

const FORMATS = [
  { value: 'step', label: 'STEP (.step)', mesh: false },
  { value: 'brep', label: 'OpenCascade BREP (.brep)', mesh: false },
  { value: 'stl', label: 'STL triangles (.stl)', mesh: true },
  { value: 'obj', label: 'OBJ triangles (.obj)', mesh: true },
  { value: 'ply', label: 'PLY triangles (.ply)', mesh: true },
  { value: '3mf', label: '3MF for printing (.3mf)', mesh: true },
  { value: 'glb', label: 'glTF binary (.glb)', mesh: true },
] as const;
type Format = (typeof FORMATS)[number]['value'];

export function ExportDialog() {
  const selected = useSelection((state) => state.items.length);
  const project = useDocument((state) => state.project);
  const [format, setFormat] = useState<Format>('step');
  const [scope, setScope] = useState<'all' | 'selection'>(selected > 0 ? 'selection' : 'all');
  const [deflection, setDeflection] = useState<number | undefined>(undefined);
  const isMesh = FORMATS.find(({ value }) => value === format)!.mesh;
  const save = async () => {
    const fileName = `${project?.name ?? 'export'}.${format}`;
    const choose = shell()?.chooseSavePath;
    const path = choose ? await choose(fileName) : undefined;
    if (path === null) return;
    closeDialog();
    await attempt(async () => {
      const { jobId } = await engine()['files.export']({
        format,
        ...(path ? { path } : {}),
        ...(scope === 'selection' ? { instanceIds: selectedInstanceIds() } : {}),
        ...(isMesh && deflection !== undefined ? { deflection_mm: deflection } : {}),
      });
      await downloadJob(jobId, fileName);
    });
  };
  return (
    <Dialog
      title="Export geometry"
      testId="export"
      onClose={closeDialog}
      onSubmit={() => void save()}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit">
            Export
          </Button>
        </>
      }
    >
      <div className="form">
        <span className="form-label">Format</span>
        <Select
          label="Format"
          value={format}
          options={FORMATS.map(({ value, label }) => ({ value, label }))}
          onChange={setFormat}
        />
        <span className="form-label">What</span>
        <div>
          <Segments
            label="What to export"
            value={scope}
            options={[
              { value: 'all', label: 'Everything' },
              { value: 'selection', label: `Selection (${selected})` },
            ]}
            onChange={(next) => setScope(selected > 0 ? next : 'all')}
          />
        </div>
        {isMesh && (
          <>
            <span className="form-label">Deviation</span>
            <QuantityField
              label="Largest deviation of the triangles"
              quantity="length"
              value={deflection}
              placeholder="chosen by size"
              minimum={1e-6}
              onCommit={setDeflection}
              onClear={() => setDeflection(undefined)}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}
