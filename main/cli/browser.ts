/** Programs that may or may not be on this machine: found the same way by `npm start`, the tests and the command line. */
export { findBrowser, findElectron } from '../host/index.ts';

/** Flags that draw WebGL without a graphics card; see the Chromium project's notes on SwiftShader. */
export const SOFTWARE_RENDERING_FLAGS = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
  '--disable-gpu-rasterization',
  '--disable-dev-shm-usage',
];
