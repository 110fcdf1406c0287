import { useEffect, useRef } from 'react';
import { fetchBlob } from '../../engine/blobs.ts';
import { useSelection } from '../../state/selection.ts';
import { resolvedTheme, useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { otherViewport, setViewport } from '../../state/viewports.ts';
import type { PickedItem, Viewport } from '../../viewport/api.ts';
import { loadViewport } from './create.ts';
import { onPick } from './picking.ts';
import { type Role, synchronise } from './synchronise.ts';
import { trackPointer } from './view-menu-state.ts';

interface ViewportCanvasProps {
  role: Role;
  onContextMenu: (item: PickedItem | null, x: number, y: number) => void;
}

/** The canvas that the viewport draws on, alive for as long as the component is. */
export function ViewportCanvas({ role, onContextMenu }: ViewportCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const menu = useRef(onContextMenu);
  menu.current = onContextMenu;

  useEffect(() => {
    let viewport: Viewport | undefined;
    let stop: (() => void) | undefined;
    let gone = false;
    const { theme, navigation } = useSettings.getState();
    const showScale = () => viewport && useView.setState({ scale_mm: viewport.scale() });

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
              if (role === 'main') showScale();
              // Linked cameras: what moves one moves the other, and is not sent back.
              if (following || !viewport) return;
              const other = otherViewport(viewport);
              if (!other) return;
              following = true;
              other.setCamera(state, false);
              following = false;
            },
            firstPicture: () => {
              if (role !== 'main') return;
              useView.setState({ ready: true });
              showScale();
            },
            contextMenu: (item, x, y) => menu.current(item, x, y),
            failure: (message) => useView.setState({ failure: message }),
          },
        });
        setViewport(role, viewport);
        stop = synchronise(viewport, role);
        const other = otherViewport(viewport);
        if (other && role === 'compared') viewport.setCamera(other.camera(), false);
      })
      .catch((error) => useView.setState({ failure: error instanceof Error ? error.message : String(error) }));

    return () => {
      gone = true;
      stop?.();
      setViewport(role, null);
      viewport?.dispose();
    };
  }, [role]);

  return (
    <canvas
      ref={canvas}
      className="viewport-canvas"
      data-testid={role === 'main' ? 'viewport' : 'viewport-compared'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the model is looked at and picked with keys as well
      tabIndex={0}
      aria-label={role === 'main' ? 'Model' : 'Compared result'}
      onPointerMove={(event) => trackPointer(event.clientX, event.clientY, true)}
      onPointerLeave={(event) => trackPointer(event.clientX, event.clientY, false)}
    />
  );
}
