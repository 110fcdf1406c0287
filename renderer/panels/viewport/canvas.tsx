import { useEffect, useRef } from 'react';
import { assignMaterialTo } from '../../actions/materials.ts';
import { fetchBlob } from '../../engine/blobs.ts';
import { useSelection } from '../../state/selection.ts';
import { resolvedTheme, useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { cameraMoved, otherViewport, setViewport } from '../../state/viewports.ts';
import type { PickedItem, Viewport } from '../../viewport/api.ts';
import { droppedMaterial, isMaterialDrag } from '../materials/drag.ts';
import { loadViewport } from './create.ts';
import { onPick } from './picking.ts';
import { type Role, synchronise } from './synchronise.ts';
import { trackPointer } from './view-menu-state.ts';

interface ViewportCanvasProps {
  pane: Role;
  onContextMenu: (item: PickedItem | null, x: number, y: number) => void;
}

/** The canvas that the viewport draws on, alive for as long as the component is. */
export function ViewportCanvas({ pane, onContextMenu }: ViewportCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const menu = useRef(onContextMenu);
  menu.current = onContextMenu;

  useEffect(() => {
    let viewport: Viewport | undefined;
    let stop: (() => void) | undefined;
    let gone = false;
    // What is shown and can be picked is not what it should be: being fetched, or not even asked for yet.
    const unfinished = { fetching: false, behind: false };
    const tellBusy = (change: Partial<typeof unfinished>) => {
      Object.assign(unfinished, change);
      canvas.current?.setAttribute('aria-busy', String(unfinished.fetching || unfinished.behind));
    };
    const { theme, navigation } = useSettings.getState();
    const showScale = () => {
      if (!viewport) return;
      useView.setState({ scale_mm: viewport.scale() });
      cameraMoved();
    };

    loadViewport()
      .then((create) => {
        if (gone || !canvas.current) return;
        let following = false;
        viewport = create(canvas.current, {
          fetchBlob,
          theme: resolvedTheme(theme),
          navigation: { name: navigation },
          events: {
            hover: (item) => useSelection.setState({ hovered: item }),
            pick: (item, mode) => onPick(item ? [item] : [], mode),
            box: (items, mode) => onPick(items, mode),
            camera: (state) => {
              if (pane === 'main') showScale();
              // Linked cameras: what moves one moves the other, and is not sent back.
              if (following || !viewport) return;
              const other = otherViewport(viewport);
              if (!other) return;
              following = true;
              other.setCamera(state, false);
              following = false;
            },
            busy: (fetching) => tellBusy({ fetching }),
            firstPicture: () => {
              if (pane !== 'main') return;
              useView.setState({ ready: true });
              showScale();
            },
            contextMenu: (item, x, y) => menu.current(item, x, y),
            failure: (message) => useView.setState({ failure: message }),
          },
        });
        setViewport(pane, viewport);
        stop = synchronise(viewport, pane, (behind) => tellBusy({ behind }));
        const other = otherViewport(viewport);
        if (other && pane === 'compared') viewport.setCamera(other.camera(), false);
      })
      .catch((error) => useView.setState({ failure: error instanceof Error ? error.message : String(error) }));

    return () => {
      gone = true;
      stop?.();
      setViewport(pane, null);
      viewport?.dispose();
    };
  }, [pane]);

  return (
    <canvas
      ref={canvas}
      className="viewport-canvas"
      data-testid={pane === 'main' ? 'viewport' : 'viewport-compared'}
      tabIndex={0}
      aria-label={pane === 'main' ? 'Model' : 'Compared result'}
      onDragOver={(event) => {
        if (!isMaterialDrag(event.dataTransfer)) return;
        event.preventDefault();
        // A drag sends no pointer moves, and the viewport lights up what is under the pointer by those.
        const { clientX, clientY } = event;
        event.currentTarget.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, bubbles: true }));
      }}
      onDrop={(event) => {
        const material = droppedMaterial(event.dataTransfer);
        const { hovered } = useSelection.getState();
        if (material && hovered) void assignMaterialTo(material, [hovered.instanceId]);
      }}
      onPointerMove={(event) => trackPointer(event.clientX, event.clientY, true)}
      onPointerLeave={(event) => trackPointer(event.clientX, event.clientY, false)}
    />
  );
}
