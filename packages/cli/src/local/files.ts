/** Files, stashes and artifacts on the nodes of this machine. */
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copySelected, deletePath, deleteSelected, digest, factsOf, findFiles, pathAt, readText, touch, writeText } from '@millrace/agent';
import type { Ask, Json, Place, StdioRetention } from '@millrace/pipeline';
import { TestTally } from '@millrace/pipeline';
import type { HandlerContext } from './handler.ts';
import { Failure, unsupported } from './handler.ts';
import type { LocalWorld } from './local-host.ts';

export async function serve(ask: Ask, cx: HandlerContext, world: LocalWorld): Promise<Json> {
  const at = (place: Place, path: string): string => {
    world.nodes.lease(place.lease);
    return pathAt(place.cwd, path);
  };
  switch (ask.kind) {
    case 'file.read':
      return { content: await readText(at(ask.request, ask.request.path), ask.request.encoding) };
    case 'file.write':
      await writeText(at(ask.request, ask.request.path), ask.request.content, ask.request.encoding, ask.request.append === true, ask.request.mode);
      return null;
    case 'file.facts': {
      const facts = await factsOf(at(ask.request, ask.request.path));
      return { facts: facts === null ? null : { ...facts, path: ask.request.path } };
    }
    case 'file.find':
      return { files: (await findFiles(at(ask.request, '.'), ask.request, { directories: ask.request.directories === true })) as unknown as Json };
    case 'file.delete': {
      const { path, contents, selection } = ask.request;
      const target = at(ask.request, path);
      if (selection === undefined) await deletePath(target, contents === true);
      else await deleteSelected(target, selection, contents === false);
      return null;
    }
    case 'file.mkdirs':
      await mkdir(at(ask.request, ask.request.path), { recursive: true });
      return null;
    case 'file.touch':
      return { facts: { ...(await touch(at(ask.request, ask.request.path), ask.request.at)), path: ask.request.path } };
    case 'file.digest':
      return { hex: await digest(at(ask.request, ask.request.path), ask.request.algorithm) };
    case 'stash': {
      const { name, selection, allowEmpty } = ask.request;
      const folder = stashFolder(world, name);
      // Made beside and moved, so that a stash is whole or not there.
      await rm(`${folder}.new`, { recursive: true, force: true });
      await mkdir(`${folder}.new`, { recursive: true });
      const files = await copySelected(at(ask.request, '.'), selection, `${folder}.new`);
      if (files.length === 0 && !allowEmpty) throw new Failure({ code: 'MR_HOST', message: 'No files included in stash ‘' + name + '’' });
      await rm(folder, { recursive: true, force: true });
      await rename(`${folder}.new`, folder);
      return { count: files.length };
    }
    case 'unstash': {
      const folder = stashFolder(world, ask.request.name);
      if (!existsSync(folder)) throw new Failure({ code: 'MR_HOST', message: `No such saved stash ‘${ask.request.name}’` });
      return { count: (await copySelected(folder, EVERYTHING, at(ask.request, '.'))).length };
    }
    case 'archive':
      return { files: await copySelected(at(ask.request, '.'), ask.request.selection, world.options.archiveDir) };
    case 'tests': {
      const { selection, retention } = ask.request;
      const root = at(ask.request, '.');
      const tally = new TestTally(retention as StdioRetention);
      for (const { path } of await findFiles(root, selection)) tally.add(join(root, path), await readText(join(root, path), null));
      return tally.summary() as unknown as Json;
    }
    case 'unarchive': {
      const { from, to } = ask.request;
      const target = at(ask.request, to);
      const selection = { ...EVERYTHING, includes: from.endsWith('/') ? `${from}**` : from };
      const found = await findFiles(world.options.archiveDir, selection);
      const [only] = found;
      // One file by its whole name goes to where it is told; several keep their folders below it.
      if (only !== undefined && found.length === 1 && only.path === from) {
        const file = (await factsOf(target))?.directory === true ? join(target, only.name) : target;
        await mkdir(dirname(file), { recursive: true });
        await cp(join(world.options.archiveDir, only.path), file);
        return { files: [file] };
      }
      return { files: (await copySelected(world.options.archiveDir, selection, target)).map((path) => join(target, path)) };
    }
    case 'publish': {
      const folder = join(world.options.stateDir, 'published');
      await mkdir(folder, { recursive: true });
      const name = `${ask.request.type}-${ask.request.name}-${ask.id}`.replace(/[^\w.-]/g, '_');
      await writeFile(join(folder, `${name}.json`), JSON.stringify(ask.request.data));
      if (ask.request.files !== undefined) await copySelected(at(ask.request.files, '.'), ask.request.files.selection, join(folder, name));
      return { url: null };
    }
    case 'zip':
    case 'unzip':
    case 'tar':
    case 'untar':
      return (await import('./archives.ts')).serve(ask, cx, at);
    default:
      throw unsupported(`this command cannot do ${(ask as { kind: string }).kind}`);
  }
}

const EVERYTHING = { includes: '**', excludes: null, defaultExcludes: false } as const;

function stashFolder(world: LocalWorld, name: string): string {
  return join(world.options.stateDir, 'stashes', encodeURIComponent(name).replaceAll('.', '%2E'));
}
