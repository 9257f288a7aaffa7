/**
 * `x.metaClass`, outside of the sandbox and for trusted code alone: methods are added to a class or to one object, and the
 * plain way of reading a property stays open to a class that has its own `getProperty`. One that got into other hands is
 * refused there. What is added runs with the rights of the unit that wrote it.
 */
import { JavaArray, JavaList } from '../collections/model.ts';
import { capitalized } from './bean-names.ts';
import { callMethod, choose, instanceMethods, staticMethods } from './call.ts';
import type { Method } from './classes.ts';
import { GroovyClass, type Instance } from './classes.ts';
import { AbstractClosure, Closure, DELEGATE_FIRST } from './closure.ts';
import { HostObject } from './host-object.ts';
import type { Interpreter } from './interpreter.ts';
import { fieldsOf, getterOf } from './property.ts';
import { missingMethod, missingProperty, rejected } from './refusals.ts';
import type { Runtime } from './runtime.ts';
import type { Computation, Pending, Value } from './values.ts';
import { JavaThrowable, PENDING } from './values.ts';

export class MetaClassObject extends HostObject {
  private readonly vm: Interpreter;
  private readonly cls: GroovyClass;
  /** The one object that is changed; null where the whole class is. */
  private readonly object: Instance | null;
  private readonly isStatic: boolean;
  /** Whose it is, where that answers for its properties itself. */
  private readonly host: HostObject | null;
  constructor(vm: Interpreter, cls: GroovyClass, object: Instance | null, isStatic = false, host: HostObject | null = null) {
    super();
    this.host = host;
    this.vm = vm;
    this.cls = cls;
    this.object = object;
    this.isStatic = isStatic;
  }
  get $type(): string {
    return 'groovy.lang.ExpandoMetaClass';
  }

  hasMethod(name: string): boolean {
    return METHODS.has(name);
  }
  getProperty(rt: Runtime, name: string): Value | undefined {
    if (this.vm.sandbox && name !== 'class') throw rejected(this.vm, `method groovy.lang.MetaClass getProperty ${name}`);
    return this.trustedProperty(rt, name);
  }
  setProperty(rt: Runtime, name: string, value: Value): boolean {
    if (this.vm.sandbox) throw rejected(this.vm, `method groovy.lang.MetaClass setProperty ${name}`);
    return this.trustedSet(rt, name, value);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    if (!this.vm.sandbox) return this.trustedMethod(rt, name, args);
    if (OF_OBJECTS.has(name)) return undefined;
    throw rejected(this.vm, `method groovy.lang.MetaClass ${name}`);
  }

  override trustedProperty(_rt: Runtime, name: string): Value | undefined {
    switch (name) {
      case 'static':
        return new MetaClassObject(this.vm, this.cls, null, true);
      case 'theClass':
        return this.cls;
      case 'methods':
        return new JavaList([...new Set(this.cls.ancestors().flatMap((c) => [...c.ready().ownMethods.keys()]))]);
      default:
        return undefined;
    }
  }
  /** `metaClass.name = { … }` */
  override trustedSet(_rt: Runtime, name: string, value: Value): boolean {
    if (value instanceof AbstractClosure) {
      this.add(name, value);
      return true;
    }
    const getter: Method = { ...this.plain(`get${capitalized(name)}`, []), native: () => value };
    this.put(getter);
    return true;
  }

  override trustedMethod(_rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    const { vm } = this;
    const [object, second, third] = args;
    switch (name) {
      case 'getProperty':
        return this.read(object as Value, vm.str(second as Value));
      case 'setProperty':
        return this.write(object as Value, vm.str(second as Value), third as Value);
      case 'invokeMethod': {
        const list = third instanceof JavaArray || third instanceof JavaList ? third.items : third === undefined || third === null ? [] : [third];
        const m = choose(vm, instanceMethods(vm, this.cls, vm.str(second as Value)), list, this.cls.name, vm.str(second as Value));
        if (m === null) throw missingMethod(vm, this.cls.name, vm.str(second as Value), list);
        return callOn(vm, m, this.cls, object as Value, list);
      }
      case 'respondsTo': {
        const methods = [...instanceMethods(vm, this.cls, vm.str(second as Value)), ...staticMethods(vm, this.cls, vm.str(second as Value))];
        return new JavaList(methods.map((m) => m.name));
      }
      case 'hasProperty':
        // Templates of mails ask with the name alone.
        if (second === undefined) return this.knows(this.host, vm.str(object as Value)) ? vm.str(object as Value) : null;
        return this.knows(object as Value, vm.str(second)) ? vm.str(second) : null;
      case 'getMetaMethod':
        return instanceMethods(vm, this.cls, vm.str(object as Value)).length > 0 ? new BoundMethod(vm, this.cls, vm.str(object as Value)) : null;
      default: {
        const own = choose(vm, instanceMethods(vm, vm.classOf(this), name), args, this.$type, name);
        if (own !== null && own.refused === null) return callMethod(vm, own, this, args);
        // `metaClass.name << { … }` and the builder's form.
        if (args.length === 1 && object instanceof AbstractClosure) {
          this.add(name, object);
          return null;
        }
        return undefined;
      }
    }
  }

