import type { Vector3 } from '../../../preload/contract/index.ts';
import { endIsolation } from '../../actions/instances.ts';
import { useView } from '../../state/view.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { QuantityField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { SectionPlane } from '../../viewport/api.ts';
import { AXES, makeSection, modelBox, type SectionAxis } from './sections.ts';

/** Cards for what is switched on: section planes, explosion, isolation. */
export function ViewControls() {
  const sections = useView((state) => state.sections);
  const explosion = useView((state) => state.explosion);
  const isolation = useView((state) => state.isolation);
  const cutting = sections.some(({ enabled }) => enabled);
  return (
    <div className="view-cards">
      {isolation && (
        <div className="view-card">
          <Icon name="isolate" size={14} />
          <span>{isolation.length === 1 ? 'One item isolated' : `${isolation.length} items isolated`}</span>
          <Button kind="quiet" onClick={endIsolation}>
            End
          </Button>
        </div>
      )}
      {explosion > 0 && (
        <div className="view-card">
          <Icon name="explode" size={14} />
          <label className="view-slider">
            <span>Explode</span>
            <input
              type="range"
              min={0}
              max={1}
              step={0.01}
              value={explosion}
              onChange={(event) => useView.setState({ explosion: Number(event.currentTarget.value) })}
            />
          </label>
          <IconButton small icon="close" label="Assemble" onClick={() => useView.setState({ explosion: 0 })} />
        </div>
      )}
      {cutting && <SectionCard sections={sections} />}
    </div>
  );
}

function SectionCard({ sections }: { sections: SectionPlane[] }) {
  const box = modelBox();
  const update = (id: string, change: Partial<SectionPlane>) =>
    useView.setState({ sections: sections.map((plane) => (plane.id === id ? { ...plane, ...change } : plane)) });
  return (
    <div className="view-card column" data-testid="section-card">
      <div className="view-card-row">
        <Icon name="section" size={14} />
        <span className="strong">Section</span>
        <span className="spacer" />
        <IconButton small icon="close" label="End the section" onClick={() => useView.setState({ sections: [] })} />
      </div>
      {(Object.keys(AXES) as SectionAxis[]).map((axis, index) => {
        const plane = sections.find(({ id }) => id === `section-${axis}`);
        const on = plane?.enabled ?? false;
        const toggle = () =>
          useView.setState({
            sections: plane
              ? sections.map((one) => (one === plane ? { ...one, enabled: !on } : one))
              : [...sections, makeSection(axis, box)],
          });
        const at = plane?.origin_mm[index] ?? 0;
        const move = (value: number) => {
          if (!plane) return;
          const origin = [...plane.origin_mm] as Vector3;
          origin[index] = value;
          update(plane.id, { origin_mm: origin });
        };
        const [low, high] = box ? [box.min[index]!, box.max[index]!] : [0, 1];
        return (
          <div key={axis} className="view-card-row">
            <button
              type="button"
              className={`axis-toggle axis-${axis}`}
              aria-pressed={on}
              aria-label={`Cut across ${axis.toUpperCase()}`}
              onClick={toggle}
            >
              {axis.toUpperCase()}
            </button>
            <input
              type="range"
              aria-label={`Position along ${axis.toUpperCase()}`}
              min={low}
              max={high}
              step={(high - low) / 500 || 1}
              value={at}
              disabled={!on}
              onChange={(event) => move(Number(event.currentTarget.value))}
            />
            <div className="view-card-value">
              <QuantityField
                label={`Section position along ${axis.toUpperCase()}`}
                quantity="length"
                value={on ? at : undefined}
                disabled={!on}
                onCommit={move}
              />
            </div>
            <IconButton
              small
              icon="reset"
              label="Turn round"
              disabled={!on}
              onClick={() => plane && update(plane.id, { normal: plane.normal.map((value) => -value) as Vector3 })}
            />
          </div>
        );
      })}
    </div>
  );
}
