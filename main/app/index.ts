/** The program of the desktop shell. Everything that it does is in shell.ts; this hands it the real Electron. */
import { dirname } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  screen,
  session,
  utilityProcess,
} from 'electron';
import { Shell } from './shell.ts';

const shell = new Shell(
  { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, screen, session, utilityProcess },
  {
    // This file is out/main/app.js.
    out: dirname(import.meta.dirname),
    platform: process.platform,
    words: process.argv.slice(1),
    folder: process.cwd(),
    version: process.versions.electron,
  },
);
shell.start();
