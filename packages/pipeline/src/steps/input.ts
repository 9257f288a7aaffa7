import { JavaThrowable } from '@millrace/groovy';
import { flowInterrupted } from '../engine/throwables.ts';
import { defineStep } from './step.ts';
import { fromJson, toJson } from './values.ts';

const FILE_PARAMETER = 'file parameters are not supported by the input step';

export const inputStep = defineStep({
  name: 'input',
  summary: 'Wait for interactive input',
  params: [
    { name: 'message', type: 'string', positional: true, default: 'Proceed?' },
    { name: 'id', type: 'string' },
    { name: 'ok', type: 'string', default: 'Proceed' },
    { name: 'cancel', type: 'string', default: 'Abort' },
    { name: 'submitter', type: 'string' },
    { name: 'submitterParameter', type: 'string' },
    { name: 'parameters', type: 'list' },
  ],
  *run(cx, args) {
    const parameters = (args.parameters ?? []).map((value) => toJson(cx.rt, cx.described(value) ?? value) as { [name: string]: never });
    // What a person uploads does not come into a build this way: Jenkins refuses it too.
    if (parameters.some((parameter) => parameter['$symbol'] === 'file' || String(parameter['$class'] ?? '').endsWith('FileParameterDefinition')))
      throw new JavaThrowable('hudson.AbortException', FILE_PARAMETER);
    const id = args.id ?? `Input-${cx.nodeId}`;
    cx.log(args.message);
    cx.log(parameters.length === 0 ? `${args.ok} or ${args.cancel}` : 'Input requested');
    try {
      const answer = yield* cx.ask('input', { id, message: args.message, ok: args.ok, submitter: args.submitter, parameters });
      if (answer.user !== null) cx.log(`Approved by ${answer.user}`);
      // One parameter's value comes alone; several as a map; the submitter's name joins them under the name asked for.
      const values = Object.entries(answer.values);
      if (args.submitterParameter !== null) values.push([args.submitterParameter, answer.user ?? '']);
      if (values.length === 0) return null;
      if (values.length === 1) return fromJson((values[0] as [string, never])[1]);
      return fromJson(Object.fromEntries(values));
    } catch (error) {
      const data = error instanceof JavaThrowable ? (error.data as { code?: string; user?: string | null } | null | undefined) : null;
      if (data?.code !== 'MR_INPUT_ABORTED') throw error;
      throw flowInterrupted('ABORTED', [
        { type: 'org.jenkinsci.plugins.workflow.support.steps.input.Rejection', description: `Rejected by ${data.user ?? 'SYSTEM'}` },
      ]);
    }
  },
});
