/** An arrow in the view that sets the distance of the edited step, with its value to type beside it. */
import { type PointerEvent, useRef } from 'react';
import { bodiesIn } from '../../geometry/locate.ts';
import { useVariables } from '../../state/parts.ts';
import { acceptFeature, cancelFeature, changeDraft, storedOutcome, useEditor } from '../editor/editor-state.ts';
import { ExpressionField } from '../editor/expression-field.tsx';
import { itemsOf, useBase } from '../editor/reference-field.tsx';
import { evaluateText, textOf } from '../expressions.ts';
import { usePreview } from '../preview.ts';
import { useProjection } from '../projection.ts';
import { referencesIn } from '../references.ts';
import { type Handle, handleOf, roundedTo, tipOf } from './handle.ts';

/** The least length of the arrow, CSS pixels: a distance of nothing can be taken hold of too. */
const SHORTEST = 46;
/** Half the width of the head, and its length. */
const HEAD = { width: 7, length: 14 };

export function DragHandle() {
  const editing = useEditor((state) => state.editing);
  const base = useBase();
  const history = usePreview((state) => state.preview?.history);
  if (!editing || !base) return null;
  const { feature } = editing.record;
  const found = referencesIn(feature).flatMap(itemsOf);
  const handle = handleOf(feature, {
    bodies: bodiesIn(base),
    faces: found.filter(({ kind }) => kind === 'face'),
    // A face stands for its edges.
    edges: found.flatMap(({ body, kind, index }) =>
      kind === 'edge'
        ? [{ body, index }]
        : kind === 'face'
          ? (bodiesIn(base)[body]?.faces[index]?.edges ?? []).map((edge) => ({ body, index: edge }))
          : [],
    ),
    outcomeOf: (id) => history?.outcomes.find((outcome) => outcome.id === id) ?? storedOutcome(id, editing.partId),
  });
  return handle && <Arrow partId={editing.partId} handle={handle} />;
}

function Arrow({ partId, handle }: { partId: string; handle: Handle }) {
  const projection = useProjection(partId);
  const variables = useVariables(partId);
  const grabbed = useRef<{ value: number; along: number } | null>(null);
  const evaluation = evaluateText(handle.text, 'length', variables);
  if (!projection) return null;
  const value = evaluation.ok ? evaluation.value : 0;
  const from = projection.toScreen(handle.origin_mm);
  const exact = projection.toScreen(tipOf(handle, value));
  const pixel_mm = projection.pixel_mm(handle.origin_mm);
  const ahead = projection.toScreen(tipOf(handle, pixel_mm * 100));
  const [dx, dy] = [ahead.x - from.x, ahead.y - from.y];
  const length = Math.hypot(dx, dy);
  // Seen end on, it points to the upper right, so that there is something to take hold of.
  const [ux, uy] = length < 8 ? [0.7, -0.7] : [dx / length, dy / length];
  const reach = Math.max((exact.x - from.x) * ux + (exact.y - from.y) * uy, SHORTEST);
  const tip = { x: from.x + ux * reach, y: from.y + uy * reach };
  const neck = { x: tip.x - ux * HEAD.length, y: tip.y - uy * HEAD.length };
  const head = [
    tip,
    { x: neck.x - uy * HEAD.width, y: neck.y + ux * HEAD.width },
    { x: neck.x + uy * HEAD.width, y: neck.y - ux * HEAD.width },
  ];

  const alongAt = (event: PointerEvent<SVGElement>): number => {
    const box = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
    return projection.along(handle.origin_mm, handle.direction, event.clientX - box.left, event.clientY - box.top);
  };
  const onPointerMove = (event: PointerEvent<SVGElement>) => {
    if (!grabbed.current) return;
    const moved = grabbed.current.value + alongAt(event) - grabbed.current.along;
    changeDraft(() => handle.withValue(textOf(roundedTo(moved, pixel_mm), 'length')));
  };
  return (
    <>
      <svg className="drag-handle" width={projection.width} height={projection.height} aria-hidden="true">
        <g
          data-testid="drag-handle"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            grabbed.current = { value, along: alongAt(event) };
          }}
          onPointerMove={onPointerMove}
          onPointerUp={() => {
            grabbed.current = null;
          }}
        >
          <line className="reach" x1={from.x} y1={from.y} x2={tip.x} y2={tip.y} />
          <line x1={from.x} y1={from.y} x2={neck.x} y2={neck.y} />
          <polygon points={head.map(({ x, y }) => `${x},${y}`).join(' ')} />
        </g>
      </svg>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the field within come up to here */}
      <div
        onKeyDown={(event) => {
          if (event.key === 'Enter') void acceptFeature();
          else if (event.key === 'Escape') cancelFeature();
          else return;
          event.stopPropagation();
        }}
        className="drag-value"
        style={{
          left: Math.min(Math.max(tip.x + 14, 4), projection.width - 140),
          top: Math.min(Math.max(tip.y - 13, 4), projection.height - 40),
        }}
      >
        <ExpressionField
          label="Value of the arrow"
          dimension="length"
          value={handle.text}
          variables={variables}
          onChange={(text) => changeDraft(() => handle.withValue(text))}
        />
      </div>
    </>
  );
}
