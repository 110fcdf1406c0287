import { describe, expect, it, vi } from 'vitest';
import { api } from '../../preload/contract/index.ts';
import { connect, inProcessPair, serve } from '../../preload/contract/rpc.ts';
import { useDocument } from '../state/document.ts';
import { useGeometry } from '../state/geometry.ts';
import { createFixtureEngine } from '../testing/fixture-engine.ts';
import { cachedBlobs } from './blobs.ts';
import { hydrate } from './session.ts';

describe('blobs', () => {
  it('are fetched once while there is room, and the oldest goes first', async () => {
    const source = vi.fn(async (hash: string) => new Uint8Array(hash === 'big' ? 8 : 4));
    const fetchBlob = cachedBlobs(source, 10);
    await fetchBlob('a');
    await fetchBlob('b');
    await fetchBlob('a');
    expect(source).toHaveBeenCalledTimes(2);
    await fetchBlob('c');
    await fetchBlob('a');
    expect(source).toHaveBeenCalledTimes(3);
    await fetchBlob('b');
    expect(source).toHaveBeenCalledTimes(4);
  });
});

describe('a session', () => {
  it('mirrors the project and follows its changes', async () => {
    const engine = await createFixtureEngine();
    const [near, far] = inProcessPair();
    serve(api, engine.handlers, far);
    const client = connect(api, near);
    await hydrate(client);
    await vi.waitFor(() => expect(useGeometry.getState().parts.size).toBe(2));
    const { records, tree } = useDocument.getState();
    expect(tree.counts()).toMatchObject({ placements: 2, parts: 2 });
    const project = records.get('project_settings')!;
    await client['document.change']({ label: 'Rename', put: [{ ...project, name: 'Other' } as typeof project] });
    await vi.waitFor(() => expect(useDocument.getState().history.undoLabel).toBe('Rename'));
    await client['document.undo']({});
    await vi.waitFor(() =>
      expect(useDocument.getState().records.get('project_settings')).toMatchObject({ name: 'Bracket' }),
    );
    near.close();
  });
});
