/**
 * The project file. Most callers want {@link DocumentSession}: records in memory and in the file as one, with change, undo,
 * redo, branches and a subscription; its `file` gives the rest (blobs, sources, derived data, results, settings,
 * thumbnails, messages, verify, save as, pack).
 *
 *     const session = await DocumentSession.create('bracket.artificer', { author });
 *     session.change({ label: 'Rename', put: [{ ...part, name: 'Bracket' }] });
 *     const hash = await session.file.blobs.write(bytes, 'tessellation');
 *     await session.close();
 */
export { type BlobInfo, BlobStore, CHUNK_BYTES, DEFAULT_BUDGET_BYTES, hashOf } from './blob-store.ts';
export type { SaveAsOptions } from './copy.ts';
export { type OpenOptions, openProject } from './open.ts';
export { ProjectFile } from './project-file.ts';
export { type Recovery, recoverProject } from './recover.ts';
export {
  type ChangeEvent,
  type ChangeListener,
  DocumentSession,
  type SessionEdit,
  type SessionOptions,
} from './session.ts';
export type {
  DerivedTable,
  MessagesTable,
  ResultsTable,
  SettingsTable,
  StoredResult,
  Thumbnail,
  ThumbnailsTable,
} from './side-tables.ts';
export { KEPT } from './side-tables.ts';
export type { Integrity } from './verify.ts';
