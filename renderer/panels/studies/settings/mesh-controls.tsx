import type { MeshControl, StudyRecord } from '../../../../preload/contract/index.ts';
import { editStudy, newItemId } from '../../../actions/studies.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { QuantityField, Segments } from '../../../ui/fields.tsx';
import { Group, Pair, Pairs } from '../../../ui/group.tsx';
import { refuseNotPositive, Value } from '../fields/value.tsx';
import { ReferencePicker } from '../reference-picker.tsx';

/** How finely the part is divided. */
export function MeshControls({ study }: { study: StudyRecord }) {
  const { mesh } = study;
  const put = (next: MeshControl, label: string) =>
    void editStudy(study.id, label, (current) => ({ ...current, mesh: next }));
  return (
    <Group title="Mesh" closed testId="mesh">
      <div data-help="study:mesh">
        <Pairs>
          <Pair name="Accuracy">
            <Segments
              label="Accuracy"
              value={mesh.accuracy}
              options={[
                { value: 'draft', label: 'Draft', title: 'For a first look, in seconds' },
                { value: 'default', label: 'Default', title: 'Within a per cent on the verification cases' },
                { value: 'fine', label: 'Fine', title: 'For numbers that are reported' },
              ]}
              onChange={(accuracy) => put({ ...mesh, accuracy }, `Mesh accuracy: ${accuracy}`)}
            />
          </Pair>
          <Pair name="Element size">
            <div className="grow">
              <QuantityField
                label="Largest element"
                quantity="length"
                value={mesh.size_mm}
                placeholder="chosen"
                minimum={1e-6}
                onCommit={(size_mm) => put({ ...mesh, size_mm }, 'Mesh size')}
                onClear={() => {
                  const { size_mm: _chosen, ...rest } = mesh;
                  put(rest, 'Mesh size: chosen by accuracy');
                }}
              />
            </div>
          </Pair>
          <Pair name="Elements">
            <Segments
              label="Order of the elements"
              value={String(mesh.order) as '1' | '2'}
              options={[
                { value: '2', label: 'Quadratic' },
                { value: '1', label: 'Linear', title: 'Much too stiff in bending: only for comparison' },
              ]}
              onChange={(order) => put({ ...mesh, order: order === '1' ? 1 : 2 }, 'Order of the elements')}
            />
          </Pair>
          <Value
            name="Refine until (%)"
            quantity="none"
            field="mesh.goal_percent"
            words="The mesh is made finer until the figures change by less than this many per cent. Singular stress is left out of it, and named."
            placeholder="not asked for"
            refuse={(value) => (value > 100 ? 'It is a percentage: at most 100.' : refuseNotPositive(value))}
            value={mesh.goal_percent}
            onCommit={(goal_percent) => put({ ...mesh, goal_percent }, 'Accuracy that is refined to')}
            onClear={() => {
              const { goal_percent: _before, ...rest } = mesh;
              put(rest, 'No accuracy that is refined to');
            }}
          />
        </Pairs>
        {mesh.refinements.map((refinement, index) => (
          <div key={refinement.id} className="refinement">
            <div className="study-line">
              <span className="strong grow">Refinement {index + 1}</span>
              <div className="refinement-size">
                <QuantityField
                  label={`Size of refinement ${index + 1}`}
                  quantity="length"
                  minimum={1e-6}
                  value={refinement.size_mm}
                  onCommit={(size_mm) =>
                    put(
                      {
                        ...mesh,
                        refinements: mesh.refinements.map((one) =>
                          one.id === refinement.id ? { ...one, size_mm } : one,
                        ),
                      },
                      'Size of a refinement',
                    )
                  }
                />
              </div>
              <IconButton
                small
                icon="trash"
                label={`Delete refinement ${index + 1}`}
                onClick={() =>
                  put(
                    { ...mesh, refinements: mesh.refinements.filter((one) => one.id !== refinement.id) },
                    'Delete a refinement',
                  )
                }
              />
            </div>
            <ReferencePicker
              study={study}
              itemId={refinement.id}
              title={`Refinement ${index + 1}`}
              on={refinement.on}
              accepts={['face', 'edge', 'vertex', 'body']}
            />
          </div>
        ))}
        <Button
          icon="plus"
          kind="quiet"
          onClick={() =>
            put(
              {
                ...mesh,
                refinements: [...mesh.refinements, { id: newItemId(), on: [], size_mm: (mesh.size_mm ?? 4) / 2 }],
              },
              'Add a mesh refinement',
            )
          }
        >
          Refine somewhere
        </Button>
      </div>
    </Group>
  );
}
