/**
 * `publishChecks` and `withChecks` of Jenkins' checks-api plug-in: what a build says beside its own check. They go on where no
 * checks are taken, as there.
 */
import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { interruptionOf } from '../engine/throwables.ts';
import type { CheckRequest, Json } from '../host.ts';
import { maskText } from '../log/mask.ts';
import { illegalArgument, isBlank } from './file-or-text.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { toJson } from './values.ts';

const STATUS: { readonly [name: string]: CheckRequest['status'] } = { NONE: 'queued', QUEUED: 'queued', IN_PROGRESS: 'in_progress', COMPLETED: 'completed' };
const CONCLUSION: { readonly [name: string]: CheckRequest['conclusion'] } = {
  NONE: null,
  ACTION_REQUIRED: 'action_required',
  SKIPPED: 'skipped',
  CANCELED: 'cancelled',
  TIME_OUT: 'timed_out',
  FAILURE: 'failure',
  NEUTRAL: 'neutral',
  SUCCESS: 'success',
};
const LEVEL = { NOTICE: 'notice', WARNING: 'warning', FAILURE: 'failure' } as const;
/** What GitHub takes of an action, in characters. */
const ACTION = { label: 20, identifier: 20, description: 40 } as const;

/** What `withChecks` has set for the steps in it. */
interface ChecksInfo {
  readonly name: string;
  readonly detailsURL: string | null;
}
const INFO = 'withChecks';
export function checksInfo(cx: StepContext): ChecksInfo | null {
  return (cx.scope.extra[INFO] as ChecksInfo | undefined) ?? null;
}

export const publishChecksStep = defineStep({
  name: 'publishChecks',
  summary: 'Publish customized checks to SCM platforms',
  params: [
    { name: 'name', type: 'string', help: 'Default: that of the `withChecks` around.' },
    { name: 'title', type: 'string', help: 'Default: the name.' },
    { name: 'summary', type: 'string', default: '' },
    { name: 'text', type: 'string', default: '' },
    { name: 'status', type: 'string', default: 'COMPLETED', values: Object.keys(STATUS) },
    { name: 'conclusion', type: 'string', help: 'Default: SUCCESS of what is completed.', values: Object.keys(CONCLUSION) },
    { name: 'detailsURL', type: 'string', help: 'Default: the page of the build.' },
    {
      name: 'annotations',
      type: 'list',
      help: '`[path: …, startLine: …, endLine: …, message: …]`, and `annotationLevel` (NOTICE, WARNING, FAILURE), `startColumn`, `endColumn`, `title`, `rawDetails`.',
    },
    { name: 'actions', type: 'list', help: '`[label: …, identifier: …, description: …]`, at most three.' },
  ],
  describe: (args) => args.name,
  *run(cx, args) {
    const info = checksInfo(cx);
    const name = isBlank(args.name) ? (info?.name ?? '') : (args.name as string);
    const status = STATUS[args.status] as CheckRequest['status'];
    const conclusion = args.conclusion === null ? (status === 'completed' ? 'success' : null) : (CONCLUSION[args.conclusion] ?? null);
    const title = isBlank(args.title) ? name : (args.title as string);
    yield* publish(cx, {
      name,
      status,
      conclusion,
      url: detailsUrl(args.detailsURL, info),
      output: { title, summary: isBlank(args.summary) ? title : args.summary, text: args.text },
      tests: null,
      annotations: (args.annotations ?? []).map((value) => annotationOf(fieldsOf(cx, value, 'annotations'))),
      actions: (args.actions ?? []).map((value) => actionOf(fieldsOf(cx, value, 'actions'))),
    });
    return null;
  },
});

export const withChecksStep = defineStep({
  name: 'withChecks',
  summary: 'Inject checks properties into its closure',
  block: 'required',
  params: [
    { name: 'name', type: 'string', required: true },
    { name: 'includeStage', type: 'boolean', default: false, help: 'Put the names of the stages around behind the name.' },
    { name: 'detailsURL', type: 'string' },
  ],
  describe: (args) => args.name,
  *run(cx, args, body) {
    const name = args.includeStage ? [args.name, ...cx.scope.around].join(' / ') : args.name;
    const info: ChecksInfo = { name, detailsURL: isBlank(args.detailsURL) ? null : args.detailsURL };
    const said = { name, url: detailsUrl(null, info), tests: null, annotations: [], actions: [] };
    yield* publish(cx, { ...said, status: 'in_progress', conclusion: null, output: null });
    try {
      return yield* cx.runBody(body, { extra: { [INFO]: info } });
    } catch (error) {
      if (!(error instanceof JavaThrowable)) throw error;
      const interruption = interruptionOf(error);
      const [title, text] =
        interruption === null ? ['Failed', cx.rt.str(error)] : ['Cancelled', interruption.causes.map((cause) => cause.description).join('\n\n')];
      yield* publish(cx, {
        ...said,
        status: 'completed',
        conclusion: interruption === null ? 'failure' : 'cancelled',
        output: { title, summary: 'occurred while executing withChecks step.', text },
      });
      throw error;
    }
  },
});

