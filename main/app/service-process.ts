/** The program of an engine's process (Electron's utilityProcess): one engine, for one window. */
import { createEngine } from '../engine.ts';
import { startService } from './service.ts';

const front = process.argv[2] ?? 'Electron';
const engine = createEngine({ front });
startService(process.parentPort, engine, front);
