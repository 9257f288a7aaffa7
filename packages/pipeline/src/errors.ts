/**
 * The coded errors of this package. A code is for ever; docs/errors.md tells what to do about each. Messages are fixed
 * sentences, values are fields.
 */
export const PIPELINE_ERRORS = {
  MR_JOURNAL_DIVERGED: 'The program asks something else than its journal says, so the build cannot be resumed.',
  MR_JOURNAL_FORMAT: 'The journal was written by a version of Millrace that this one cannot read.',
  MR_JOURNAL_DAMAGED: 'The journal holds an entry that cannot be read.',
  MR_BUILD_DETACHED: 'The build was detached from this process, so that another one goes on with it.',
  MR_NODE_LOST: 'The machine that ran the step was lost.',
  MR_UNSUPPORTED: 'This host cannot do what the step needs.',
  MR_INPUT_ABORTED: 'Somebody rejected the input.',
  MR_LIBRARY_UNKNOWN: 'There is no shared library of that name.',
  MR_CANCELLED: 'The step was cancelled before it had a result.',
  MR_HOST: 'The host failed while it served a step.',
} as const;

export type PipelineErrorCode = keyof typeof PIPELINE_ERRORS;

export class PipelineError extends Error {
  readonly code: PipelineErrorCode;
  readonly fields: { readonly [name: string]: string | number };
  constructor(code: PipelineErrorCode, fields: { readonly [name: string]: string | number } = {}) {
    const values = Object.entries(fields)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n  ');
    super(`${code}: ${PIPELINE_ERRORS[code]}${values === '' ? '' : `\n  ${values}`}`);
    this.name = 'PipelineError';
    this.code = code;
    this.fields = fields;
  }
}
