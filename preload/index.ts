/**
 * The preload: runs sandboxed beside the page and gives it a port to the engine and seven small functions, nothing that
 * could be turned into a way to read a file or to reach another channel.
 */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import { CHANNELS } from './channels.ts';
import { PORT_ANSWER, PORT_REQUEST } from './contract/shell-port.ts';
import type { ArtificerShell, MenuCommand } from './shell.ts';

/** Hears a channel, and hands on only what was sent: the event would hand the page `sender`, and with it everything. */
function listen<Data>(channel: string, listener: (data: Data) => void): () => void {
  const onMessage = (_event: IpcRendererEvent, data: Data) => listener(data);
  ipcRenderer.on(channel, onMessage);
  return () => ipcRenderer.off(channel, onMessage);
}

const shell: ArtificerShell = {
  platform: process.platform as ArtificerShell['platform'],
  chooseOpenPath: (kind) => ipcRenderer.invoke(CHANNELS.chooseOpenPath, kind),
  chooseSavePath: (suggestedName) => ipcRenderer.invoke(CHANNELS.chooseSavePath, suggestedName),
  // Empty for a file that the page made itself.
  pathOfFile: (file) => webUtils.getPathForFile(file) || null,
  onMenuCommand: (listener) => listen<MenuCommand>(CHANNELS.menuCommand, listener),
  onOpenPaths: (listener) => {
    const stop = listen<string[]>(CHANNELS.openPaths, listener);
    ipcRenderer.send(CHANNELS.ready);
    return stop;
  },
  setWindowState: (state) => ipcRenderer.send(CHANNELS.windowState, state),
};
contextBridge.exposeInMainWorld('artificerShell', shell);

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === PORT_REQUEST) ipcRenderer.send(CHANNELS.requestPort);
});
ipcRenderer.on(CHANNELS.port, (event) => {
  window.postMessage(PORT_ANSWER, location.origin, [...event.ports]);
});
