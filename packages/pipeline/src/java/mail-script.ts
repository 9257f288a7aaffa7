/** The base of a mail's templates: what they print goes to their `out`, as groovy.lang.Script does where a script has one. */
import type { Interpreter, NativeClass, ScriptObject, Value } from '@millrace/groovy';
import { invokeMethod, ScriptObject as Script } from '@millrace/groovy';

export const MAIL_SCRIPT = 'hudson.plugins.emailext.plugins.content.EmailExtScript';

function print(rt: Interpreter, self: ScriptObject, name: string, args: readonly Value[]): Value {
  invokeMethod(rt, self.binding.get('out') ?? self.binding.get('logger') ?? null, name, args);
  return null;
}

export const mailScriptClass: NativeClass = {
  name: MAIL_SCRIPT,
  kind: 'abstract',
  superclass: 'groovy.lang.Script',
  constructors: { '()': (rt) => new Script((rt as Interpreter).registry.get('groovy.lang.Script'), new Map()) },
  methods: {
    'println()': (rt, self: ScriptObject) => print(rt as Interpreter, self, 'println', []),
    'println(java.lang.Object)': (rt, self: ScriptObject, value: Value) => print(rt as Interpreter, self, 'println', [value]),
    'print(java.lang.Object)': (rt, self: ScriptObject, value: Value) => print(rt as Interpreter, self, 'print', [value]),
  },
};
