/** An instance of a compiled script: an object with variables of its own. */

import type { GroovyClass } from './classes.ts';
import { Instance } from './classes.ts';
import type { Value } from './values.ts';

export class ScriptObject extends Instance {
  /** The script's global variables: what it assigns without declaring, and what its host put there. */
  binding: Map<string, Value>;
  constructor(cls: GroovyClass, binding: Map<string, Value>) {
    super(cls);
    this.binding = binding;
  }
}
