/** Follows WsCleanup of ws-cleanup. */
import { JavaThrowable } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import { defineStep } from './step.ts';
import { mapEntries } from './values.ts';

const PREFIX = '[WS-CLEANUP] ';

export const cleanWsStep = defineStep({
  name: 'cleanWs',
  summary: 'Delete workspace when build is done',
  needs: ['workspace'],
  params: [
    { name: 'patterns', type: 'list', help: 'Maps of `pattern` and `type`: INCLUDE or EXCLUDE.' },
    { name: 'deleteDirs', type: 'boolean', default: false, help: 'Patterns take folders too.' },
    { name: 'cleanWhenSuccess', type: 'boolean', default: true },
    { name: 'cleanWhenUnstable', type: 'boolean', default: true },
    { name: 'cleanWhenFailure', type: 'boolean', default: true },
    { name: 'cleanWhenNotBuilt', type: 'boolean', default: true },
    { name: 'cleanWhenAborted', type: 'boolean', default: true },
    { name: 'skipWhenFailed', type: 'boolean', default: false },
    { name: 'notFailBuild', type: 'boolean', default: false },
    { name: 'cleanupMatrixParent', type: 'boolean', default: false },
    { name: 'externalDelete', type: 'string' },
    { name: 'disableDeferredWipeout', type: 'boolean', default: false },
  ],
  *run(cx, args) {
    const { facts } = yield* cx.ask('file.facts', { ...cx.place(), path: '.' });
    if (facts === null) return null;
    cx.log(`${PREFIX}Deleting project workspace...`);
    const result = cx.result();
    const wanted = {
      SUCCESS: args.cleanWhenSuccess,
      UNSTABLE: args.cleanWhenUnstable,
      FAILURE: args.cleanWhenFailure && !args.skipWhenFailed,
      NOT_BUILT: args.cleanWhenNotBuilt && !args.skipWhenFailed,
      ABORTED: args.cleanWhenAborted && !args.skipWhenFailed,
    };
    if (result !== null && !wanted[result]) {
      cx.log(`${PREFIX}Skipped based on build state ${result}`);
      return null;
    }
    const includes: string[] = [],
      excludes: string[] = [];
    for (const value of args.patterns ?? []) {
      const entries = new Map(mapEntries(cx.rt, value) ?? cx.described(value)?.args ?? []);
      const pattern = cx.rt.str(entries.get('pattern') ?? '');
      (cx.rt.str(entries.get('type') ?? 'INCLUDE') === 'EXCLUDE' ? excludes : includes).push(pattern);
    }
    const everything = includes.length === 0 && excludes.length === 0;
    if (args.disableDeferredWipeout) cx.log(`${PREFIX}Deferred wipeout is disabled by the job configuration...`);
    else if (everything) cx.log(`${PREFIX}Deferred wipeout is used...`);
    try {
      if (everything) yield* cx.ask('file.delete', { ...cx.place(), path: '.', contents: true });
      else {
        const selection = {
          includes: includes.length === 0 ? '**/*' : includes.join(','),
          excludes: excludes.length === 0 ? null : excludes.join(','),
          defaultExcludes: false,
        };
        yield* cx.ask('file.delete', { ...cx.place(), path: '.', contents: !args.deleteDirs, selection });
      }
      cx.log(`${PREFIX}done`);
    } catch (error) {
      if (!(error instanceof JavaThrowable)) throw error;
      if (args.notFailBuild) {
        cx.log(`Cannot delete workspace: ${error.causedBy === null ? 'null' : cx.rt.str(error.causedBy)}`);
        cx.log("Option not to fail the build is turned on, so let's continue");
        return null;
      }
      cx.log(`ERROR: Cannot delete workspace :${error.detail}`);
      throw abortError(`Cannot delete workspace: ${error.detail}`);
    }
    return null;
  },
});
