/** What a running program has made of its own build: `currentBuild.displayName = …` and the like, for who shows builds. */
import type { ResultName } from './build.ts';

export interface LiveFacts {
  /** null: `#<number>` */
  readonly displayName: string | null;
  readonly description: string | null;
  readonly keepLog: boolean;
  /** So far; null while nothing has been set. */
  readonly result: ResultName | null;
}

export function liveFacts(build: { readonly shared: ReadonlyMap<string, unknown>; readonly result: ResultName | null }): LiveFacts {
  const text = (name: string): string | null => (build.shared.get(`currentBuild.${name}`) as string | null | undefined) ?? null;
  return {
    displayName: text('displayName'),
    description: text('description'),
    keepLog: build.shared.get('currentBuild.keepLog') === true,
    result: build.result,
  };
}

export function sameFacts(a: LiveFacts, b: LiveFacts): boolean {
  return a.displayName === b.displayName && a.description === b.description && a.keepLog === b.keepLog && a.result === b.result;
}
