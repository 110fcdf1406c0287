/** The parts of Electron that the shell uses, handed to it so that it can be tried on a double. */
import type Electron from 'electron';

export interface ElectronModules {
  app: Electron.App;
  BrowserWindow: typeof Electron.BrowserWindow;
  dialog: Electron.Dialog;
  ipcMain: Electron.IpcMain;
  Menu: typeof Electron.Menu;
  MessageChannelMain: typeof Electron.MessageChannelMain;
  protocol: Electron.Protocol;
  screen: Electron.Screen;
  session: typeof Electron.session;
  utilityProcess: typeof Electron.utilityProcess;
}
