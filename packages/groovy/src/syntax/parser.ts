/**
 * The parser as a whole: the layers of it, each a file, are cursor, types, lookahead, literals, paths, operators,
 * control, statements, declarations, classes, and here the file.
 *
 * It is a recursive descent over tokens that were read beforehand. It looks ahead where the grammar does (is this a
 * declaration, a label, a cast?) and goes back in four places only: a cast, a command's arguments, a closure's
 * parameters, the head of a `for`. A place that has failed once isn't tried again, which keeps the whole linear
 * but for the errors.
 */
import type { ClassDecl, CompilationUnit, Import, MethodDecl, Statement } from './ast.ts';
import { ParseFailure } from './cursor.ts';
import { tokenize } from './lexer.ts';
import { ClassParser } from './parse-classes.ts';
import { readSource } from './source-text.ts';
import { CompilationError, syntaxMessage } from './syntax-error.ts';
import * as T from './tokens.ts';

/** Parses a whole file. Throws a CompilationError. */
export function parse(source: string, fileName: string): CompilationUnit {
  const text = readSource(source);
  if (!('text' in text)) throw badEscape(source, text.offset, fileName);
  return new Parser(tokenize(text)).file(source, fileName);
}

class Parser extends ClassParser {
  file(source: string, fileName: string): CompilationUnit {
    try {
      const unit = this.compilationUnit(source, fileName);
      if (this.objections.length > 0) throw this.objection(source, fileName);
      return unit;
    } catch (failure) {
      if (failure instanceof ParseFailure) throw this.errorOf(failure, fileName);
      if (failure instanceof RangeError) {
        // Whoever called has used up the stack that the parser counts on.
        throw new CompilationError([syntaxMessage('nested too deep', 1, 1, source)], fileName);
      }
      throw failure;
    }
  }

  private objection(source: string, fileName: string): CompilationError {
    const { message, line, column } = this.objections[0]!;
    return new CompilationError([syntaxMessage(`${message} at line: ${line} column: ${column}. File: ${fileName}`, line, column, source)], fileName);
  }

  private compilationUnit(source: string, fileName: string): CompilationUnit {
    let packageName: string | null = null;
    let packageAnnotations: CompilationUnit['packageAnnotations'] = [];
    const imports: Import[] = [];
    const classes: ClassDecl[] = [];
    const methods: MethodDecl[] = [];
    const statements: Statement[] = [];
    this.newlines();
    let separator: number = T.SEMI;
    if ((this.kind() === T.KW_PACKAGE || this.kind() === T.AT) && this.atAnnotated(T.KW_PACKAGE)) {
      const first = this.at;
      packageAnnotations = this.annotations();
      if (this.peek(1) !== T.IDENT) throw this.unexpected(first);
      this.at++;
      packageName = this.qualifiedName();
      separator = T.EOF;
    }
    for (let isFirst = true; ; isFirst = false) {
      const kind = this.kind();
      if (kind === T.SEMI || kind === T.NLS) separator = this.separator();
      if (this.kind() === T.EOF) break;
      if (separator === T.EOF) throw this.mismatch(T.EOF);
      const found = this.statement(isFirst && packageName === null ? T.EOF : separator);
      separator = T.EOF;
      switch (found.kind) {
        case 'Import':
          imports.push(found);
          break;
        case 'ClassDecl':
          classes.push(found);
          break;
        case 'MethodDecl':
          methods.push(found);
          break;
        default:
          statements.push(found);
      }
    }
    const lines = this.tokens.source.lineStarts;
    const span = {
      start: 0,
      end: source.length,
      line: 1,
      column: 1,
      lastLine: lines.length,
      lastColumn: this.tokens.column(this.at),
    };
    return { kind: 'CompilationUnit', span, source, fileName, packageName, packageAnnotations, imports, classes, methods, statements };
  }
}

function badEscape(source: string, offset: number, fileName: string): CompilationError {
  let line = 1;
  let start = 0;
  for (let at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  const column = offset - start + 1;
  return new CompilationError([syntaxMessage(`Did not find four digit hex character code. line: ${line} col:${column}`, line, column, source)], fileName);
}
