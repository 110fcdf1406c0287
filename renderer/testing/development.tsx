/** The window on the fixture engine: `npx vite build renderer --mode development`. Query: `empty`, `copies=2000`. */
import '../styles/index.ts';
import { api } from '../../preload/contract/index.ts';
import { inProcessPair, serve } from '../../preload/contract/rpc.ts';
import { setBlobSource } from '../engine/blobs.ts';
import { setUploader } from '../engine/upload.ts';
import { start } from '../start.tsx';
import { createFixtureEngine } from './fixture-engine.ts';
import type { FixtureFrames } from './fixture-geometry.ts';

const query = new URLSearchParams(location.search);
const engine = await createFixtureEngine({
  empty: query.has('empty'),
  copies: Number(query.get('copies') ?? 0),
  pace: Number(query.get('pace') ?? 250),
  solved: query.has('solved'),
  frames: (query.get('frames') ?? 'none') as FixtureFrames,
});
setBlobSource((hash) => engine.blob(hash));
setUploader(async (file, onProgress) => {
  onProgress(1);
  return engine.upload(file);
});
start(async () => {
  const [client, server] = inProcessPair();
  serve(api, engine.handlers, server);
  return client;
});
