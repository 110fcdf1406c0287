import { useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { useSelection } from '../../state/selection.ts';
import { formatCount } from '../../units/format.ts';
import { InstanceProperties } from './instance-properties.tsx';
import { PartProperties } from './part-properties.tsx';
import { ProjectProperties } from './project-properties.tsx';
import { SumProperties } from './sum-properties.tsx';
import { BodyProperties, EdgeProperties, FaceProperties, VertexProperties } from './topology-properties.tsx';

/** Everything about what is selected. */
export function PropertiesPanel() {
  const items = useSelection((state) => state.items);
  const records = useDocument((state) => state.records);
  const parts = useGeometry((state) => state.parts);
  const item = items.at(-1);
  const instanceRecord = item && records.get(item.instanceId);
  const instance = instanceRecord?.type === 'instance' ? instanceRecord : undefined;
  const partRecord = instance?.partId ? records.get(instance.partId) : undefined;
  const part = partRecord?.type === 'part' ? partRecord : undefined;
  const view = part && parts.get(part.id);
  const info = view?.bodies.find(({ index }) => index === item?.body)?.info;
  return (
    <section className="panel" aria-label="Properties" data-testid="properties">
      <div className="panel-scroll">
        {!item || !instance ? (
          <ProjectProperties />
        ) : (
          <>
            {items.length > 1 && (
              <>
                <p className="panel-hint">{formatCount(items.length)} things are selected; below is the last one.</p>
                <SumProperties items={items} />
              </>
            )}
            {info && item.kind === 'face' && <FaceProperties info={info} item={item} />}
            {info && item.kind === 'edge' && <EdgeProperties info={info} item={item} />}
            {info && item.kind === 'vertex' && <VertexProperties info={info} item={item} />}
            {info && item.kind !== 'part' && <BodyProperties info={info} index={item.body} />}
            {part && <PartProperties part={part} view={view} />}
            <InstanceProperties instance={instance} />
          </>
        )}
      </div>
    </section>
  );
}
