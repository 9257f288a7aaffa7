/** Follows StashStep, UnstashStep and StashManager. */
import { JavaThrowable } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import { defineStep } from './step.ts';

export const stashStep = defineStep({
  name: 'stash',
  summary: 'Stash some files to be used later in the build',
  needs: ['workspace'],
  params: [
    { name: 'name', type: 'string', required: true },
    { name: 'includes', type: 'string', help: 'Ant patterns; all files where left out.' },
    { name: 'excludes', type: 'string' },
    { name: 'useDefaultExcludes', type: 'boolean', default: true },
    { name: 'allowEmpty', type: 'boolean', default: false },
  ],
  describe: (args) => args.name,
  *run(cx, args) {
    checkGoodName(args.name);
    const stashed = cx.shared('stash', () => new Set<string>(cx.build.stashes));
    if (stashed.has(args.name)) cx.log(`Warning: overwriting stash ‘${args.name}’`);
    const { count } = yield* cx.ask('stash', {
      ...cx.place(),
      name: args.name,
      allowEmpty: args.allowEmpty,
      selection: { includes: orElse(args.includes, '**'), excludes: orElse(args.excludes, null), defaultExcludes: args.useDefaultExcludes },
    });
    if (count === 0 && !args.allowEmpty) throw abortError(`No files included in stash ‘${args.name}’`);
    stashed.add(args.name);
    cx.log(`Stashed ${count} file(s)`);
    return null;
  },
});

export const unstashStep = defineStep({
  name: 'unstash',
  summary: 'Restore files previously stashed',
  needs: ['workspace'],
  params: [{ name: 'name', type: 'string', required: true }],
  describe: (args) => args.name,
  *run(cx, args) {
    checkGoodName(args.name);
    if (!cx.shared('stash', () => new Set<string>(cx.build.stashes)).has(args.name)) throw abortError(`No such saved stash ‘${args.name}’`);
    yield* cx.ask('unstash', { ...cx.place(), name: args.name });
    return null;
  },
});

function orElse<T>(text: string | null, other: T): string | T {
  return text === null || text === '' ? other : text;
}

/** `Jenkins.checkGoodName`, in its words. */
function checkGoodName(name: string | null): void {
  const refuse = (why: string): never => {
    throw new JavaThrowable('hudson.model.Failure', why);
  };
  const trimmed = name?.trim() ?? '';
  if (trimmed === '') refuse('No name is specified');
  if (trimmed === '.' || trimmed === '..') refuse(`‘${trimmed}’ is not an allowed name`);
  for (const c of trimmed) {
    const code = c.codePointAt(0) as number;
    if (code < 32 || (code >= 127 && code < 160)) refuse(`‘${trimmed}’ contains control characters`);
    if ('?*/\\%!@#$^&|<>[]:;'.includes(c)) refuse(`‘${c}’ is an unsafe character`);
  }
}
