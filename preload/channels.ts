/** The names that preload and shell call each other by. */
export const CHANNELS = {
  /** Page to shell: asks for a port to the engine; answered on `port`. */
  requestPort: 'engine:request-port',
  port: 'engine:port',
  /** Page to shell, with an answer. */
  chooseOpenPath: 'dialog:open',
  chooseSavePath: 'dialog:save',
  /** Page to shell: ready to be told what to open. */
  ready: 'window:ready',
  windowState: 'window:state',
  /** Shell to page. */
  menuCommand: 'menu:command',
  openPaths: 'window:open-paths',
} as const;
