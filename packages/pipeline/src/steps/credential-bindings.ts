/** The bindings of `withCredentials`: which variables each kind makes of a credential. Follows credentials-binding. */

import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import type { AnswerOf } from '../host.ts';
import type { Described } from './described.ts';
import type { StepContext } from './step.ts';

type Credential = AnswerOf<'credentials'>;

export interface Bound {
  readonly secret: Record<string, string>;
  readonly open: Record<string, string>;
  /** Of files: masked line by line. */
  readonly contents: string[];
  /** Folders that are removed after the body. */
  readonly folders: string[];
}

interface BindingKind {
  /** Jenkins' name of the credentials it takes. */
  readonly type: string;
  /** Fields that such a credential has, one of each group. */
  readonly fields: readonly (readonly string[])[];
  readonly needsWorkspace?: boolean;
  bind(cx: StepContext, credential: Credential, variable: (name: string) => string | null, bound: Bound): Computation<void> | void;
}

const variableOf =
  (...fields: readonly string[]): BindingKind['bind'] =>
  (_cx, credential, variable, bound) => {
    const name = variable('variable');
    if (name !== null) bound.secret[name] = fieldOf(credential, fields) ?? '';
  };

const KINDS: { readonly [kind: string]: BindingKind } = {
  string: { type: 'Secret text', fields: [['secret', 'text', 'token']], bind: variableOf('secret', 'text', 'token') },
  usernamePassword: {
    type: 'Username with password',
    fields: [['username'], ['password']],
    bind(_cx, { fields }, variable, bound) {
      const username = variable('usernameVariable'),
        password = variable('passwordVariable');
      if (username !== null) (fields['usernameSecret'] === 'true' ? bound.secret : bound.open)[username] = fields['username'] ?? '';
      if (password !== null) bound.secret[password] = fields['password'] ?? '';
    },
  },
  usernameColonPassword: {
    type: 'Username with password',
    fields: [['username'], ['password']],
    bind(_cx, { fields }, variable, bound) {
      const name = variable('variable');
      if (name !== null) bound.secret[name] = `${fields['username'] ?? ''}:${fields['password'] ?? ''}`;
    },
  },
  file: {
    type: 'Secret file',
    fields: [['content', 'file', 'contentBase64']],
    needsWorkspace: true,
    *bind(cx, credential, variable, bound) {
      const name = variable('variable');
      if (name !== null) bound.secret[name] = yield* secretFile(cx, credential, bound, credential.fields['fileName'] ?? 'file', 0o400);
    },
  },
  zip: {
    type: 'Secret file',
    fields: [['contentBase64', 'content', 'file']],
    needsWorkspace: true,
    *bind(cx, credential, variable, bound) {
      const name = variable('variable');
      if (name === null) return;
      const archive = yield* secretFile(cx, credential, bound, 'archive.zip', 0o400);
      const dir = `${archive.slice(0, archive.lastIndexOf('/'))}/file`;
      yield* cx.ask('unzip', { ...cx.place(), archive, dir, glob: null, mode: 'extract', encoding: null, quiet: true });
      bound.secret[name] = dir;
    },
  },
  certificate: {
    type: 'Certificate',
    fields: [['keyStore', 'keyStoreBase64', 'contentBase64', 'content', 'file']],
    *bind(cx, credential, variable, bound) {
      const keystore = variable('keystoreVariable'),
        password = variable('passwordVariable'),
        alias = variable('aliasVariable');
      if (alias !== null) bound.secret[alias] = credential.description ?? '';
      if (password !== null) bound.secret[password] = credential.fields['password'] ?? '';
      if (keystore !== null && cx.scope.workspace !== null) bound.secret[keystore] = yield* secretFile(cx, credential, bound, 'file', 0o400);
    },
  },
  sshUserPrivateKey: {
    type: 'SSH Username with private key',
    fields: [['privateKey']],
    needsWorkspace: true,
    *bind(cx, credential, variable, bound) {
      const { fields } = credential;
      const key = fields['privateKey'] ?? '';
      bound.contents.push(key);
      const file = variable('keyFileVariable'),
        username = variable('usernameVariable'),
        passphrase = variable('passphraseVariable');
      if (file !== null) {
        const path = `${secretFolder(cx, bound)}/ssh-key-${file}`;
        yield* cx.ask('file.write', { ...cx.place(), path, content: key.endsWith('\n') ? key : `${key}\n`, encoding: null, mode: 0o400 });
        bound.secret[file] = path;
      }
      if (passphrase !== null) bound.secret[passphrase] = fields['passphrase'] ?? '';
      if (username !== null) (fields['usernameSecret'] === 'true' ? bound.secret : bound.open)[username] = fields['username'] ?? '';
    },
  },
  aws: {
    type: 'AWS Credentials',
    fields: [['accessKey'], ['secretKey']],
    bind(_cx, { fields }, variable, bound) {
      bound.secret[variable('accessKeyVariable') ?? 'AWS_ACCESS_KEY_ID'] = fields['accessKey'] ?? '';
      bound.secret[variable('secretKeyVariable') ?? 'AWS_SECRET_ACCESS_KEY'] = fields['secretKey'] ?? '';
    },
  },
  gitUsernamePassword: {
    type: 'Username with password',
    fields: [['username'], ['password']],
    needsWorkspace: true,
    *bind(cx, { fields }, _variable, bound) {
      // The script that git asks holds no secret itself.
      const path = `${secretFolder(cx, bound)}/git-askpass`;
      const content = '#!/bin/sh\ncase "$1" in Username*) printf %s "$GIT_USERNAME";; *) printf %s "$GIT_PASSWORD";; esac\n';
      yield* cx.ask('file.write', { ...cx.place(), path, content, encoding: null, mode: 0o500 });
      Object.assign(bound.open, { GIT_ASKPASS: path, GIT_TERMINAL_PROMPT: 'false', GIT_USERNAME: fields['username'] ?? '' });
      bound.secret['GIT_PASSWORD'] = fields['password'] ?? '';
    },
  },
};

