/** Jobs, folders and their builds as `Jenkins.get().getItemByFullName(…)` answers them: as they were when asked. */
import type { Computation, Value } from '@millrace/groovy';
import { JavaList, Long } from '@millrace/groovy';
import { Result, resultFrom } from '../java/result.ts';
import type { Members, ModelObject } from './model-object.ts';
import type { Server, ServerBuild, ServerItem } from './server-asks.ts';

export const RUN_CLASS = 'org.jenkinsci.plugins.workflow.job.WorkflowRun';
const JOB = 'org.jenkinsci.plugins.workflow.job.WorkflowJob';
const FOLDER = 'com.cloudbees.hudson.plugins.folder.Folder';

/** `a/b` → `job/a/job/b/` */
export function itemUrl(fullName: string): string {
  return fullName
    .split('/')
    .map((part) => `job/${encodeURIComponent(part)}/`)
    .join('');
}
export const displayPath = (fullName: string): string => fullName.split('/').join(' » ');

/** Asks for the item; null where there is none. */
export function* itemNamed(server: Server, name: string): Computation {
  const found = yield* server.ask('serverItem', { name: name.replace(/^\/+/, '') });
  if (found === null) return null;
  return found.kind === 'folder' ? folderObject(server, found) : jobObject(server, found.fullName, () => found);
}

function names(server: Server, fullName: string): Members {
  const { rootUrl } = server.execution.facts;
  const simple = fullName.slice(fullName.lastIndexOf('/') + 1);
  return {
    getName: () => simple,
    getFullName: () => fullName,
    getDisplayName: () => simple,
    getFullDisplayName: () => displayPath(fullName),
    getUrl: () => itemUrl(fullName),
    getAbsoluteUrl: () => `${rootUrl ?? ''}${itemUrl(fullName)}`,
  };
}

function folderObject(server: Server, item: ServerItem): ModelObject {
  return server.object(FOLDER, `${FOLDER}[${item.fullName}]`, {
    ...names(server, item.fullName),
    getDescription: () => item.description,
    /** Names alone: an item is asked for by itself. */
    getItemNames: () => new JavaList(item.children.map((child) => child.slice(child.lastIndexOf('/') + 1))),
  });
}

/** `known`: what the server has said of it; null: it is asked when something of it is wanted. */
export function jobObject(server: Server, fullName: string, known: (() => ServerItem) | null = null): ModelObject {
  const read = (of: (item: ServerItem, job: ModelObject) => Value) => () => {
    if (known !== null) return of(known(), job);
    return server.defer(
      (function* (): Computation {
        const item = yield* server.ask('serverItem', { name: fullName });
        return item === null ? null : of(item, job);
      })(),
    );
  };
  const build = (of: (item: ServerItem) => ServerBuild | null) =>
    read((item, job) => {
      const found = of(item);
      return found === null ? null : buildObject(server, fullName, job, found);
    });
  const job: ModelObject = server.object(JOB, `${JOB}[${fullName}]`, {
    ...names(server, fullName),
    getDescription: read((item) => item.description),
    isDisabled: read((item) => item.disabled),
    isBuildable: read((item) => !item.disabled),
    isBuilding: read((item) => item.building),
    getLastBuild: build((item) => item.last),
    getLastCompletedBuild: build((item) => item.lastCompleted),
    getLastSuccessfulBuild: build((item) => item.lastSuccessful),
    getLastStableBuild: build((item) => item.lastStable),
    getLastUnstableBuild: build((item) => item.lastUnstable),
    getLastFailedBuild: build((item) => item.lastFailed),
  });
  return job;
}

function buildObject(server: Server, fullName: string, job: ModelObject, build: ServerBuild): ModelObject {
  const { result, durationMs } = build;
  return server.object(RUN_CLASS, `${fullName} #${build.number}`, {
    ...numberedBuild(server, fullName, build.number, `#${build.number}`),
    getParent: () => job,
    getResult: () => (result === null ? null : new Result(resultFrom(result))),
    isBuilding: () => result === null,
    getTimeInMillis: () => Long.of(build.startedAt),
    getStartTimeInMillis: () => Long.of(build.startedAt),
    getDuration: () => Long.of(durationMs ?? 0),
  });
}

/** What every build tells by its number. */
export function numberedBuild(server: Server, fullName: string, number: number, displayName: string): Members {
  const url = `${itemUrl(fullName)}${number}/`;
  return {
    getNumber: () => number,
    getId: () => String(number),
    getDisplayName: () => displayName,
    getFullDisplayName: () => `${displayPath(fullName)} ${displayName}`,
    getUrl: () => url,
    getAbsoluteUrl: () => `${server.execution.facts.rootUrl ?? ''}${url}`,
    getExternalizableId: () => `${fullName}#${number}`,
  };
}
