/** What stands in the cases of the kubernetes plug-in for images of public registries: one image with busybox, `mvn` and `go`. */
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const STAND_IN = process.env['MILLRACE_TEST_CONFORMANCE_IMAGE'] ?? 'local/conformance:1';

const PROGRAMS: Readonly<Record<string, string>> = {
  mvn: 'echo "Apache Maven 3.3.9 (bb52d8502b132ec0a5a3f4c09453c07478323dc5; 2015-11-10T16:41:47+00:00)"',
  go: 'echo "go version go1.6.3 linux/amd64"',
  // It takes more memory than its container may have.
  'stress-ng': 'exec tail /dev/zero',
};

/** Makes the image's files in an empty folder; `busybox` is a static one, `applets` those of its names that it is called by. */
export function standInRootfs(folder: string, busybox: string, applets: readonly string[]): void {
  for (const name of ['bin', 'busybox', 'tmp', 'root', 'usr/local/bin'])
    mkdirSync(join(folder, name), { recursive: true, ...(name === 'tmp' ? { mode: 0o1777 } : {}) });
  copyFileSync(busybox, join(folder, 'bin/busybox'));
  for (const applet of applets) {
    if (applet === 'busybox') continue;
    symlinkSync('busybox', join(folder, 'bin', applet));
    symlinkSync('/bin/busybox', join(folder, 'busybox', applet));
  }
  for (const [name, script] of Object.entries(PROGRAMS)) writeFileSync(join(folder, 'usr/local/bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const JAVA = `'${STAND_IN}', envVars: [envVar(key: 'JAVA_HOME', value: '/opt/java/openjdk')]`;
const PATH_OF_AGENT = '/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Images by the text that names them in the cases; variables that an image brings are given to its container. */
const IMAGES: readonly (readonly [RegExp, string])[] = [
  [/'gcr\.io\/kaniko-project\/executor:debug'/g, `'${STAND_IN}', envVars: [envVar(key: 'PATH', value: '/kaniko:/busybox')]`],
  [/'eclipse-temurin:\d+-jre-ubi9-minimal'/g, JAVA],
  [/jenkins\/inbound-agent:\S+/g, `${STAND_IN}\n    env: [{name: PATH, value: '${PATH_OF_AGENT}'}]`],
  [/(?<=image:? ['"]?)(?:maven|golang|polinux\/stress-ng|alpine|ubuntu|busybox|eclipse-temurin)(?::[\w.-]+)?(?=['"\s])/g, STAND_IN],
];

/** A case's Jenkinsfile with local images. */
export function withStandIns(jenkinsfile: string): string {
  let text = jenkinsfile.replace('sleep 30; stress-ng', 'sleep 3; stress-ng');
  for (const [named, local] of IMAGES) text = text.replace(named, local);
  return text;
}

/** Files that a case names and does not carry. */
export const FILES: Readonly<Record<string, string>> = {
  'declarativeYamlFile.yml': `
spec:
  containers:
  - {name: jnlp, env: [{name: CONTAINER_ENV_VAR, value: jnlp}]}
  - {name: maven, image: '${STAND_IN}', command: [cat], tty: true, env: [{name: CONTAINER_ENV_VAR, value: maven}]}
  - {name: busybox, image: '${STAND_IN}', command: [cat], tty: true, env: [{name: CONTAINER_ENV_VAR, value: busybox}]}
`,
};
