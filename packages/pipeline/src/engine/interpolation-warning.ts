/** Jenkins' warning where a script puts a secret's value into a step's argument by `"${…}"`. Follows DSL.logInterpolationWarnings. */
import type { Scope } from './scope.ts';

/** Where `Scope.extra` keeps the variables of `withCredentials` and their values. */
export const SECRET_VARIABLES = 'secretVariables';

export function interpolationWarning(step: string, interpolated: readonly string[], scope: Scope): string | null {
  const secrets = scope.extra[SECRET_VARIABLES] as Readonly<Record<string, string>> | undefined;
  if (secrets === undefined || interpolated.length === 0) return null;
  const used = Object.keys(secrets).filter((name) => secrets[name] !== '' && interpolated.some((text) => text.includes(secrets[name] as string)));
  if (used.length === 0) return null;
  return (
    `Warning: A secret was passed to "${step}" using Groovy String interpolation, which is insecure.\n` +
    `\t\t Affected argument(s) used the following variable(s): [${used.join(', ')}]\n` +
    '\t\t See https://jenkins.io/redirect/groovy-string-interpolation for details.\n'
  );
}
