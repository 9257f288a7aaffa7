/** Which libraries a script asks for: `@Library` in all its forms, and `name@version`. Follows LibraryDecorator of pipeline-groovy-lib. */
import type { Annotation, ClassDecl, CompilationUnit, Expression } from '@millrace/groovy';
import { CompilationError, syntaxMessage } from '@millrace/groovy';
import type { Json } from '../host.ts';

export interface LibraryRequest {
  readonly name: string;
  /** A branch, tag or commit; null: what the configuration says. */
  readonly version: string | null;
  readonly changelog: boolean;
  readonly retriever: Json;
  readonly implicit: boolean;
}

/** `name@version` */
export function libraryNamed(identifier: string, more: Partial<LibraryRequest> = {}): LibraryRequest {
  const at = identifier.indexOf('@');
  return {
    name: at < 0 ? identifier : identifier.slice(0, at),
    version: at < 0 ? null : identifier.slice(at + 1),
    changelog: true,
    retriever: null,
    implicit: false,
    ...more,
  };
}

/** The libraries that annotations name, in their order. Throws CompilationError for one whose value is no constant. */
export function annotatedLibraries(unit: CompilationUnit): LibraryRequest[] {
  const wrong: ReturnType<typeof syntaxMessage>[] = [];
  const found: LibraryRequest[] = [];
  for (const annotation of annotationsOf(unit)) {
    if (annotation.name !== 'Library' && annotation.name !== 'org.jenkinsci.plugins.workflow.libs.Library') continue;
    const member = (name: string): Expression | undefined => annotation.members.find((m) => m.name === name)?.value;
    const value = member('value');
    const changelog = member('changelog');
    const refuse = (message: string): void => {
      wrong.push(syntaxMessage(message, annotation.span.line, annotation.span.column, unit.source));
    };
    if (value === undefined) refuse('@Library was missing a value');
    else
      for (const identifier of texts(value, refuse))
        found.push(libraryNamed(identifier, { changelog: !(changelog?.kind === 'Constant' && changelog.value === false) }));
  }
  if (wrong.length > 0) throw new CompilationError(wrong, unit.fileName);
  return found;
}

function texts(value: Expression, refuse: (message: string) => void): string[] {
  if (value.kind === 'List') return value.elements.flatMap((element) => texts(element, refuse));
  if (value.kind === 'Constant' && typeof value.value === 'string') return [value.value];
  if (value.kind === 'Constant') refuse(`@Library value ‘${value.value}’ was not a string`);
  else refuse('@Library value was not a constant; did you mean to use the ‘library’ step instead?');
  return [];
}

function annotationsOf(unit: CompilationUnit): Annotation[] {
  const found: Annotation[] = [...unit.packageAnnotations, ...unit.imports.flatMap((i) => [...i.annotations])];
  const ofClass = (c: ClassDecl): void => {
    found.push(...c.annotations, ...c.fields.flatMap((f) => [...f.annotations]), ...c.methods.flatMap((m) => [...m.annotations]));
    for (const nested of c.classes) ofClass(nested);
  };
  for (const c of unit.classes) ofClass(c);
  for (const m of unit.methods) found.push(...m.annotations);
  for (const s of unit.statements) {
    if (s.kind === 'VariableDeclaration') found.push(...s.annotations);
    else if (s.kind === 'ExpressionStatement' && s.expression.kind === 'Type' && s.expression.annotation !== undefined) found.push(s.expression.annotation);
  }
  return found;
}
