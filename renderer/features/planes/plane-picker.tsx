/** The principal planes as rectangles that can be picked, over the model. */
import { useEffect, useRef } from 'react';
import type { BoundingBox, Vector3 } from '../../../preload/contract/index.ts';
import { recordOf } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { featuresOf } from '../edits.ts';
import { useProjection } from '../projection.ts';
import { choosePlane, endPlanePicking, usePlanePicker } from './plane-picking.ts';

type PrincipalPlane = 'xy' | 'yz' | 'zx';
const PLANES: { plane: PrincipalPlane; label: string; axes: [number, number] }[] = [
  { plane: 'xy', label: 'XY', axes: [0, 1] },
  { plane: 'yz', label: 'YZ', axes: [1, 2] },
  { plane: 'zx', label: 'ZX', axes: [2, 0] },
];

/** Half the edge of the rectangles: a little larger than the part, or as large as suits an empty view. */
function reachOf(boxes: BoundingBox[], pixel_mm: number): number {
  const far = Math.max(0, ...boxes.flatMap(({ min, max }) => [...min, ...max].map(Math.abs)));
  return far > 0 ? far * 1.15 : pixel_mm * 130;
}

export function PlanePicker() {
  const request = usePlanePicker((state) => state.request);
  const view = useGeometry((state) => (request ? state.parts.get(request.partId) : undefined));
  const projection = useProjection(request?.partId);

  // The keyboard goes on from the first of the buttons.
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (request) first.current?.focus();
  }, [request]);

  if (!request) return null;
  const boxes = (view?.bodies ?? []).map(({ info }) => info.box);
  const empty = boxes.length === 0;
  const datums = featuresOf(recordOf('part', request.partId)).filter(({ feature }) => feature.kind === 'datum-plane');
  const reach = projection ? reachOf(boxes, projection.pixel_mm([0, 0, 0])) : 0;
  const corner = (axes: [number, number], u: number, v: number): Vector3 => {
    const point: Vector3 = [0, 0, 0];
    point[axes[0]] = u * reach;
    point[axes[1]] = v * reach;
    return point;
  };
  return (
    <>
      {projection && (
        // The buttons of the card do the same by keyboard.
        <svg className="plane-picker" width={projection.width} height={projection.height} aria-hidden="true">
          {PLANES.map(({ plane, label, axes }) => {
            const corners = [
              [-1, -1],
              [1, -1],
              [1, 1],
              [-1, 1],
            ].map(([u, v]) => projection.toScreen(corner(axes, u!, v!)));
            const at = projection.toScreen(corner(axes, 0.86, 0.86));
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the card has a button for each plane
              <g
                key={plane}
                className={`plane-${plane} ${empty ? 'whole' : ''}`}
                data-testid={`plane-${plane}`}
                onClick={() => choosePlane({ by: 'principal', plane })}
              >
                <polygon points={corners.map(({ x, y }) => `${x},${y}`).join(' ')} />
                <text x={at.x} y={at.y}>
                  {label}
                </text>
              </g>
            );
          })}
        </svg>
      )}
      <output className="tool-card" data-testid="plane-card">
        <Icon name="plane" size={14} />
        <span>{request.title}</span>
        {PLANES.map(({ plane, label }, index) => (
          <button
            key={plane}
            ref={index === 0 ? first : undefined}
            type="button"
            className="button"
            title={`${label} plane`}
            onClick={() => choosePlane({ by: 'principal', plane })}
          >
            {label}
          </button>
        ))}
        {datums.map(({ id, name }) => (
          <Button key={id} onClick={() => choosePlane({ by: 'datum', feature: id })}>
            {name}
          </Button>
        ))}
        <Button onClick={endPlanePicking}>Cancel</Button>
      </output>
    </>
  );
}
