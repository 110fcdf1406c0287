/** The program of the worker that lets SQLite look through every page of a file: one call that can take seconds. */
import { parentPort, workerData } from 'node:worker_threads';
import { type PageCheckRequest, pageProblems } from './page-check.ts';

parentPort!.postMessage(pageProblems(workerData as PageCheckRequest));
