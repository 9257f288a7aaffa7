/** What `findFiles`, `touch` and `prependToFile` answer: pipeline-utility-steps' FileWrapper. */

import type { Runtime, Value } from '@millrace/groovy';
import { Long } from '@millrace/groovy';
import type { FileFacts } from '../host.ts';
import { Bean } from './results.ts';

export const FILE_WRAPPER = 'org.jenkinsci.plugins.pipeline.utility.steps.fs.FileWrapper';

export class FileWrapper extends Bean {
  readonly path: string;
  constructor(facts: FileFacts) {
    const path = facts.directory && !facts.path.endsWith('/') ? `${facts.path}/` : facts.path;
    super(
      FILE_WRAPPER,
      [
        ['name', facts.name],
        ['path', path],
        ['directory', facts.directory],
        ['length', Long.of(facts.length)],
        ['lastModified', Long.of(Math.trunc(facts.lastModified))],
      ],
      { text: () => path },
    );
    this.path = path;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof FileWrapper && other.path === this.path;
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.path);
  }
}
