/**
 * An object of Jenkins' server as trusted libraries see it: some methods that read, by their Java names, and properties by
 * them. Whoever else got hold of one is refused as Jenkins refuses; what is not there is told with the code MR_SERVER_CLASS.
 */
import type { Pending, Runtime, Value } from '@millrace/groovy';
import { HostObject, JavaThrowable } from '@millrace/groovy';
import { rejectedAccess } from '../java/rejected-access.ts';

/** `getNumber` → what it answers. */
export interface Members {
  readonly [method: string]: (...args: Value[]) => Value | Pending;
}

export class ModelObject extends HostObject {
  readonly $type: string;
  private readonly text: string;
  private readonly members: Members;
  private readonly open: boolean;

  /** `type`: its Java class, which a table must have. `text`: as it prints. `open`: code of the sandbox may read it too. */
  constructor(type: string, text: string, members: Members, open = false) {
    super();
    this.open = open;
    this.$type = type;
    this.text = text;
    this.members = members;
  }

  override trustedMethod(_rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    return Object.hasOwn(this.members, name) ? this.members[name]?.(...args) : undefined;
  }
  override trustedProperty(_rt: Runtime, name: string): Value | Pending | undefined {
    const getter = this.getterOf(name);
    return getter === null ? undefined : this.members[getter]?.();
  }
  override lacks(name: string): JavaThrowable {
    return serverLacks(`${this.$type}.${name}`);
  }

  hasMethod(name: string): boolean {
    return Object.hasOwn(this.members, name);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    if (this.open) return this.trustedMethod(rt, name, args);
    if (this.hasMethod(name)) throw rejectedAccess(`method ${this.$type} ${name}${args.length === 0 ? '' : ' java.lang.Object'.repeat(args.length)}`);
    return undefined;
  }
  getProperty(rt: Runtime, name: string): Value | Pending | undefined {
    if (this.open) return this.trustedProperty(rt, name);
    const getter = this.getterOf(name);
    if (getter !== null) throw rejectedAccess(`method ${this.$type} ${getter}`);
    return undefined;
  }
  setProperty(): boolean {
    return false;
  }
  override javaString(): string {
    return this.text;
  }

  private getterOf(property: string): string | null {
    const capital = property.charAt(0).toUpperCase() + property.slice(1);
    return [`get${capital}`, `is${capital}`].find((name) => this.hasMethod(name)) ?? null;
  }
}

/** A class or member of the server that Millrace does not have. */
export function serverLacks(what: string): JavaThrowable {
  return new JavaThrowable('java.lang.UnsupportedOperationException', `MR_SERVER_CLASS: ${what} belongs to the Jenkins server, and Millrace does not have it`);
}

/** The words for what Jenkins refuses in its sandbox, and Millrace has for nobody; `line` is the whitelist's. */
export function forNobody(line: string): string {
  return `MR_SERVER_CLASS: ${line} is outside of Jenkins' sandbox, and Millrace does not have it for trusted libraries either`;
}
