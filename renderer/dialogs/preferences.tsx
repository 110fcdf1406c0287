import { edit } from '../actions/edit.ts';
import { useDocument } from '../state/document.ts';
import { setSetting, useSettings } from '../state/settings.ts';
import { closeDialog } from '../state/ui.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check, Segments, Select } from '../ui/fields.tsx';
import { UNIT_SYSTEMS } from '../units/quantities.ts';
import { useUnits } from '../units/use-units.ts';
import { AgentEngineFields } from './agent-engine.tsx';

const NAVIGATION = {
  solidworks: { label: 'SolidWorks', about: 'Middle button turns, Ctrl+middle pans, wheel zooms.' },
  fusion: { label: 'Fusion', about: 'Shift+middle turns, middle pans, wheel zooms.' },
  blender: { label: 'Blender', about: 'Middle turns, Shift+middle pans, Ctrl+middle or wheel zooms.' },
  catia: { label: 'CATIA', about: 'Middle pans, middle+right turns, wheel zooms.' },
} as const;

/** What a person prefers. Taken at once. */
export function PreferencesDialog() {
  const settings = useSettings();
  const units = useUnits();
  const project = useDocument((state) => state.records.get('project_settings'));
  return (
    <Dialog
      title="Preferences"
      testId="preferences"
      onClose={closeDialog}
      foot={
        <Button kind="primary" onClick={closeDialog}>
          Done
        </Button>
      }
    >
      <div className="form">
        <span className="form-label">Theme</span>
        <div>
          <Segments
            label="Theme"
            value={settings.theme}
            options={[
              { value: 'system', label: 'Like the system' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
            onChange={(theme) => setSetting('theme', theme)}
          />
        </div>
        <span className="form-label">Units of this project</span>
        <Select
          label="Units"
          value={units}
          disabled={project?.type !== 'project'}
          options={UNIT_SYSTEMS.map(({ id, label }) => ({ value: id, label }))}
          onChange={(next) => {
            if (project?.type === 'project') void edit(`Show ${next}`, [{ ...project, units: next }]);
          }}
        />
        <p className="hint">Only how values are shown. A field takes any unit: 3 in, 1.2 kN, 2*(10+4) mm.</p>
        <span className="form-label">Mouse like</span>
        <Select
          label="Navigation"
          value={settings.navigation}
          options={Object.entries(NAVIGATION).map(([value, { label }]) => ({
            value: value as keyof typeof NAVIGATION,
            label,
          }))}
          onChange={(navigation) => setSetting('navigation', navigation)}
        />
        <p className="hint">{NAVIGATION[settings.navigation].about}</p>
        <span className="form-label">Contour colours</span>
        <Select
          label="Colour map"
          value={settings.colourMap}
          options={[
            { value: 'turbo', label: 'Turbo (even rainbow)' },
            { value: 'viridis', label: 'Viridis' },
            { value: 'cividis', label: 'Cividis (for every colour vision)' },
            { value: 'diverging', label: 'Blue to red, for signed values' },
            { value: 'rainbow', label: 'Classic rainbow' },
          ]}
          onChange={(colourMap) => setSetting('colourMap', colourMap)}
        />
        <span className="form-label">New studies</span>
        <div>
          <Segments
            label="Mesh accuracy of new studies"
            value={settings.meshAccuracy}
            options={[
              { value: 'draft', label: 'Draft' },
              { value: 'default', label: 'Default' },
              { value: 'fine', label: 'Fine' },
            ]}
            onChange={(accuracy) => setSetting('meshAccuracy', accuracy)}
          />
        </div>
        <span className="form-label">Importing</span>
        <Check
          label="Heal shapes while importing"
          checked={settings.healOnImport}
          onChange={(heal) => setSetting('healOnImport', heal)}
        />
        <AgentEngineFields />
      </div>
    </Dialog>
  );
}
