/** A document of the kernel, filled by a reader and closed when the work is done. */
import type { Handle, Own } from '../scope.ts';
import type { Bindings, Document } from './bindings.ts';

export function newDocument(oc: Bindings, own: Own): { document: Document; handle: Handle } {
  const document = new oc.TDocStd_Document(own(new oc.TCollection_ExtendedString_1()));
  // The handle counts references and frees the document; freeing both would free it twice.
  return { document, handle: own(new oc.Handle_TDocStd_Document_2(document)) };
}

/** Runs a read of a file that exists only in the kernel's own file system. */
export function withFile<T>(oc: Bindings, path: string, bytes: Uint8Array, work: () => T): T {
  oc.FS.writeFile(path, bytes);
  try {
    return work();
  } finally {
    oc.FS.unlink(path);
  }
}
