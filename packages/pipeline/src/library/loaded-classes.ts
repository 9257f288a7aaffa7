/** What `library('x')` answers: packages, classes and their static members. Follows LibraryStep.LoadedClasses. */
import type { GroovyClass, Interpreter, Pending, Runtime, Value } from '@millrace/groovy';
import { HostObject, JavaThrowable } from '@millrace/groovy';

export class LoadedClasses extends HostObject {
  private readonly load: (name: string) => GroovyClass | null;
  /** `org.acme.`, or nothing. */
  private readonly prefix: string;
  /** The class's name less the package; null while packages are being selected. */
  private readonly className: string | null;

  constructor(load: (name: string) => GroovyClass | null, prefix = '', className: string | null = null) {
    super();
    this.load = load;
    this.prefix = prefix;
    this.className = className;
  }
  get $type(): string {
    return 'org.jenkinsci.plugins.workflow.libs.LibraryStep$LoadedClasses';
  }

  private classNamed(name: string): GroovyClass {
    const cls = this.load(this.prefix + name);
    if (cls !== null) return cls;
    const cause = new JavaThrowable('java.lang.ClassNotFoundException', this.prefix + name);
    throw new JavaThrowable('groovy.lang.GroovyRuntimeException', `java.lang.ClassNotFoundException: ${this.prefix}${name}`, cause);
  }

  getProperty(rt: Runtime, name: string): Value | Pending {
    if (this.className !== null) {
      const cls = this.classNamed(this.className);
      if (cls.findStaticField(name) !== null) return rt.getProperty(cls, name);
      if (!/^[A-Z]/.test(name)) return rt.getProperty(cls, name);
      this.classNamed(`${this.className}$${name}`);
      return new LoadedClasses(this.load, this.prefix, `${this.className}$${name}`);
    }
    if (!/^[A-Z]/.test(name)) return new LoadedClasses(this.load, `${this.prefix}${name}.`);
    this.classNamed(name);
    return new LoadedClasses(this.load, this.prefix, name);
  }
  setProperty(): boolean {
    return false;
  }
  hasMethod(): boolean {
    return this.className !== null;
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    if (this.className === null) return undefined;
    const cls = this.classNamed(this.className);
    const vm = rt as Interpreter;
    return name === 'new' ? vm.defer(vm.construct(cls, args)) : rt.invoke(cls, name, args);
  }
}
