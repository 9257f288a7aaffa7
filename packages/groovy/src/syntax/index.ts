/** Groovy 2.4's syntax: `parse` makes the tree of `ast.ts` out of a source, or throws a CompilationError. */

export type * from './ast.ts';
export { parse } from './parser.ts';
export type { SyntaxMessage } from './syntax-error.ts';
export { CompilationError, format, syntaxMessage } from './syntax-error.ts';
