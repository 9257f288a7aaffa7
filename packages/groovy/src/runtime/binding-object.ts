/** `binding` and `new Binding()`: a script's variables as an object. */
import { JavaMap } from '../collections/index.ts';
import { HostObject } from './host-object.ts';
import type { NativeClass } from './native.ts';
import type { Runtime } from './runtime.ts';
import type { Value } from './values.ts';
import { JavaThrowable } from './values.ts';

export class BindingObject extends HostObject {
  readonly held: Map<string, Value>;
  constructor(held: Map<string, Value>) {
    super();
    this.held = held;
  }
  get $type(): string {
    return 'groovy.lang.Binding';
  }
  variables(rt: Runtime): Value {
    const map = new JavaMap();
    for (const [k, v] of this.held) map.put(rt, k, v);
    return map;
  }
  invokeMethod(): undefined {
    return undefined;
  }
  hasMethod(): boolean {
    return false;
  }
  getProperty(rt: Runtime, name: string): Value | undefined {
    return name === 'variables' ? this.variables(rt) : this.held.get(name);
  }
  setProperty(_rt: Runtime, name: string, value: Value): boolean {
    this.held.set(name, value);
    return true;
  }
}

export const bindingTable: NativeClass = {
  name: 'groovy.lang.Binding',
  methods: {
    'getVariables()': (rt, self: BindingObject) => self.variables(rt),
    'getVariable(java.lang.String)': (rt, self: BindingObject, name: string) => self.getProperty(rt, name) ?? missing(name),
    'setVariable(java.lang.String, java.lang.Object)': (_rt, self: BindingObject, name: string, v: Value) => {
      self.held.set(name, v);
      return null;
    },
    'hasVariable(java.lang.String)': (_rt, self: BindingObject, name: string) => self.held.has(name),
  },
  restricted: ['new', 'new java.util.Map'],
  trusted: {
    constructors: {
      '()': () => new BindingObject(new Map()),
      '(java.util.Map)': (rt, _self, map: Value) => {
        const held = new Map<string, Value>();
        for (const entry of rt.iterate(map)) {
          const { key, value } = entry as unknown as { readonly key: Value; readonly value: Value };
          held.set(rt.str(key), value);
        }
        return new BindingObject(held);
      },
    },
  },
};

function missing(name: string): never {
  throw new JavaThrowable('groovy.lang.MissingPropertyException', `No such property: ${name} for class: groovy.lang.Binding`);
}
