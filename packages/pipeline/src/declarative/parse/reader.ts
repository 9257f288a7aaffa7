/** What every parse function needs: the source, where errors go, and the installation's descriptors. */
import type { CompilationUnit, Expression, MethodCallExpression, Span } from '@millrace/groovy/syntax';
import type { DeclarativeDescriptors } from '../descriptors.ts';
import type { ErrorCollector } from '../errors.ts';
import { parser as say } from '../messages.ts';
import type { Key, Place } from '../model.ts';
import { matchCallName, place, stringOf } from './match.ts';

/** Of the packages that every script imports, those that people call methods on. */
const COMMON_CLASSES = [
  'Arrays',
  'BigDecimal',
  'BigInteger',
  'Boolean',
  'Calendar',
  'Character',
  'Class',
  'Collections',
  'Currency',
  'Date',
  'Double',
  'Float',
  'Integer',
  'Locale',
  'Long',
  'Math',
  'Object',
  'Objects',
  'Optional',
  'Runtime',
  'Short',
  'String',
  'System',
  'Thread',
  'TimeZone',
  'UUID',
];

export class Reader {
  readonly source: string;
  readonly errors: ErrorCollector;
  readonly descriptors: DeclarativeDescriptors;
  /** Agent types without parameters: `none`, `any`. */
  readonly bareAgents: ReadonlySet<string>;

  /** Names that Groovy takes for classes: a call on one is no call on a variable. */
  private readonly classes: ReadonlySet<string>;

  constructor(unit: CompilationUnit, errors: ErrorCollector, descriptors: DeclarativeDescriptors) {
    this.source = unit.source;
    this.classes = new Set([
      ...COMMON_CLASSES,
      ...unit.classes.map((c) => c.name),
      ...unit.imports.map((i) => i.alias ?? i.name.slice(i.name.lastIndexOf('.') + 1)),
    ]);
    this.errors = errors;
    this.descriptors = descriptors;
    this.bareAgents = new Set(
      descriptors
        .agents()
        .filter((a) => a.parameters.length === 0)
        .flatMap((a) => a.symbols),
    );
  }

  error(at: Place | null, message: string): void {
    this.errors.error(at, message);
  }

  /** The source of a node, as messages quote it. */
  text(node: { readonly span: Span }): string {
    return this.source
      .slice(node.span.start, node.span.end)
      .replace(/\r\n/g, '\n')
      .replace(/^[\0-\x20]+|[\0-\x20]+$/g, '');
  }

  /** A string literal or bare name; anything else is an error and reads as ''. */
  stringOrEmpty(e: Expression): string {
    const s = stringOf(e);
    if (s === null) this.error(place(e), say.expectedStringLiteral());
    return s ?? '';
  }

  string(e: Expression): string {
    return this.stringOrEmpty(e) || 'error';
  }

  key(e: Expression): Key {
    return { at: place(e), name: this.string(e) };
  }

  /** The name of a call that must have no receiver. */
  callName(call: MethodCallExpression): string {
    const name = matchCallName(call);
    if (name !== null) return name;
    const onVariable = call.object?.kind === 'Variable' && call.object.name !== 'this' && !this.classes.has(call.object.name);
    this.error(place(call), onVariable ? say.objectMethodCall() : say.expectedSymbol());
    return 'error';
  }
}
