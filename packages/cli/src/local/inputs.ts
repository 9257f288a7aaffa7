/**
 * `input` at the command line: answers given beforehand, else a question on the terminal. Questions are asked one after
 * another, however many branches wait.
 */
import type { AnswerOf, Json, RequestOf } from '@millrace/pipeline';
import type { HandlerContext } from './handler.ts';
import { Failure, unsupported } from './handler.ts';

export interface InputOptions {
  /** `id=value` of `--input`: `proceed`, `abort`, or a JSON object with the parameters' values. */
  readonly given: ReadonlyMap<string, string>;
  readonly user: string;
  /** Asks on the terminal; null where there is none. Null as an answer: the terminal was closed. */
  readonly question: ((text: string) => Promise<string | null>) | null;
}

export class InputDesk {
  private readonly options: InputOptions;
  private last: Promise<unknown> = Promise.resolve();
  constructor(options: InputOptions) {
    this.options = options;
  }

  wait(request: RequestOf<'input'>, cx: HandlerContext): Promise<AnswerOf<'input'>> {
    const given = this.options.given.get(request.id);
    if (given !== undefined) return Promise.resolve(this.fromText(given, request));
    const { question } = this.options;
    if (question === null)
      throw unsupported(`the input ${request.id} (${request.message}) needs a terminal, or an answer beforehand: --input ${request.id}=proceed`);
    let wanted = true;
    cx.onCancel(() => {
      wanted = false;
    });
    const asked = this.last.then(async () => {
      for (;;) {
        if (!wanted) throw new Failure({ code: 'MR_CANCELLED', message: 'no longer wanted' });
        const answer = (await question(`${request.message} [${request.ok}/abort] `))?.trim().toLowerCase();
        if (answer === undefined || /^(a|abort|n|no)$/.test(answer)) return this.fromText('abort', request);
        if (/^(p|proceed|y|yes|)$/.test(answer) || answer === request.ok.toLowerCase())
          return this.fromText(JSON.stringify(await this.values(request, question)), request);
      }
    });
    this.last = asked.catch(() => undefined);
    return asked;
  }

  private async values(request: RequestOf<'input'>, question: NonNullable<InputOptions['question']>): Promise<Record<string, Json>> {
    const values: Record<string, Json> = {};
    for (const parameter of request.parameters) {
      const name = String(parameter['name'] ?? '');
      const fallback = parameter['defaultValue'] ?? (Array.isArray(parameter['choices']) ? (parameter['choices'][0] ?? '') : '');
      const answer = await question(`${name} [${String(fallback)}] `);
      values[name] = answer === null || answer === '' ? fallback : typeof fallback === 'boolean' ? answer.trim().toLowerCase() === 'true' : answer;
    }
    return values;
  }

  private fromText(text: string, request: RequestOf<'input'>): AnswerOf<'input'> {
    if (text === 'abort') throw new Failure({ code: 'MR_INPUT_ABORTED', message: 'Rejected', user: this.options.user });
    const values: Record<string, Json> = {};
    for (const parameter of request.parameters)
      values[String(parameter['name'] ?? '')] = parameter['defaultValue'] ?? (Array.isArray(parameter['choices']) ? (parameter['choices'][0] ?? '') : '');
    if (text !== 'proceed') Object.assign(values, JSON.parse(text) as object);
    return { user: this.options.user, values };
  }
}
