/** Steps that read a file of the workspace or a text: what they share. */

import type { Computation } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { missingContext } from '../engine/throwables.ts';
import { resolvePath } from '../environment/paths.ts';
import type { FileFacts } from '../host.ts';
import type { StepContext } from './step.ts';

export function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}
export function illegalArgument(message: string): JavaThrowable {
  return new JavaThrowable('java.lang.IllegalArgumentException', message);
}
export function fileNotFound(message: string): JavaThrowable {
  return new JavaThrowable('java.io.FileNotFoundException', message);
}

/** `FilePath.getRemote()` of a path in the current folder. */
export function remotePath(cx: StepContext, path: string): string {
  return resolvePath(cx.place().cwd, path, cx.scope.node?.windows === true);
}

export function* factsOf(cx: StepContext, path: string): Computation<FileFacts | null> {
  return (yield* cx.ask('file.facts', { ...cx.place(), path })).facts;
}

/** The text of a file that must be there. `directory` is the error's class where it is a folder. */
export function* readExisting(
  cx: StepContext,
  step: string,
  path: string,
  encoding: string | null = null,
  directory = 'java.io.FileNotFoundException',
): Computation<string> {
  if (cx.scope.cwd === null) throw missingContext(step, 'hudson.FilePath', ['node']);
  const facts = yield* factsOf(cx, path);
  if (facts === null) throw fileNotFound(`${remotePath(cx, path)} does not exist.`);
  if (facts.directory) throw new JavaThrowable(directory, `${remotePath(cx, path)} is a directory.`);
  return (yield* cx.ask('file.read', { ...cx.place(), path, encoding })).content;
}

/** Writes a file that may be there already, but not as a folder. */
export function* writeOver(cx: StepContext, step: string, path: string, content: string, encoding: string | null = null): Computation<void> {
  if (cx.scope.cwd === null) throw missingContext(step, 'hudson.FilePath', ['node']);
  const facts = yield* factsOf(cx, path);
  if (facts?.directory === true) throw fileNotFound(`${remotePath(cx, path)} is a directory.`);
  yield* cx.ask('file.write', { ...cx.place(), path, content, encoding });
}

/** Refuses both and, as the plug-in's descriptor does, neither. */
export function checkFileOrText(step: string, file: string | null, text: string | null): void {
  if (isBlank(file) && isBlank(text)) throw illegalArgument(`At least one of file or text needs to be provided to ${step}.`);
}
