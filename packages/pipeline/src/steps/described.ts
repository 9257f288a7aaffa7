/** A describable that a script wrote: `usernamePassword(credentialsId: 'x')`, `[$class: 'GitSCM', …]`. */

import type { Runtime, Value } from '@millrace/groovy';
import { JavaObject } from '@millrace/groovy';

export class Described extends JavaObject {
  /** `usernamePassword`; null where the class was named. */
  readonly symbol: string | null;
  /** `GitSCM` or `hudson.plugins.git.GitSCM`; null where the symbol was used. */
  readonly className: string | null;
  /** An unnamed only argument is under the empty name. */
  readonly args: ReadonlyMap<string, Value>;
  constructor(symbol: string | null, className: string | null, args: ReadonlyMap<string, Value>) {
    super();
    this.symbol = symbol;
    this.className = className;
    this.args = args;
  }
  get $type(): string {
    return 'org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable';
  }
  /** Symbol or class name less its package: what tells its kind. */
  get kind(): string {
    return this.symbol ?? (this.className as string).slice((this.className as string).lastIndexOf('.') + 1);
  }
  override javaString(rt: Runtime): string {
    const args = [...this.args].map(([name, value]) => (name === '' ? `<anonymous>=${rt.format(value)}` : `${name}=${rt.format(value)}`));
    return `@${this.symbol ?? ''}${this.className === null ? '' : `$${this.className}`}(${args.join(',')})`;
  }
}
