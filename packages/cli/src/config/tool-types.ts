/** What the tools of a configuration are to a Declarative Pipeline's `tools`. */
import type { ToolDescriptor } from '@millrace/pipeline';
import type { ToolConfig } from './config.ts';

/** The classes behind the usual symbols. */
const CLASSES: Readonly<Record<string, string>> = {
  maven: 'hudson.tasks.Maven$MavenInstallation',
  jdk: 'hudson.model.JDK',
  ant: 'hudson.tasks.Ant$AntInstallation',
  gradle: 'hudson.plugins.gradle.GradleInstallation',
  git: 'hudson.plugins.git.GitTool',
  nodejs: 'jenkins.plugins.nodejs.tools.NodeJSInstallation',
  go: 'org.jenkinsci.plugins.golang.GolangInstallation',
  dockerTool: 'org.jenkinsci.plugins.docker.commons.tools.DockerTool',
};

/** Maven and the JDK are known even where none is configured. A tool without a type is one of each. */
export function toolDescriptors(tools: readonly ToolConfig[]): ToolDescriptor[] {
  const types = new Set(['maven', 'jdk', ...tools.flatMap((t) => t.type ?? [])]);
  return [...types].map((symbol) => ({
    symbol,
    id: Object.hasOwn(CLASSES, symbol) ? (CLASSES[symbol] as string) : symbol,
    installations: tools.filter((t) => t.type === null || t.type === symbol).map((t) => t.name),
  }));
}
