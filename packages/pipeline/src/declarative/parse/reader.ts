/** What every parse function needs: the source, where errors go, and the installation's descriptors. */
import type { Expression, MethodCallExpression, Span } from '@millrace/groovy/syntax';
import type { DeclarativeDescriptors } from '../descriptors.ts';
import type { ErrorCollector } from '../errors.ts';
import { parser as say } from '../messages.ts';
import type { Key, Place } from '../model.ts';
import { matchCallName, place, stringOf } from './match.ts';

export class Reader {
  readonly source: string;
  readonly errors: ErrorCollector;
  readonly descriptors: DeclarativeDescriptors;
  /** Agent types without parameters: `none`, `any`. */
  readonly bareAgents: ReadonlySet<string>;

  constructor(source: string, errors: ErrorCollector, descriptors: DeclarativeDescriptors) {
    this.source = source;
    this.errors = errors;
    this.descriptors = descriptors;
    this.bareAgents = new Set(descriptors.agents().filter((a) => a.parameters.length === 0).flatMap((a) => a.symbols));
  }

  error(at: Place | null, message: string): void { this.errors.error(at, message); }

  /** The source of a node, as messages quote it. */
  text(node: { readonly span: Span }): string {
    return this.source.slice(node.span.start, node.span.end).replace(/\r\n/g, '\n').replace(/^[\0-\x20]+|[\0-\x20]+$/g, '');
  }

  /** A string literal or bare name; anything else is an error and reads as ''. */
  stringOrEmpty(e: Expression): string {
    const s = stringOf(e);
    if (s === null) this.error(place(e), say.expectedStringLiteral());
    return s ?? '';
  }

  string(e: Expression): string { return this.stringOrEmpty(e) || 'error'; }

  key(e: Expression): Key { return { at: place(e), name: this.string(e) }; }

  /** The name of a call that must have no receiver. */
  callName(call: MethodCallExpression): string {
    const name = matchCallName(call);
    if (name !== null) return name;
    const onVariable = call.object?.kind === 'Variable' && call.object.name !== 'this';
    this.error(place(call), onVariable ? say.objectMethodCall() : say.expectedSymbol());
    return 'error';
  }
}
