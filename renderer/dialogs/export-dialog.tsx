import { useState } from 'react';
import { makePick } from '../../main/document/index.ts';
import type { Reference } from '../../preload/contract/index.ts';
import { attempt } from '../actions/edit.ts';
import { downloadJob } from '../actions/files.ts';
import { engine } from '../engine/connection.ts';
import { shell } from '../engine/shell.ts';
import { featuresOf } from '../features/edits.ts';
import { recordOf, useDocument } from '../state/document.ts';
import { bodiesOf } from '../state/geometry.ts';
import { useActivePart } from '../state/parts.ts';
import { selectedInstanceIds, useSelection } from '../state/selection.ts';
import { closeDialog } from '../state/ui.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { QuantityField, Segments, Select } from '../ui/fields.tsx';

const FORMATS = [
  { value: 'step', label: 'STEP (.step)', mesh: false },
  { value: 'iges', label: 'IGES (.iges)', mesh: false },
  { value: 'brep', label: 'OpenCascade BREP (.brep)', mesh: false },
  { value: 'dxf', label: 'DXF drawing (.dxf)', mesh: false },
  { value: 'svg', label: 'SVG drawing (.svg)', mesh: false },
  { value: 'stl', label: 'STL triangles (.stl)', mesh: true },
  { value: 'obj', label: 'OBJ triangles (.obj)', mesh: true },
  { value: 'ply', label: 'PLY triangles (.ply)', mesh: true },
  { value: '3mf', label: '3MF for printing (.3mf)', mesh: true },
  { value: 'glb', label: 'glTF binary (.glb)', mesh: true },
] as const;
type Format = (typeof FORMATS)[number]['value'];

const SCHEMAS = [
  { value: 'AP242', label: 'AP242, the newest' },
  { value: 'AP214', label: 'AP214, for most systems' },
  { value: 'AP203', label: 'AP203, without colours' },
] as const;
type StepSchema = (typeof SCHEMAS)[number]['value'];

const VIEWS = ['front', 'back', 'left', 'right', 'top', 'bottom', 'iso'] as const;

/** The one face that is selected, as DXF can draw its outline. */
function selectedFace(): { partId: string; face: Reference } | undefined {
  const { items } = useSelection.getState();
  const [item] = items;
  const partId = recordOf('instance', item?.instanceId)?.partId;
  if (items.length !== 1 || item?.kind !== 'face' || !partId) return undefined;
  const bodies = bodiesOf(partId);
  if (bodies[item.body]?.faces[item.index]?.type !== 'plane') return undefined;
  return { partId, face: makePick(bodies, item.body, 'face', item.index) };
}

/** Geometry out of the project: the whole of it, what is selected, or the outline of a face or a sketch. */
export function ExportDialog() {
  const selected = useSelection((state) => state.items.length);
  const project = useDocument((state) => state.project);
  const part = useActivePart();
  const [format, setFormat] = useState<Format>('step');
  const [schema, setSchema] = useState<StepSchema>('AP242');
  const [scope, setScope] = useState<'all' | 'selection'>(selected > 0 ? 'selection' : 'all');
  const [deflection, setDeflection] = useState<number | undefined>(undefined);
  const face = selectedFace();
  const [drawing, setDrawing] = useState<string>(face ? 'face' : 'front');
  const isMesh = FORMATS.find(({ value }) => value === format)!.mesh;
  const isDrawing = format === 'dxf' || format === 'svg';
  const sketches = format === 'dxf' ? featuresOf(part).filter(({ feature }) => feature.kind === 'sketch') : [];
  const ofFace = format === 'dxf' && face !== undefined && drawing === 'face';
  const sketch = sketches.find(({ id }) => id === drawing);
  const view = VIEWS.find((one) => one === drawing) ?? 'front';
  const drawings = [
    ...(format === 'dxf' && face ? [{ value: 'face', label: 'The selected face', group: 'Outlines, 1:1' }] : []),
    ...sketches.map(({ id, name }) => ({ value: id, label: name, group: 'Outlines, 1:1' })),
    ...VIEWS.map((one) => ({
      value: one,
      label: one === 'iso' ? 'Isometric' : one.charAt(0).toUpperCase() + one.slice(1),
      group: 'Views of the model',
    })),
  ];

  const save = async () => {
    const fileName = `${project?.name ?? 'export'}.${format}`;
    const choose = shell()?.chooseSavePath;
    const path = choose ? await choose(fileName) : undefined;
    if (path === null) return;
    closeDialog();
    const outline = ofFace
      ? { of: 'face' as const, ...face }
      : sketch && part
        ? { of: 'sketch' as const, partId: part.id, sketch: sketch.id }
        : undefined;
    await attempt(async () => {
      const { jobId } = await engine()['files.export']({
        format,
        ...(path ? { path } : {}),
        ...(scope === 'selection' && !outline ? { instanceIds: selectedInstanceIds() } : {}),
        ...(isMesh && deflection !== undefined ? { deflection_mm: deflection } : {}),
        ...(format === 'step' ? { schema } : {}),
        ...(isDrawing && !outline ? { view } : {}),
        ...(outline ? { outline } : {}),
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
        {format === 'step' && (
          <>
            <span className="form-label">Schema</span>
            <Select label="Schema" value={schema} options={[...SCHEMAS]} onChange={setSchema} />
          </>
        )}
        {isDrawing && (
          <>
            <span className="form-label">Drawing</span>
            <Select
              label="What to draw"
              value={ofFace ? 'face' : (sketch?.id ?? view)}
              options={drawings}
              onChange={setDrawing}
            />
          </>
        )}
        {!ofFace && !sketch && (
          <>
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
          </>
        )}
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
