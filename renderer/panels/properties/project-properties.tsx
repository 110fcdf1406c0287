import { useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { formatBytes, formatCount } from '../../units/format.ts';

/** What there is to say while nothing is selected. */
export function ProjectProperties() {
  const project = useDocument((state) => state.project);
  const tree = useDocument((state) => state.tree);
  const parts = useGeometry((state) => state.parts);
  const counts = tree.counts();
  let bodies = 0;
  for (const { bodies: own } of parts.values()) bodies += own.length;
  if (!project) return <p className="panel-empty">No project is open.</p>;
  return (
    <>
      <Group title="Project">
        <Pairs>
          <Pair name="Name">{project.name}</Pair>
          <Pair name="File">{project.path}</Pair>
          <Pair name="Size">{formatBytes(project.bytes)}</Pair>
          <Pair name="Protected">{project.encrypted ? 'with a passphrase' : 'no'}</Pair>
          <Pair name="Instances">{formatCount(counts.placements)}</Pair>
          <Pair name="Parts">{formatCount(counts.parts)}</Pair>
          <Pair name="Bodies">{formatCount(bodies)}</Pair>
        </Pairs>
      </Group>
      <p className="panel-hint">Select something to see its properties.</p>
    </>
  );
}
