import { useEffect, useState } from 'react';
import type { Reference, StudyRecord, TopologyKind } from '../../../preload/contract/index.ts';
import { editStudy } from '../../actions/studies.ts';
import { Candidates } from '../../features/candidates.tsx';
import { referenceName, sameReference } from '../../geometry/references.ts';
import { resolveSelector, useResolved } from '../../geometry/resolved.ts';
import { groupOf, infoOf, locateInStudy, onInstances, referenceTo } from '../../geometry/subject.ts';
import { useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import { useSelection } from '../../state/selection.ts';
import { point, setTool, useView } from '../../state/view.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Segments } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { formatCount, formatQuantity } from '../../units/format.ts';
import { useUnits } from '../../units/use-units.ts';
import type { PickFilter } from '../../viewport/api.ts';
import type { Side } from './kinds/item-kinds.ts';
import { addPickedReferences, withReferences } from './picked-references.ts';

const WORDS: Record<TopologyKind, string> = { face: 'Faces', edge: 'Edges', vertex: 'Vertices', body: 'Bodies' };

interface ReferencePickerProps {
  study: StudyRecord;
  itemId: string;
  title: string;
  on: Reference[];
  accepts: TopologyKind[];
  /** Which set of places, where there are two, and what it is called. */
  side?: Side;
  sideTitle?: string;
  /** Said where it is on nothing. */
  empty?: string;
}

/** What a restraint, load or refinement is on: picked in the view, taken from the selection, or by a selector. */
export function ReferencePicker(props: ReferencePickerProps) {
  const { study, itemId, title, on, accepts, side = 'on', sideTitle = '', empty = 'On nothing yet.' } = props;
  const tool = useView((state) => state.tool);
  const filter = useView((state) => state.filter);
  const selected = useSelection((state) => state.items);
  const [selector, setSelector] = useState<string | null>(null);
  const picking = tool.kind === 'references' && tool.itemId === itemId && (tool.side ?? 'on') === side;
  const usable = selected.filter(({ kind }) => kind !== 'part' && accepts.includes(kind));

  const instanceId = useDocument((state) => state.placements.get(study.partId)?.[0]);

  const put = (next: Reference[], label: string) =>
    void editStudy(study.id, label, (current) => withReferences(current, itemId, next, side));
  const togglePicking = () => {
    if (picking) return setTool({ kind: 'select' });
    const wanted = accepts.includes(filter as TopologyKind) ? filter : accepts[0]!;
    const toolTitle = sideTitle ? `${title}: ${sideTitle.toLowerCase()}` : title;
    setTool({ kind: 'references', studyId: study.id, itemId, side, accepts, title: toolTitle }, wanted);
  };
  const addSelector = () => {
    const text = selector?.trim();
    if (text) put([...on, { by: 'selector', selector: text }], `Put “${title}” on ${text.slice(0, 100)}`);
    setSelector(null);
  };

  return (
    <div className="reference-picker" data-study-field={side}>
      {sideTitle && <p className="field-heading">{sideTitle}</p>}
      <div className="reference-head">
        <Button
          icon="pick"
          kind={picking ? 'primary' : ''}
          onClick={togglePicking}
          aria-label={sideTitle ? `${picking ? 'Done picking' : 'Pick in view'}: ${sideTitle}` : undefined}
          data-testid="pick-in-view"
        >
          {picking ? 'Done picking' : 'Pick in view'}
        </Button>
        {!picking && usable.length > 0 && (
          <Button onClick={() => void addPickedReferences(study.id, itemId, usable, side)}>
            Use selection ({formatCount(usable.length)})
          </Button>
        )}
        <span className="spacer" />
        <IconButton
          icon="search"
          label="Add by selector, such as faces >Z"
          pressed={selector !== null}
          onClick={() => setSelector(selector === null ? 'faces >Z' : null)}
        />
      </div>
      {picking && accepts.length > 1 && (
        <Segments
          label="What to pick"
          value={filter}
          options={accepts.map((kind) => ({ value: kind as PickFilter, label: WORDS[kind] }))}
          onChange={(next) => useView.setState({ filter: next })}
        />
      )}
      {selector !== null && (
        <form
          className="reference-head"
          onSubmit={(event) => {
            event.preventDefault();
            addSelector();
          }}
        >
          <input
            className="field grow"
            aria-label="Selector"
            title="faces >Z, faces |X, edges %CIRCLE, faces near (1, 2, 3)"
            value={selector}
            onChange={(event) => setSelector(event.currentTarget.value)}
          />
          <Button type="submit">Add</Button>
        </form>
      )}
      {on.length === 0 ? (
        <p className="muted small">{picking ? 'Click on the part in the view.' : empty}</p>
      ) : (
        <ul className="references" aria-label={sideTitle || 'On'}>
          {on.map((reference, index) => (
            <ReferenceLine
              // biome-ignore lint/suspicious/noArrayIndexKey: the same reference may be there twice
              key={index}
              reference={reference}
              partId={study.partId}
              instanceId={instanceId}
              onReplace={(item) => {
                // What is near it is on the same part.
                const on = reference.by === 'selector' ? undefined : reference.instanceId;
                const next = referenceTo({ ...item, instanceId: on ?? instanceId ?? '' }, study.partId);
                if (!next) return;
                put(
                  props.on.map((other) => (sameReference(other, reference) ? next : other)),
                  `Put “${title}” on ${referenceName(next)}`,
                );
              }}
              onRemove={() =>
                put(
                  on.filter((other) => !sameReference(other, reference)),
                  `Take ${referenceName(reference)} off “${title}”`,
                )
              }
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface ReferenceLineProps {
  reference: Reference;
  partId: string;
  instanceId: string | undefined;
  onReplace: (item: { body: number; kind: TopologyKind; index: number }) => void;
  onRemove: () => void;
}

function ReferenceLine(props: ReferenceLineProps) {
  const { reference, partId, instanceId, onRemove, onReplace } = props;
  const system = useUnits();
  useResolved();
  useGeometry((state) => (groupOf(partId) ? state.parts : state.parts.get(partId)));
  useDocument((state) => groupOf(partId) && state.records);
  const resolution = locateInStudy(reference, partId);
  const only = resolution?.items.length === 1 ? resolution.items[0] : undefined;
  const info = only && infoOf(only, partId);
  const light = () => point(onInstances(resolution?.items ?? [], instanceId));
  useEffect(() => {
    if (reference.by === 'selector') void resolveSelector(partId, reference.selector);
  }, [partId, reference]);
  const size =
    only?.kind === 'face'
      ? formatQuantity(info?.faces[only.index]?.area_mm2 ?? 0, 'area', system, 3)
      : only?.kind === 'edge'
        ? formatQuantity(info?.edges[only.index]?.length_mm ?? 0, 'length', system, 3)
        : '';
  const count = resolution && !resolution.error ? resolution.items.length : 1;
  return (
    <>
      <li className="reference" onPointerEnter={light} onPointerLeave={() => point(null)}>
        <Icon name={reference.by === 'selector' ? 'search' : reference.kind} size={14} />
        <span className="truncate">{referenceName(reference)}</span>
        <span className="muted small">
          {size}
          {count !== 1 && `${formatCount(count)} found`}
        </span>
        <span className="spacer" />
        {resolution?.error && (
          <span className="badge error" title={resolution.error.message}>
            not found
          </span>
        )}
        <IconButton small icon="close" label={`Remove ${referenceName(reference)}`} onClick={onRemove} />
      </li>
      {resolution?.error && (
        <li className="reference-lost">
          <Candidates
            error={resolution.error}
            instanceId={(reference.by === 'selector' ? undefined : reference.instanceId) ?? instanceId}
            onUse={onReplace}
          />
        </li>
      )}
    </>
  );
}
