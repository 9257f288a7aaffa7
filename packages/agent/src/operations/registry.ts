/** Every operation on a machine. What needs a library or is rare is loaded when it is first used. */
import type { OperationKind } from '@millrace/protocol';
import * as files from './file-operations.ts';
import { endLease } from './lease-end.ts';
import type { Operation } from './operation.ts';

export const OPERATIONS: { readonly [K in OperationKind]: Operation<K> } = {
  'file.read': files.read,
  'file.write': files.write,
  'file.facts': files.facts,
  'file.find': files.find,
  'file.delete': files.remove,
  'file.mkdirs': files.mkdirs,
  'file.touch': files.touched,
  'file.digest': files.digested,
  'workspace.delete': files.deleteWorkspace,
  'lease.end': endLease,
  zip: async (request, cx) => (await import('./archives.ts')).zip(request, cx),
  unzip: async (request, cx) => (await import('./archives.ts')).unzip(request, cx),
  tar: async (request, cx) => (await import('./archives.ts')).tar(request, cx),
  untar: async (request, cx) => (await import('./archives.ts')).untar(request, cx),
  stash: async (request, cx) => (await import('./stashes.ts')).stash(request, cx),
  unstash: async (request, cx) => (await import('./stashes.ts')).unstash(request, cx),
  'cache.restore': async (request, cx) => (await import('./caches.ts')).restoreCache(request, cx),
  'cache.save': async (request, cx) => (await import('./caches.ts')).saveCache(request, cx),
  archive: async (request, cx) => (await import('./artifacts.ts')).archive(request, cx),
  unarchive: async (request, cx) => (await import('./artifacts.ts')).unarchive(request, cx),
  'artifacts.copy': async (request, cx) => (await import('./artifacts.ts')).copy(request, cx),
  tests: async (request, cx) => (await import('./artifacts.ts')).tests(request, cx),
  publish: async (request, cx) => (await import('./artifacts.ts')).publish(request, cx),
  checkout: async (request, cx) => (await import('./git/checkout.ts')).checkout(request, cx),
  http: async (request, cx) => (await import('./http.ts')).http(request, cx),
};

export function isOperation(kind: string): kind is OperationKind {
  return Object.hasOwn(OPERATIONS, kind);
}
