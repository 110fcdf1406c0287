import type { InstanceRecord, Vector3 } from '../../../preload/contract/index.ts';
import { edit } from '../../actions/edit.ts';
import { instanceName, renameInstance } from '../../actions/instances.ts';
import { TextField, VectorField } from '../../ui/fields.tsx';
import { Group, Pair, Pairs } from '../../ui/group.tsx';
import { formatNumber } from '../../units/format.ts';
import { eulerDegrees } from './rotation.ts';

/** One placement: its name and where it stands in its parent. */
export function InstanceProperties({ instance }: { instance: InstanceRecord }) {
  const { transform } = instance;
  const position: Vector3 = [transform[3]!, transform[7]!, transform[11]!];
  const angles = eulerDegrees(transform);
  const move = ([x, y, z]: Vector3) => {
    const moved = [...transform];
    [moved[3], moved[7], moved[11]] = [x, y, z];
    void edit(`Move “${instanceName(instance).slice(0, 60)}”`, [{ ...instance, transform: moved }], {
      coalesce: `move-${instance.id}`,
    });
  };
  return (
    <Group title={instance.partId ? 'Instance' : 'Assembly'} closed={instance.partId !== null}>
      <Pairs>
        <Pair name="Name">
          <TextField
            label="Instance name"
            value={instanceName(instance)}
            onCommit={(name) => void renameInstance(instance.id, name)}
          />
        </Pair>
      </Pairs>
      <p className="field-heading">Position</p>
      <VectorField label="Position" quantity="length" value={position} onCommit={move} />
      <Pairs>
        <Pair name="Turned by" title="Rotations about X, then Y, then Z">
          {angles ? angles.map((angle) => `${formatNumber(angle, 4)}°`).join(', ') : 'mirrored or scaled'}
        </Pair>
      </Pairs>
    </Group>
  );
}
