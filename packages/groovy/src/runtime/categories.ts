/** `use (Category) { … }`: static methods of a class become methods of their first parameter's type while the block runs. */
import { JavaList } from '../collections/model.ts';
import { callClosure } from './call.ts';
import type { Method } from './classes.ts';
import { GroovyClass } from './classes.ts';
import { AbstractClosure } from './closure.ts';
import type { Interpreter } from './interpreter.ts';
import type { Native } from './native.ts';
import type { Computation, Value } from './values.ts';
import { JavaThrowable, PENDING } from './values.ts';

function methodsOf(vm: Interpreter, cls: GroovyClass): Map<string, Map<string, Method[]>> {
  const byType = new Map<string, Map<string, Method[]>>();
  const target = annotatedType(vm, cls);
  if (target !== null) {
    // `@Category(T)`: its methods are written as T's own.
    const own = new Map<string, Method[]>();
    for (const [name, list] of cls.ready().ownMethods) own.set(name, [...list]);
    byType.set(target, own);
  }
  for (const [name, list] of cls.ready().ownStatics) {
    for (const m of list) {
      const receiver = m.params[0];
      if (receiver === undefined || (m.code === null && m.native === null)) continue;
      const byName = byType.get(receiver) ?? new Map<string, Method[]>();
      byType.set(receiver, byName);
      const { code, native } = m;
      const entry: Method = {
        ...m,
        isStatic: false,
        params: m.params.slice(1),
        code: null,
        slots: null,
        suspends: true,
        native:
          code === null
            ? (rt, self: Value, ...args: Value[]) => (native as Native)(rt, null, self, ...args)
            : function* (rt, self: Value, ...args: Value[]) {
                // The category's method is static: its own class is `this`, the receiver its first argument.
                const all = [self, ...args];
                const given = m.slots === null ? all : place(m, all);
                void rt;
                return yield* code.gen(cls, ...given);
              },
      };
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [entry]);
      else known.push(entry);
    }
  }
  return byType;
}
/** The class that `@Category` names. */
function annotatedType(vm: Interpreter, cls: GroovyClass): string | null {
  const a = cls.annotations.find((x) => x.name === 'Category' || x.name === 'groovy.lang.Category');
  if (a === undefined) return null;
  const name = a.members.get('value');
  if (typeof name !== 'string') return 'java.lang.Object';
  for (const prefix of ['', `${cls.packageName}.`, 'java.lang.', 'java.util.', 'java.io.', 'java.math.', 'groovy.lang.'])
    if (vm.findClass(prefix + name) !== null) return prefix + name;
  return 'java.lang.Object';
}
function place(m: Method, args: readonly Value[]): (Value | undefined)[] {
  const all: (Value | undefined)[] = new Array(m.total).fill(undefined);
  (m.slots as readonly number[]).forEach((slot, i) => {
    all[slot] = args[i];
  });
  return all;
}

export function* useCategories(vm: Interpreter, args: readonly Value[]): Computation {
  const body = args[args.length - 1];
  if (!(body instanceof AbstractClosure)) throw new JavaThrowable('java.lang.IllegalArgumentException', 'The last argument of use must be a closure');
  const classes = args.slice(0, -1).flatMap((a) => (a instanceof JavaList ? a.items : [a])) as Value[];
  const before = vm.categories;
  const added = classes.map((c) => {
    if (!(c instanceof GroovyClass)) throw new JavaThrowable('java.lang.IllegalArgumentException', 'use takes classes');
    return methodsOf(vm, c);
  });
  vm.setCategories([...added.reverse(), ...(before ?? [])]);
  try {
    let r = callClosure(vm, body, []);
    if (r === PENDING) r = yield* vm.take();
    return r as Value;
  } finally {
    vm.setCategories(before);
  }
}
