/** What steps answer with: objects of Jenkins' classes, as far as scripts may see them. */

import type { NativeClass, Runtime, Value } from '@millrace/groovy';
import { HostObject } from '@millrace/groovy';

/** An object of named properties: `x.name` and `x.getName()`, for booleans `x.isName()`. */
export class Bean extends HostObject {
  private readonly type: string;
  readonly properties: Map<string, Value>;
  private readonly text: ((rt: Runtime) => string) | null;
  private readonly writable: boolean;

  constructor(
    type: string,
    properties: Iterable<readonly [string, Value]>,
    options: { readonly text?: (rt: Runtime) => string; readonly writable?: boolean } = {},
  ) {
    super();
    this.type = type;
    this.properties = new Map(properties);
    this.text = options.text ?? null;
    this.writable = options.writable === true;
  }
  get $type(): string {
    return this.type;
  }
  override javaString(rt: Runtime): string {
    return this.text === null ? super.javaString(rt) : this.text(rt);
  }

  getProperty(_rt: Runtime, name: string): Value | undefined {
    return this.properties.get(name);
  }
  setProperty(_rt: Runtime, name: string, value: Value): boolean {
    if (!this.writable) return false;
    this.properties.set(name, value);
    return true;
  }
  hasMethod(name: string): boolean {
    const accessor = propertyOf(name);
    return accessor !== null && this.properties.has(accessor);
  }
  invokeMethod(_rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    const property = propertyOf(name);
    if (property === null) return undefined;
    if (name.startsWith('set')) {
      if (!this.writable || args.length !== 1) return undefined;
      this.properties.set(property, args[0] as Value);
      return null;
    }
    return args.length === 0 ? this.properties.get(property) : undefined;
  }
}

function propertyOf(method: string): string | null {
  const m = /^(?:get|is|set)([A-Z].*)$/.exec(method);
  return m === null ? null : (m[1] as string).charAt(0).toLowerCase() + (m[1] as string).slice(1);
}

/** The classes of beans, so that `instanceof`, `getClass()` and messages know them. */
export const RESULT_CLASSES: readonly NativeClass[] = [
  'org.jenkinsci.plugins.pipeline.utility.steps.fs.FileWrapper',
  'org.jenkinsci.plugins.pipeline.utility.steps.conf.mf.SimpleManifest',
  'hudson.tasks.junit.TestResultSummary',
  'jenkins.plugins.http_request.ResponseContentSupplier',
].map((name) => ({ name }));
