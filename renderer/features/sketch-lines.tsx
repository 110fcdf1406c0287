/** Sketches of the active part over the model: those that nothing uses yet, and those that are selected in the tree. */
import { useMemo } from 'react';
import { sampleCurve } from '../../main/sketch/index.ts';
import type { PartRecord, SketchEntity, Vector3 } from '../../preload/contract/index.ts';
import { isSketching, useSketcher } from '../sketcher/index.tsx';
import { useDocument } from '../state/document.ts';
import { useActivePart, useHistory } from '../state/parts.ts';
import { useResults } from '../state/results.ts';
import { useEditor } from './editor/editor-state.ts';
import { featuresOf } from './edits.ts';
import { type Projection, useProjection } from './projection.ts';
import { useFeatureTree } from './tree/tree-state.ts';

/** Curves in the part's space, each a chain of points; construction curves told apart. */
interface Curves {
  id: string;
  chains: { points: Vector3[]; construction: boolean }[];
  marks: Vector3[];
}

/** A solved sketch as chains of points in the part. */
export function curvesOf(id: string, frame: readonly number[], entities: readonly SketchEntity[]): Curves {
  const place = ([x, y]: readonly [number, number]): Vector3 =>
    [0, 1, 2].map((row) => frame[4 * row]! * x + frame[4 * row + 1]! * y + frame[4 * row + 3]!) as Vector3;
  const used = new Set(
    entities.flatMap((entity) =>
      entity.kind === 'point' ? [] : Object.values(entity).flatMap((value) => (Array.isArray(value) ? value : [value])),
    ),
  );
  return {
    id,
    chains: entities.flatMap((entity) =>
      entity.kind === 'point'
        ? []
        : [{ points: sampleCurve(entities, entity.id, 0.02).map(place), construction: entity.construction === true }],
    ),
    // Points that are no end of anything are places by themselves.
    marks: entities.flatMap((entity) =>
      entity.kind === 'point' && !used.has(entity.id) ? [place([entity.x_mm, entity.y_mm])] : [],
    ),
  };
}

/** Which sketches are worth seeing: unused ones, selected ones, and what the edited step is made of. */
function shownSketches(part: PartRecord, selected: ReadonlySet<string>, edited: string | undefined): Set<string> {
  const features = featuresOf(part);
  const others = features
    .filter(({ feature }) => feature.kind !== 'sketch')
    .map(({ feature }) => JSON.stringify(feature));
  const sketches = features.filter(({ feature }) => feature.kind === 'sketch').map(({ id }) => id);
  return new Set(
    sketches.filter((id) => selected.has(id) || edited?.includes(id) || !others.some((text) => text.includes(id))),
  );
}

export function SketchLines() {
  const part = useActivePart();
  const records = useDocument((state) => state.records);
  const history = useHistory(part?.id);
  const selected = useFeatureTree((state) => state.selected);
  const editing = useEditor((state) => state.editing);
  const sketching = useSketcher((state) => state.session !== null);
  const result = useResults((state) => state.shown);
  const projection = useProjection(part?.id);
  const edited = useMemo(() => editing && JSON.stringify(editing.record.feature), [editing]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the features are read from the records
  const curves = useMemo(() => {
    if (!part) return [];
    const shown = shownSketches(part, selected, edited ?? undefined);
    return (history?.outcomes ?? []).flatMap(({ id, sketch, state }) =>
      sketch && shown.has(id) && state !== 'suppressed' && state !== 'rolled-back'
        ? [curvesOf(id, sketch.frame, sketch.entities as SketchEntity[])]
        : [],
    );
  }, [part, records, history, selected, edited]);
  if (!projection || curves.length === 0 || sketching || isSketching() || result) return null;
  return (
    <svg className="sketch-lines" width={projection.width} height={projection.height} aria-hidden="true">
      {curves.map(({ id, chains, marks }) => (
        <g key={id} data-testid={`sketch-lines-${id}`}>
          {chains.map(({ points, construction }, index) => (
            <polyline
              // biome-ignore lint/suspicious/noArrayIndexKey: curves of a solved sketch have no other identity here
              key={index}
              className={construction ? 'construction' : ''}
              points={onScreen(points, projection)}
            />
          ))}
          {marks.map((point) => {
            const { x, y } = projection.toScreen(point);
            return <circle key={point.join()} cx={x} cy={y} r={3} />;
          })}
        </g>
      ))}
    </svg>
  );
}

const onScreen = (points: readonly Vector3[], { toScreen }: Projection): string =>
  points
    .map((point) => {
      const { x, y } = toScreen(point);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