  private knows(object: Value, name: string): boolean {
    if (object instanceof HostObject && [`get${capitalized(name)}`, `is${capitalized(name)}`].some((getter) => object.hasMethod(getter))) return true;
    return getterOf(this.vm, this.cls, name) !== null || this.cls.findField(name) !== null;
  }
  private read(object: Value, name: string): Value | Pending {
    const getter = getterOf(this.vm, this.cls, name);
    if (getter !== null) return callOn(this.vm, getter, this.cls, object, []);
    const field = this.cls.findField(name);
    if (field === null) throw missingProperty(this.cls.name, name);
    mustBe(this.vm, this.cls, object);
    return fieldsOf(object)[field.slot] as Value;
  }
  private write(object: Value, name: string, value: Value): Value | Pending {
    const setter = choose(this.vm, instanceMethods(this.vm, this.cls, `set${capitalized(name)}`), [value], this.cls.name, name);
    if (setter !== null) return callOn(this.vm, setter, this.cls, object, [value]);
    const field = this.cls.findField(name);
    if (field === null) throw missingProperty(this.cls.name, name);
    mustBe(this.vm, this.cls, object);
    fieldsOf(object)[field.slot] = this.vm.castForProperty(value, field.type);
    return null;
  }

  private plain(name: string, params: readonly string[]): Method {
    return {
      name,
      owner: this.cls,
      params,
      returns: null,
      isStatic: this.isStatic,
      isAbstract: false,
      isPrivate: false,
      variable: params.length > 0 && (params[params.length - 1] as string).endsWith('[]'),
      native: null,
      suspends: true,
      code: null,
      slots: null,
      total: params.length,
      refused: null,
      extension: null,
    };
  }
  private add(name: string, closure: AbstractClosure): void {
    const types = closure.parameterTypes;
    const forms = closure instanceof Closure && closure.info.implicitIt ? [[], types] : [types];
    for (const params of forms) {
      const run = function* (rt: Runtime, self: Value, ...args: Value[]): Computation {
        const bound = closure instanceof Closure ? closure.copy() : closure;
        bound.delegate = self;
        bound.strategy = DELEGATE_FIRST;
        let r = rt.call(bound, args);
        if (r === PENDING) r = yield* rt.take();
        return r as Value;
      };
      if (name === 'constructor') {
        const { vm, cls } = this;
        cls.constructors.unshift({
          ...this.plain('<init>', params),
          native: function* (rt, self, ...args: Value[]) {
            void self;
            return yield* run(rt, cls, ...args);
          },
        });
        vm.forgetMethods();
      } else this.put({ ...this.plain(name, params), native: run });
    }
  }
  private put(method: Method): void {
    let { cls } = this;
    if (this.object !== null) {
      // A class of its own for the one object.
      if (!this.object.$class.name.startsWith(cls.name) || this.object.$class.traitLayer !== OWN) {
        const own = new GroovyClass(cls.name, 'class', { isScriptCode: true });
        own.superclass = this.object.$class;
        own.slotCount = this.object.$class.slotCount;
        own.traitLayer = OWN;
        this.object.$class = own;
      }
      cls = this.object.$class;
    }
    if (this.isStatic) cls.ownStatics.set(method.name, [method, ...(cls.ownStatics.get(method.name) ?? [])]);
    else {
      cls.added ??= new Map();
      cls.added.set(method.name, [method, ...(cls.added.get(method.name) ?? [])]);
    }
    this.vm.noteUserName(method.name);
    this.vm.forgetMethods();
  }
}

/** A method of the class on an object that is handed over, which may be of any other class. */
function callOn(vm: Interpreter, m: Method, cls: GroovyClass, object: Value, args: readonly Value[]): Value | Pending {
  if (!m.isStatic) mustBe(vm, cls, object);
  return callMethod(vm, m, m.isStatic ? m.owner : object, args);
}
function mustBe(vm: Interpreter, cls: GroovyClass, object: Value): void {
  if (object === null || object === undefined) throw new JavaThrowable('java.lang.NullPointerException', null);
  if (!vm.classOf(object).isSubclassOf(cls)) throw new JavaThrowable('java.lang.IllegalArgumentException', 'object is not an instance of declaring class');
}

const METHODS = new Set(['getProperty', 'setProperty', 'invokeMethod', 'respondsTo', 'hasProperty', 'getMetaMethod']);
/** Of every object: no concern of the sandbox. */
const OF_OBJECTS = new Set(['toString', 'equals', 'hashCode', 'getClass', 'is']);
/** Marks the class that one object got for itself; scripts do not see it. */
const OWN = new GroovyClass('own', 'class');

/** `metaClass.getMetaMethod('x')`: a method to be invoked on any object. */
class BoundMethod extends HostObject {
  private readonly vm: Interpreter;
  private readonly cls: GroovyClass;
  private readonly methodName: string;
  constructor(vm: Interpreter, cls: GroovyClass, methodName: string) {
    super();
    this.vm = vm;
    this.cls = cls;
    this.methodName = methodName;
  }
  get $type(): string {
    return 'groovy.lang.MetaMethod';
  }
  hasMethod(name: string): boolean {
    return name === 'invoke';
  }
  getProperty(_rt: Runtime, name: string): Value | undefined {
    return name === 'name' ? this.methodName : undefined;
  }
  setProperty(): boolean {
    return false;
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    if (name === 'invoke' && this.vm.sandbox) throw rejected(this.vm, 'method groovy.lang.MetaMethod invoke java.lang.Object java.lang.Object[]');
    return this.trustedMethod(rt, name, args);
  }
  override trustedMethod(_rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    if (name !== 'invoke') return undefined;
    const list = args[1] instanceof JavaArray ? args[1].items : args.slice(1);
    const m = choose(this.vm, instanceMethods(this.vm, this.cls, this.methodName), list, this.cls.name, this.methodName);
    if (m === null) throw new JavaThrowable('java.lang.IllegalArgumentException', `wrong arguments for ${this.methodName}`);
    return callOn(this.vm, m, this.cls, args[0] as Value, list);
  }
}
