/** Environment variables with the rules of Jenkins' hudson.EnvVars. */
import type { Variables } from '../host.ts';

/** `override`: an empty value removes the variable; `PATH+ANY` puts the value in front of PATH. */
export function overrideVariable(env: Record<string, string>, name: string, value: string, separator: string): void {
  if (value === '') {
    delete env[name];
    return;
  }
  const plus = name.indexOf('+');
  if (plus <= 0) {
    env[name] = value;
    return;
  }
  const real = name.slice(0, plus);
  const before = Object.hasOwn(env, real) ? env[real] : undefined;
  env[real] = before === undefined ? value : `${value}${separator}${before}`;
}

export function overrideAll(env: Record<string, string>, changes: Variables, separator: string): void {
  for (const name of Object.keys(changes)) overrideVariable(env, name, changes[name] as string, separator);
}

/** `Util.replaceMacro`: `$X`, `${X}`, `$$`; unknown variables stay as they are. */
export function expandVariables(text: string, env: Variables): string {
  return text.replace(/\$([A-Za-z0-9_]+|\{[A-Za-z0-9_.]+\}|\$)/g, (whole, name: string) => {
    if (name === '$') return '$';
    const key = name.startsWith('{') ? name.slice(1, -1) : name;
    return Object.hasOwn(env, key) ? (env[key] as string) : whole;
  });
}
