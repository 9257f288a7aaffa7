/**
 * Why a file pattern matches nothing: `FilePath.validateAntFileMask`, whose answer archiveArtifacts and its like print.
 * Asks the node for less than Jenkins does: it does not look for the pattern in folders below.
 */
import type { Computation } from '@millrace/groovy';
import type { StepContext } from './step.ts';

/** The message about the first pattern that matches nothing; null where each matches something. */
export function* explainMask(cx: StepContext, mask: string, caseSensitive: boolean): Computation<string | null> {
  for (const part of mask.split(',')) {
    const token = part.trim();
    if (token === '' || (yield* matches(cx, token, caseSensitive))) continue;
    for (let rest = token.slice(token.search(/[\\/]/) + 1), cut = token.search(/[\\/]/); cut >= 0; cut = rest.search(/[\\/]/), rest = rest.slice(cut + 1)) {
      if (rest !== '' && (yield* matches(cx, rest, caseSensitive)))
        return `‘${token}’ doesn’t match anything, but ‘${rest}’ does. Perhaps that’s what you mean?`;
    }
    let pattern = token,
      previous: string | null = null;
    for (;;) {
      if (yield* exists(cx, pattern, caseSensitive)) {
        return previous === null
          ? `‘${token}’ doesn’t match anything, although ‘${pattern}’ exists`
          : `‘${token}’ doesn’t match anything: ‘${pattern}’ exists but not ‘${previous}’`;
      }
      const at = Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf('\\'));
      if (at < 0) return pattern === token ? `‘${token}’ doesn’t match anything` : `‘${token}’ doesn’t match anything: even ‘${pattern}’ doesn’t exist`;
      previous = pattern;
      pattern = pattern.slice(0, at);
    }
  }
  return null;
}

function* matches(cx: StepContext, pattern: string, caseSensitive: boolean): Computation<boolean> {
  const { files } = yield* cx.ask('file.find', { ...cx.place(), includes: pattern, excludes: null, defaultExcludes: true, caseSensitive });
  return files.length > 0;
}
/** Folders count as well. */
function* exists(cx: StepContext, pattern: string, caseSensitive: boolean): Computation<boolean> {
  if (/[*?]/.test(pattern)) return yield* matches(cx, pattern, caseSensitive);
  const { facts } = yield* cx.ask('file.facts', { ...cx.place(), path: pattern });
  return facts !== null;
}
