/** The graphics context: asked for once, checked, and named where it is missing. */
import { Engine } from '@babylonjs/core/Engines/engine.js';

export interface Graphics {
  engine: Engine;
  /** Of the engine, for what it has no words for; null where it is lost. */
  context: WebGL2RenderingContext | null;
  /** Drawn by the processor: smoothing is left off, as every sample costs there. */
  software: boolean;
}

/** Whether this machine draws without a graphics card, found on a context of its own that is given back at once. */
function drawsInSoftware(): boolean {
  const probe = document.createElement('canvas');
  probe.width = 1;
  probe.height = 1;
  const context = probe.getContext('webgl2');
  if (!context) return false;
  const details = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}

/** Throws an Error with a plain message where no WebGL 2 can be had. */
export function createGraphics(canvas: HTMLCanvasElement): Graphics {
  const software = drawsInSoftware();
  let engine: Engine;
  try {
    engine = new Engine(
      canvas,
      !software,
      {
        stencil: false,
        alpha: true,
        premultipliedAlpha: true,
        preserveDrawingBuffer: false,
        powerPreference: 'high-performance',
        disableWebGL2Support: false,
        audioEngine: false,
        // The window draws for people who look at it, not for a headset.
        xrCompatible: false,
        useExactSrgbConversions: false,
      },
      false,
    );
  } catch {
    throw new Error('This machine offers the window no 3D graphics (WebGL 2).');
  }
  if (engine.webGLVersion < 2) {
    engine.dispose();
    throw new Error('This machine offers the window no 3D graphics (WebGL 2).');
  }
  engine.doNotHandleContextLost = false;
  // Programs are compiled where they are first used: frames on demand must not be drawn with half of their meshes missing.
  engine.getCaps().parallelShaderCompile = undefined as never;
  engine.enableOfflineSupport = false;
  return { engine, software, context: canvas.getContext('webgl2') };
}
