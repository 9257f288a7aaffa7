/** groovy.util.Expando: an object whose properties and methods are made by assigning them. */
import { JavaMap } from '../collections/index.ts';
import { AbstractClosure, DELEGATE_FIRST } from '../runtime/closure.ts';
import { HostObject } from '../runtime/host-object.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Pending, Value } from '../runtime/values.ts';

export class Expando extends HostObject {
  readonly values: JavaMap;
  constructor(values: JavaMap) {
    super();
    this.values = values;
  }
  get $type(): string {
    return 'groovy.util.Expando';
  }
  hasMethod(_name: string): boolean {
    return false;
  }
  private closure(rt: Runtime, name: string): AbstractClosure | null {
    const value = this.values.get(rt, name);
    if (!(value instanceof AbstractClosure)) return null;
    value.delegate = this;
    value.strategy = DELEGATE_FIRST;
    return value;
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    const closure = this.closure(rt, name);
    return closure === null ? undefined : rt.call(closure, args);
  }
  getProperty(rt: Runtime, name: string): Value | undefined {
    if (name === 'properties') return this.values;
    if (name === 'class') return undefined;
    return this.values.get(rt, name);
  }
  setProperty(rt: Runtime, name: string, value: Value): boolean {
    this.values.put(rt, name, value);
    return true;
  }
  override javaString(rt: Runtime): string {
    const closure = this.closure(rt, 'toString');
    return closure === null ? rt.str(this.values) : rt.str(rt.callSync(closure, []));
  }
}

export const expandoTable: NativeClass = {
  name: 'groovy.util.Expando',
  constructors: {
    '()': () => new Expando(new JavaMap()),
    '(java.util.Map)': (_rt, _self, values: JavaMap) => new Expando(values),
  },
  methods: {
    'getProperties()': (_rt, self: Expando) => self.values,
    'toString()': (rt, self: Expando) => self.javaString(rt),
  },
};
