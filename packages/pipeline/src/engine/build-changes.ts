/**
 * What has changed since the build before, as this build comes to know it: a set for each checkout and each shared library
 * that brought something, in their order. As WorkflowRun.onCheckout of workflow-job keeps them.
 */
import type { ScmChange } from '../host.ts';

/** Where `Execution.shared` keeps them. */
export const CHANGES = 'changes';

export class BuildChanges {
  private readonly found: (readonly ScmChange[])[] = [];

  /** One that is empty is no set. */
  add(changes: readonly ScmChange[] | undefined): void {
    if (changes !== undefined && changes.length > 0) this.found.push(changes);
  }
  get sets(): readonly (readonly ScmChange[])[] {
    return this.found;
  }
}

export function buildChanges(shared: Map<string, unknown>): BuildChanges {
  const known = shared.get(CHANGES) as BuildChanges | undefined;
  if (known !== undefined) return known;
  const made = new BuildChanges();
  shared.set(CHANGES, made);
  return made;
}
