/** What a Throwable says of itself. */
import { userMethod } from '../runtime/classes.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { JavaThrowable } from '../runtime/values.ts';

/** The class's full name: a script's class where there is one. */
export function throwableClassName(t: JavaThrowable): string {
  return t.$class?.name ?? t.typeName;
}

/** `getMessage()`, by the script's own method where it has one. */
export function throwableMessage(rt: Runtime, t: JavaThrowable): string | null {
  if (t.$class !== undefined && userMethod(t.$class, 'getMessage', 0)) {
    const text = rt.invokeSync(t, 'getMessage', []);
    return text === null ? null : rt.str(text);
  }
  return t.detail;
}

const POWER_ASSERTION = 'org.codehaus.groovy.runtime.powerassert.PowerAssertionError';

/** `toString()`: the class and, where there is one, the message. */
export function throwableText(rt: Runtime, t: JavaThrowable): string {
  if (t.$class !== undefined && userMethod(t.$class, 'toString', 0)) return rt.str(rt.invokeSync(t, 'toString', []));
  // `PowerAssertionError.toString`.
  if (t.typeName === POWER_ASSERTION) return `Assertion failed: \n\n${t.detail}\n`;
  const message =
    t.$class !== undefined && userMethod(t.$class, 'getLocalizedMessage', 0) ? rt.invokeSync(t, 'getLocalizedMessage', []) : throwableMessage(rt, t);
  return message === null ? throwableClassName(t) : `${throwableClassName(t)}: ${rt.str(message)}`;
}
