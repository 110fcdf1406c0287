import type { BodyInfo, Vector3 } from '../../../preload/contract/index.ts';
import type { SelectedItem } from '../../state/selection.ts';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { formatCount, formatNumber, formatPoint, formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';

const KINDS: Record<BodyInfo['kind'], string> = {
  solid: 'Solid',
  shell: 'Surface (no volume)',
  wire: 'Wire',
  mesh: 'Triangle mesh',
};

function Point({ name, value }: { name: string; value: Vector3 }) {
  const system = useUnits();
  return <Pair name={name}>{formatPoint(value, system)}</Pair>;
}
const Direction = ({ name, value }: { name: string; value: Vector3 }) => (
  <Pair name={name}>{value.map((part) => formatNumber(Math.abs(part) < 5e-5 ? 0 : part, 4)).join(', ')}</Pair>
);

export function BodyProperties({ info, index }: { info: BodyInfo; index: number }) {
  const system = useUnits();
  return (
    <Group title={`Body ${index + 1}`}>
      <Pairs>
        <Pair name="Name">{info.name || <span className="muted">none</span>}</Pair>
        <Pair name="Kind">{KINDS[info.kind]}</Pair>
        {!info.valid && <Pair name="Check">The kernel finds faults in it: import again with healing.</Pair>}
        {info.kind !== 'wire' && <Pair name="Volume">{formatQuantity(info.mass.volume_mm3, 'volume', system)}</Pair>}
        <Pair name="Area">{formatQuantity(info.mass.area_mm2, 'area', system)}</Pair>
        <Point name="Centroid" value={info.mass.centroid_mm} />
        <Pair name="Topology">
          {formatCount(info.faces.length)} faces, {formatCount(info.edges.length)} edges
        </Pair>
        {info.triangles !== undefined && (
          <Pair name="Triangles">
            {formatCount(info.triangles)}
            {info.closed === false ? ', with holes' : ''}
          </Pair>
        )}
        {info.layer && <Pair name="Layer">{info.layer}</Pair>}
      </Pairs>
    </Group>
  );
}

export function FaceProperties({ info, item }: { info: BodyInfo; item: SelectedItem }) {
  const system = useUnits();
  const face = info.faces[item.index];
  if (!face) return null;
  return (
    <Group title={`Face ${item.index + 1}`} testId="face-properties">
      <Pairs>
        <Pair name="Type">
          {face.type}
          {face.type === 'cylinder' && face.concave !== undefined ? (face.concave ? ' (hole)' : ' (boss)') : ''}
        </Pair>
        {face.name && <Pair name="Name">{face.name}</Pair>}
        <Pair name="Area">{formatQuantity(face.area_mm2, 'area', system)}</Pair>
        {face.radius_mm !== undefined && (
          <>
            <Pair name="Radius">{formatQuantity(face.radius_mm, 'length', system, 6)}</Pair>
            <Pair name="Diameter">{formatQuantity(face.radius_mm * 2, 'length', system, 6)}</Pair>
          </>
        )}
        {face.minorRadius_mm !== undefined && (
          <Pair name="Minor radius">{formatQuantity(face.minorRadius_mm, 'length', system, 6)}</Pair>
        )}
        {face.semiAngle_rad !== undefined && (
          <Pair name="Half angle">{formatQuantity(face.semiAngle_rad, 'angle', system)}</Pair>
        )}
        <Point name="Centroid" value={face.centroid_mm} />
        {face.normal && <Direction name="Normal" value={face.normal} />}
        {face.axis && <Direction name="Axis" value={face.axis.direction} />}
        <Pair name="Edges">{formatCount(face.edges.length)}</Pair>
        {face.layer && <Pair name="Layer">{face.layer}</Pair>}
      </Pairs>
    </Group>
  );
}

export function EdgeProperties({ info, item }: { info: BodyInfo; item: SelectedItem }) {
  const system = useUnits();
  const edge = info.edges[item.index];
  if (!edge) return null;
  return (
    <Group title={`Edge ${item.index + 1}`}>
      <Pairs>
        <Pair name="Type">{edge.type}</Pair>
        <Pair name="Length">{formatQuantity(edge.length_mm, 'length', system, 6)}</Pair>
        {edge.radius_mm !== undefined && (
          <>
            <Pair name="Radius">{formatQuantity(edge.radius_mm, 'length', system, 6)}</Pair>
            <Pair name="Diameter">{formatQuantity(edge.radius_mm * 2, 'length', system, 6)}</Pair>
          </>
        )}
        <Point name="Middle" value={edge.centre_mm} />
        {edge.direction && <Direction name="Direction" value={edge.direction} />}
        <Pair name="Between">{edge.faces.map((face) => `face ${face + 1}`).join(' and ') || 'no faces'}</Pair>
      </Pairs>
    </Group>
  );
}

export function VertexProperties({ info, item }: { info: BodyInfo; item: SelectedItem }) {
  const point = info.vertices_mm[item.index];
  return point ? (
    <Group title={`Vertex ${item.index + 1}`}>
      <Pairs>
        <Point name="At" value={point} />
      </Pairs>
    </Group>
  ) : null;
}