/** Class names of the bindings; older ones still stand in many files. */
const BY_CLASS: { readonly [name: string]: string } = {
  StringBinding: 'string',
  UsernamePasswordMultiBinding: 'usernamePassword',
  UsernamePasswordBinding: 'usernameColonPassword',
  FileBinding: 'file',
  ZipFileBinding: 'zip',
  CertificateMultiBinding: 'certificate',
  SSHUserPrivateKeyBinding: 'sshUserPrivateKey',
  AmazonWebServicesCredentialsBinding: 'aws',
  GitUsernamePasswordBinding: 'gitUsernamePassword',
};

export function* bindCredential(cx: StepContext, binding: Described, bound: Bound): Computation<void> {
  const name = BY_CLASS[binding.kind] ?? binding.kind;
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind === undefined)
    throw new JavaThrowable(
      'java.lang.UnsupportedOperationException',
      `no known implementation of class org.jenkinsci.plugins.credentialsbinding.MultiBinding is named ${binding.kind}`,
    );
  const text = (parameter: string): string | null => {
    const value: Value = binding.args.get(parameter) ?? null;
    const string = value === null ? '' : cx.rt.str(value).trim();
    return string === '' ? null : string;
  };
  if (kind.needsWorkspace === true) cx.place();
  const id = text('credentialsId') ?? '';
  const credential = yield* credentialOf(cx, id, kind.fields, kind.type);
  const waiting = kind.bind(cx, credential, text, bound);
  if (waiting !== undefined) yield* waiting;
}

/** Fetches a credential and refuses one of another kind. */
export function* credentialOf(cx: StepContext, id: string, fields: BindingKind['fields'], type: string): Computation<Credential> {
  const credential = yield* cx.ask('credentials', { id, types: [type] });
  if (fields.every((group) => group.some((field) => Object.hasOwn(credential.fields, field)))) return credential;
  throw new JavaThrowable(
    'org.jenkinsci.plugins.credentialsbinding.impl.CredentialNotFoundException',
    `Credentials '${id}' is of type '${credential.type}' where '${type}' was expected`,
  );
}

function fieldOf(credential: Credential, names: readonly string[]): string | null {
  for (const name of names) if (Object.hasOwn(credential.fields, name)) return credential.fields[name] as string;
  return null;
}

/** The path of a folder beside the workspace. It is made, for its owner alone, with the first file of a `mode` in it. */
export function secretFolder(cx: StepContext, bound: Bound): string {
  const place = cx.place();
  const temporary = cx.scope.temporary ?? `${cx.scope.workspace ?? place.cwd}@tmp`;
  let name = '';
  for (let i = 0; i < 4; i++)
    name += Math.floor(cx.rt.world.random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  const path = `${temporary}/secretFiles/${name.slice(0, 8)}-${name.slice(8, 12)}-${name.slice(12, 16)}-${name.slice(16, 20)}-${name.slice(20)}`;
  bound.folders.push(path);
  return path;
}

function* secretFile(cx: StepContext, credential: Credential, bound: Bound, fileName: string, mode: number): Computation<string> {
  const path = `${secretFolder(cx, bound)}/${fileName.replace(/[/\\]/g, '_')}`;
  const bytes = fieldOf(credential, ['contentBase64', 'keyStoreBase64']);
  const content = bytes ?? fieldOf(credential, ['content', 'file', 'keyStore']) ?? '';
  const text = bytes === null ? content : textOf(bytes);
  if (text !== null) bound.contents.push(text);
  yield* cx.ask('file.write', { ...cx.place(), path, content, encoding: bytes === null ? null : 'Base64', mode });
  return path;
}

/** Null: the bytes are no text. */
function textOf(base64: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
