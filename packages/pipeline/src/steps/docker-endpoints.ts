/** `withDockerRegistry` and `withDockerServer`. Follow docker-workflow's endpoint steps and docker-commons' key material. */
import type { Computation, Value } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { Bound } from './credential-bindings.ts';
import { credentialOf, secretFolder } from './credential-bindings.ts';
import { quietly } from './docker-client.ts';
import { secretMasks } from './secret-masks.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { mapEntries } from './values.ts';
import { removeFolders } from './with-credentials.ts';

/** `url`, `credentialsId` given by themselves, or together in one describable or map. */
function endpoint(cx: StepContext, whole: Value, fields: Readonly<Record<string, string | null>>): Record<string, string | null> {
  const entries = whole === null ? [] : (mapEntries(cx.rt, whole) ?? [...(cx.described(whole)?.args ?? [])]);
  const found: Record<string, string | null> = { ...fields };
  for (const [name, value] of entries) if (name in found && value !== null) found[name] = cx.rt.str(value);
  for (const name of Object.keys(found)) if (found[name]?.trim() === '') found[name] = null;
  return found;
}

export const withDockerRegistryStep = defineStep({
  name: 'withDockerRegistry',
  summary: 'Sets up Docker registry endpoint',
  block: 'required',
  needs: ['workspace'],
  params: [
    { name: 'registry', type: 'any', positional: true },
    { name: 'url', type: 'string' },
    { name: 'credentialsId', type: 'string' },
    { name: 'toolName', type: 'string' },
  ],
  *run(cx, args, body) {
    const { url, credentialsId } = endpoint(cx, args.registry, { url: args.url, credentialsId: args.credentialsId });
    if (credentialsId == null) return yield* cx.runBody(body);
    const { fields } = yield* credentialOf(cx, credentialsId, [['username'], ['password']], 'Username with password');
    const masks = secretMasks([fields['password'] ?? '']);
    const bound: Bound = { secret: {}, open: {}, contents: [], folders: [] };
    try {
      const folder = secretFolder(cx, bound);
      const address = url ?? 'https://index.docker.io/v1/';
      cx.log(`$ docker login -u ${fields['username']} -p ******** ${address}`);
      yield* login(cx, folder, address, fields);
      return yield* cx.runBody(body, { env: { DOCKER_CONFIG: folder }, masks });
    } finally {
      yield* removeFolders(cx, bound.folders);
    }
  },
});

/** The password goes to docker's input, so that no process list shows it. */
function* login(cx: StepContext, folder: string, address: string, fields: Readonly<Record<string, string>>): Computation<void> {
  const { exit, out } = yield* quietly(
    cx,
    'printf %s "$MILLRACE_DOCKER_WORD" | docker login -u "$MILLRACE_DOCKER_USER" --password-stdin "$MILLRACE_DOCKER_REGISTRY"',
    {
      DOCKER_CONFIG: folder,
      MILLRACE_DOCKER_USER: fields['username'] ?? '',
      MILLRACE_DOCKER_WORD: fields['password'] ?? '',
      MILLRACE_DOCKER_REGISTRY: address,
    },
  );
  if (out !== '') cx.log(out);
  if (exit !== 0) throw abortError('docker login failed');
}

export const withDockerServerStep = defineStep({
  name: 'withDockerServer',
  summary: 'Sets up Docker server endpoint',
  block: 'required',
  needs: ['workspace'],
  params: [
    { name: 'server', type: 'any', positional: true },
    { name: 'uri', type: 'string' },
    { name: 'credentialsId', type: 'string' },
  ],
  *run(cx, args, body) {
    const { uri, credentialsId } = endpoint(cx, args.server, { uri: args.uri, credentialsId: args.credentialsId });
    const env: Record<string, string> = uri == null ? {} : { DOCKER_HOST: uri };
    if (credentialsId == null) return yield* cx.runBody(body, { env });
    const bound: Bound = { secret: {}, open: {}, contents: [], folders: [] };
    try {
      const { fields } = yield* credentialOf(cx, credentialsId, [['clientKey'], ['clientCertificate'], ['serverCaCertificate']], 'X.509 Client Certificate');
      const folder = secretFolder(cx, bound);
      for (const [file, field] of [
        ['key.pem', 'clientKey'],
        ['cert.pem', 'clientCertificate'],
        ['ca.pem', 'serverCaCertificate'],
      ] as const) {
        yield* cx.ask('file.write', { ...cx.place(), path: `${folder}/${file}`, content: fields[field] ?? '', encoding: null, mode: 0o400 });
      }
      return yield* cx.runBody(body, { env: { ...env, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder } });
    } finally {
      yield* removeFolders(cx, bound.folders);
    }
  },
});
