/** How the local host serves asks: one function a kind, found in `local-host.ts`. */
import { OperationError } from '@millrace/agent';
import type { AnswerOf, Ask, AskKind, AskSink, CancelReason, RequestOf } from '@millrace/pipeline';

/** Prints to the build's log, counting what is printed: made again after a crash, it prints the same and nothing comes twice. */
export type Print = (text: string) => void;

/** An answer that comes once; rejected with a `Failure` or any error. May be called again for the same ask after a crash. */
export type Handler<K extends AskKind> = (request: RequestOf<K>, cx: HandlerContext) => AnswerOf<K> | Promise<AnswerOf<K>>;

export interface HandlerContext {
  readonly ask: Ask;
  readonly print: Print;
  /** Told when the answer is no longer wanted. */
  onCancel(listener: (reason: CancelReason) => void): void;
}

/** An ask that cannot be served: what the step fails with. */
export class Failure extends OperationError {}

export function unsupported(what: string): Failure {
  return new Failure({ code: 'MR_UNSUPPORTED', message: what });
}

export function printer(sink: AskSink): Print {
  let at = 0;
  return (text) => {
    const from = at;
    at += text.length;
    sink.output(from, text, at);
  };
}
