/** `use (Category) { … }`: static methods of a class become methods of their first parameter's type while the block runs. */
import { JavaList } from '../collections/model.ts';
import { callClosure } from './call.ts';
import type { Method } from './classes.ts';
import { GroovyClass } from './classes.ts';
import { AbstractClosure } from './closure.ts';
import type { Interpreter } from './interpreter.ts';
import type { Computation, Value } from './values.ts';
import { JavaThrowable, PENDING } from './values.ts';

function methodsOf(cls: GroovyClass): Map<string, Map<string, Method[]>> {
  const byType = new Map<string, Map<string, Method[]>>();
  for (const [name, list] of cls.ready().ownStatics) {
    for (const m of list) {
      const receiver = m.params[0];
      if (receiver === undefined || m.code === null) continue;
      const byName = byType.get(receiver) ?? new Map<string, Method[]>();
      byType.set(receiver, byName);
      const { code } = m;
      const entry: Method = {
        ...m,
        isStatic: false,
        params: m.params.slice(1),
        code: null,
        slots: null,
        suspends: true,
        native: function* (rt, self: Value, ...args: Value[]) {
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
    return methodsOf(c);
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
