/** What processes inherit from this one, and what of it a node shows. */

/** Of this machine's environment, what `env` of a node shows. The commands of `sh` inherit the rest as well. */
const SHOWN = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|JAVA_HOME|DOCKER_HOST)$/;
/** The agent's own secrets. */
const OWN = /^MILLRACE_AGENT_/;

export function inheritedEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined && !OWN.test(name)) env[name] = value;
  return env;
}

/** Values of `MILLRACE_AGENT_MASK_…`: secrets that this machine's own variables, or those of its pod's containers, hold. */
export function ownMasks(): string[] {
  return Object.entries(process.env).flatMap(([name, value]) => (name.startsWith('MILLRACE_AGENT_MASK_') && value !== undefined ? [value] : []));
}

/** Names of further variables that are shown: in a pod, those that its template gives the agent's container and that are no secrets. */
export function namesToShow(env: { readonly [name: string]: string | undefined }): ReadonlySet<string> {
  return new Set((env['MILLRACE_AGENT_SHOW'] ?? '').split(',').filter((name) => name !== ''));
}

export function shownEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  const names = namesToShow(process.env);
  const masks = ownMasks().filter((mask) => mask !== '');
  // A value may be made of a secret's: `postgres://user:$(PASSWORD)@db`.
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && (SHOWN.test(name) || (names.has(name) && !masks.some((mask) => value.includes(mask))))) env[name] = value;
  return env;
}
