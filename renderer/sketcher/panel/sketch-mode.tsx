import { useEffect, useState } from 'react';
import { mainViewport } from '../../state/viewports.ts';
import { SketchController } from '../interaction/controller.ts';
import { setInHand } from '../interaction/current.ts';
import { useSketcher } from '../session/state.ts';
import { DimensionEditor } from './dimension-editor.tsx';
import { SketchCard } from './sketch-card.tsx';
import { SketchToolbar } from './sketch-toolbar.tsx';
import { TypedFields } from './typed-fields.tsx';

/** The open sketch over the model: tools, fields at the pointer, and what the solver has to say. */
export function SketchMode() {
  const sketching = useSketcher((state) => state.session !== null);
  return sketching ? <OpenSketch /> : null;
}

function OpenSketch() {
  const [controller, setController] = useState<SketchController | null>(null);
  useEffect(() => {
    const viewport = mainViewport();
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="viewport"]');
    if (!viewport || !canvas) return;
    const made = new SketchController(canvas, viewport);
    setController(made);
    setInHand(made);
    canvas.focus({ preventScroll: true });
    return () => {
      setInHand(null);
      setController(null);
      made.dispose();
      canvas.style.cursor = '';
    };
  }, []);
  return (
    <div className="sketch-mode" data-testid="sketch-mode">
      <SketchToolbar />
      <SketchCard />
      {controller && <TypedFields controller={controller} />}
      {controller && <DimensionEditor controller={controller} />}
    </div>
  );
}