/** `junit` in a build whose commit takes checks. `tests`: the ask that has kept them. */
export function* publishTests(cx: StepContext, given: string | null, tests: string, failed: number): Computation<void> {
  const info = checksInfo(cx);
  const isNamed = info !== null || !isBlank(given);
  if (cx.build.checks === undefined || (cx.build.checks === 'named' && !isNamed)) return;
  const name = isBlank(given) ? (info?.name ?? ['Tests', ...cx.scope.around].join(' / ')) : (given as string);
  const request: CheckRequest = {
    name,
    status: 'completed',
    conclusion: failed > 0 ? 'failure' : 'success',
    url: detailsUrl(null, info),
    output: null,
    tests,
    annotations: [],
    actions: [],
  };
  yield* publish(cx, request, isNamed);
}

/** `wanted` false: nobody has asked for it, and where nobody takes it nothing is said. */
function* publish(cx: StepContext, request: CheckRequest, wanted = true): Computation<void> {
  if (cx.build.checks !== undefined) {
    if (isBlank(request.name)) throw illegalArgument('The check name is blank.');
    if (request.status === 'completed' && request.conclusion === null) throw illegalArgument('No conclusion has been set when status is completed.');
    const { published } = yield* cx.ask('check', masked(cx, request));
    if (published) {
      cx.log(`[GitHub Checks] GitHub check (name: ${request.name}, status: ${request.status}) is on its way.`);
      return;
    }
  }
  if (wanted) cx.log('[Checks API] No suitable checks publisher found.');
}

/** It is shown to whoever may see the repository: what is masked in the log is masked there. */
function masked(cx: StepContext, request: CheckRequest): CheckRequest {
  const { masks } = cx.scope;
  if (masks.length === 0) return request;
  const { output, annotations } = request;
  const hide = (text: string): string => maskText(text, masks);
  const hideOr = (text: string | null): string | null => (text === null ? null : hide(text));
  return {
    ...request,
    output: output === null ? null : { title: hide(output.title), summary: hide(output.summary), text: hide(output.text) },
    annotations: annotations.map((a) => ({ ...a, message: hide(a.message), title: hideOr(a.title), rawDetails: hideOr(a.rawDetails) })),
  };
}

function detailsUrl(given: string | null, info: ChecksInfo | null): string | null {
  const url = isBlank(given) ? (info?.detailsURL ?? null) : given;
  if (url !== null && !/^https?:/i.test(url)) throw illegalArgument(`The details url is not http or https scheme: ${url}`);
  return url;
}

function fieldsOf(cx: StepContext, value: Value, list: string): { readonly [name: string]: Json } {
  const json = toJson(cx.rt, value);
  if (json === null || typeof json !== 'object' || Array.isArray(json)) throw illegalArgument(`An element of ${list} has to be a map`);
  return json as { readonly [name: string]: Json };
}

function annotationOf(fields: { readonly [name: string]: Json }): CheckRequest['annotations'][number] {
  const text = (name: string): string | null => (fields[name] == null ? null : String(fields[name]));
  const line = (name: string): number => {
    const value = Number(fields[name] ?? Number.NaN);
    if (!Number.isInteger(value) || value < 1) throw illegalArgument(`An annotation needs ${name}: a line, counted from 1`);
    return value;
  };
  const column = (name: string): number | null => (fields[name] == null ? null : line(name));
  const path = text('path'),
    message = text('message'),
    level = text('annotationLevel') ?? 'WARNING';
  if (isBlank(path)) throw illegalArgument('Path is required but not provided.');
  if (isBlank(message)) throw illegalArgument('Message is required but not provided.');
  if (!Object.hasOwn(LEVEL, level)) throw illegalArgument(`annotationLevel is one of ${Object.keys(LEVEL).join(', ')}, not ${level}`);
  const startLine = line('startLine');
  return {
    path: path as string,
    startLine,
    endLine: fields['endLine'] == null ? startLine : line('endLine'),
    startColumn: column('startColumn'),
    endColumn: column('endColumn'),
    level: LEVEL[level as keyof typeof LEVEL],
    message: message as string,
    title: text('title'),
    rawDetails: text('rawDetails'),
  };
}

function actionOf(fields: { readonly [name: string]: Json }): CheckRequest['actions'][number] {
  const text = (name: keyof typeof ACTION): string => {
    const value = fields[name] == null ? '' : String(fields[name]);
    if (value.length > ACTION[name]) throw illegalArgument(`The ${name} of an action has at most ${ACTION[name]} characters: ${value}`);
    return value;
  };
  const action = { label: text('label'), identifier: text('identifier'), description: text('description') };
  if (action.label === '') throw illegalArgument('Label of action is required but not provided');
  if (action.identifier === '') throw illegalArgument('Identifier of action is required but not provided');
  // GitHub takes none without one.
  return { ...action, description: action.description === '' ? action.label : action.description };
}
