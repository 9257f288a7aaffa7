/** The variables that a tool of a known type sets, as its Jenkins plug-in does; what the configuration says comes on top. */
import { join } from 'node:path';
import type { ToolConfig } from '../config/config.ts';

/** Type → the variables that hold the home, and the name of its entry in PATH. Windows' `bin` is the same folder. */
const KNOWN: Readonly<Record<string, { readonly homes: readonly string[]; readonly path: string; readonly bin: string }>> = {
  maven: { homes: ['M2_HOME', 'MAVEN_HOME'], path: 'PATH+MAVEN', bin: 'bin' },
  jdk: { homes: ['JAVA_HOME'], path: 'PATH+JDK', bin: 'bin' },
  ant: { homes: ['ANT_HOME'], path: 'PATH+ANT', bin: 'bin' },
  gradle: { homes: ['GRADLE_HOME'], path: 'PATH+GRADLE', bin: 'bin' },
  nodejs: { homes: ['NODEJS_HOME'], path: 'PATH+NODEJS', bin: 'bin' },
  go: { homes: ['GOROOT'], path: 'PATH+GOROOT_BIN', bin: 'bin' },
};

export function toolEnvironment(tool: ToolConfig): Record<string, string> {
  const known = tool.type !== null && Object.hasOwn(KNOWN, tool.type) ? KNOWN[tool.type] : undefined;
  if (known === undefined) return { ...tool.env };
  return { ...Object.fromEntries(known.homes.map((name) => [name, tool.home])), [known.path]: join(tool.home, known.bin), ...tool.env };
}
