/** `binding` and `new Binding()`: a script's variables as an object. */
import { JavaMap } from '../collections/index.ts';
import { HostObject } from './host-object.ts';
import type { NativeClass } from './native.ts';
import type { Runtime } from './runtime.ts';
import type { Computation, Value } from './values.ts';
import { JavaThrowable, PENDING } from './values.ts';

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
    'getVariables()': (rt, self: Value) => bindingOf(self).variables(rt),
    'getVariable(java.lang.String)': (rt, self: Value, name: string) => bindingOf(self).getProperty(rt, name) ?? missing(name),
    'setVariable(java.lang.String, java.lang.Object)': (_rt, self: Value, name: string, v: Value) => {
      bindingOf(self).held.set(name, v);
      return null;
    },
    'hasVariable(java.lang.String)': (_rt, self: Value, name: string) => bindingOf(self).held.has(name),
  },
  restricted: ['new', 'new java.util.Map'],
  trusted: {
    constructors: {
      '()': () => new BindingObject(new Map()),
      *'(java.util.Map)'(rt, _self, map: Value): Computation {
        const held = new Map<string, Value>();
        // A map of a script's own may give anything for an entry.
        for (const entry of rt.iterate(map)) held.set(rt.str(yield* property(rt, entry, 'key')), yield* property(rt, entry, 'value'));
        return new BindingObject(held);
      },
    },
  },
};

/** Scripts may extend the class, and get an object that holds no variables. */
export function bindingOf(self: Value): BindingObject {
  if (self instanceof BindingObject) return self;
  throw new JavaThrowable('java.lang.UnsupportedOperationException', 'A script’s own subclass of GroovyShell or Binding cannot be used here.');
}

function* property(rt: Runtime, entry: Value, name: string): Computation {
  const r = rt.getProperty(entry, name);
  return r === PENDING ? yield* rt.take() : (r as Value);
}

function missing(name: string): never {
  throw new JavaThrowable('groovy.lang.MissingPropertyException', `No such property: ${name} for class: groovy.lang.Binding`);
}
