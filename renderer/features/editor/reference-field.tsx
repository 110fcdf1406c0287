/** Faces and edges that a feature is on: picked in the view, each lit up when it is pointed at, lost ones with candidates. */
import { useEffect } from 'react';
import { makePick } from '../../../main/document/index.ts';
import type { Reference, TopologyKind } from '../../../preload/contract/index.ts';
import { bodiesIn, locateIn } from '../../geometry/locate.ts';
import { referenceName, sameReference } from '../../geometry/references.ts';
import { resolveSelector, useResolved } from '../../geometry/resolved.ts';
import { recordOf, useDocument } from '../../state/document.ts';
import { useGeometry } from '../../state/geometry.ts';
import type { SelectedItem } from '../../state/selection.ts';
import { toast } from '../../state/ui.ts';
import { point, setTool, useView } from '../../state/view.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { PickedItem } from '../../viewport/api.ts';
import { Candidates } from '../candidates.tsx';
import { usePreview } from '../preview.ts';
import { baseView, useEditor } from './editor-state.ts';

interface ReferenceFieldProps {
  /** Which field of the draft: its own name for the tool. */
  path: string;
  label: string;
  value: readonly Reference[];
  accepts: TopologyKind[];
  many: boolean;
  onChange: (value: Reference[]) => void;
}

/** The instance that picks of the part are shown on. */
export const instanceOfPart = (partId: string): string | undefined =>
  useDocument.getState().placements.get(partId)?.[0];

/** What a reference means in the picture that is edited on, for lighting it up. */
export function itemsOf(reference: Reference): SelectedItem[] {
  const { editing } = useEditor.getState();
  const view = baseView();
  const instanceId = editing && instanceOfPart(editing.partId);
  if (!view || !instanceId) return [];
  return (locateIn(reference, view)?.items ?? []).map((item) => ({ ...item, instanceId }));
}

/** Where edges are wanted a face stands for its own: lit up like that, it does not hide what becomes of them. */
function edgesOf(item: SelectedItem): SelectedItem[] {
  const view = baseView();
  if (item.kind !== 'face' || !view) return [item];
  const edges = bodiesIn(view)[item.body]?.faces[item.index]?.edges ?? [];
  return edges.map((index) => ({ ...item, kind: 'edge', index }));
}

/** Follows whatever the located references depend on. */
export function useBase() {
  usePreview((state) => state.preview?.base);
  useResolved();
  const partId = useEditor((state) => state.editing?.partId);
  useGeometry((state) => (partId ? state.parts.get(partId) : undefined));
  return baseView();
}

export function ReferenceField({ path, label, value, accepts, many, onChange }: ReferenceFieldProps) {
  const base = useBase();
  const tool = useView((state) => state.tool);
  const picking = tool.kind === 'pick' && tool.owner === path;

  const take = (items: PickedItem[]) => {
    const { editing } = useEditor.getState();
    const view = baseView();
    if (!editing || !view) return;
    let next = [...value];
    for (const item of items) {
      if (recordOf('instance', item.instanceId)?.partId !== editing.partId) {
        toast('That belongs to another part.');
        continue;
      }
      const kind: TopologyKind = item.kind === 'part' ? 'body' : item.kind;
      if (!accepts.includes(kind)) continue;
      const reference = makePick(bodiesIn(view), item.body, kind, item.index);
      const without = next.filter((known) => !sameReference(known, reference));
      next = without.length < next.length ? without : many ? [...next, reference] : [reference];
    }
    onChange(next);
    if (!many && next.length > 0) setTool({ kind: 'select' });
  };
  const pick = () =>
    setTool(
      {
        kind: 'pick',
        owner: path,
        title: label,
        accepts,
        onPick: take,
        lit: () => value.flatMap(itemsOf).flatMap((item) => (accepts[0] === 'edge' ? edgesOf(item) : [item])),
      },
      accepts.length === 1 ? accepts[0]! : accepts.includes('edge') ? 'auto' : accepts[0]!,
    );
  // The tool holds what was picked when it was taken in hand: renewed with every change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is picked matters
  useEffect(() => {
    const { tool: current } = useView.getState();
    if (current.kind === 'pick' && current.owner === path) pick();
  }, [value]);
  // A form that lacks its faces begins by asking for them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the field appears
  useEffect(() => {
    if (many && value.length === 0 && useView.getState().tool.kind === 'select') pick();
    return () => point(null);
  }, []);

  return (
    <div className="reference-picker">
      <div className="reference-head">
        <Button
          icon="pick"
          kind={picking ? 'primary' : ''}
          onClick={() => (picking ? setTool({ kind: 'select' }) : pick())}
          data-testid={`pick-${path}`}
        >
          {picking ? 'Done picking' : 'Pick in view'}
        </Button>
        <span className="muted small">{words(accepts, many)}</span>
      </div>
      {value.length === 0 ? (
        picking && <p className="muted small">Click on the part in the view.</p>
      ) : (
        <ul className="references" aria-label={label}>
          {value.map((reference, index) => (
            <ReferenceLine
              // biome-ignore lint/suspicious/noArrayIndexKey: the same reference may be there twice
              key={index}
              reference={reference}
              resolution={base && locateIn(reference, base)}
              onRemove={() => onChange(value.filter((other) => other !== reference))}
              onReplace={(item) => {
                if (!base) return;
                const next = makePick(bodiesIn(base), item.body, item.kind, item.index);
                onChange(value.map((other) => (other === reference ? next : other)));
              }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

const WORDS: Record<TopologyKind, string> = { face: 'faces', edge: 'edges', vertex: 'vertices', body: 'bodies' };
const SINGLE: Record<TopologyKind, string> = { face: 'a face', edge: 'an edge', vertex: 'a vertex', body: 'a body' };
const words = (accepts: TopologyKind[], many: boolean): string =>
  accepts.map((kind) => (many ? WORDS[kind] : SINGLE[kind])).join(' or ');

interface ReferenceLineProps {
  reference: Reference;
  resolution: ReturnType<typeof locateIn>;
  onRemove: () => void;
  onReplace: (item: { body: number; kind: TopologyKind; index: number }) => void;
}

function ReferenceLine({ reference, resolution, onRemove, onReplace }: ReferenceLineProps) {
  const partId = useEditor((state) => state.editing?.partId);
  useEffect(() => {
    if (reference.by === 'selector' && partId) void resolveSelector(partId, reference.selector);
  }, [reference, partId]);
  const name = referenceName(reference);
  return (
    <>
      <li className="reference" onPointerEnter={() => point(itemsOf(reference))} onPointerLeave={() => point(null)}>
        <Icon name={reference.by === 'selector' ? 'search' : reference.kind} size={14} />
        <span className="truncate" title={reference.by === 'name' ? reference.name : name}>
          {name}
        </span>
        <span className="spacer" />
        {resolution?.error && <span className="badge error">not found</span>}
        <IconButton small icon="close" label={`Remove ${name}`} onClick={onRemove} />
      </li>
      {resolution?.error && partId && (
        <li className="reference-lost">
          <Candidates error={resolution.error} instanceId={instanceOfPart(partId)} onUse={onReplace} />
        </li>
      )}
    </>
  );
}
