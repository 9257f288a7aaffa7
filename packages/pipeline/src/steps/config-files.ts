/** Follows ConfigFileBuildWrapper of config-file-provider: managed files in the workspace, and Maven settings with credentials. */
import type { Computation } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { ManagedFile } from '../server-model/server-asks.ts';
import type { Bound } from './credential-bindings.ts';
import { credentialOf, secretFolder } from './credential-bindings.ts';
import { isBlank } from './file-or-text.ts';
import { secretMasks } from './secret-masks.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { removeFolders } from './with-credentials.ts';

interface Wanted {
  readonly id: string;
  readonly target: string;
  readonly variable: string;
  readonly replaceTokens: boolean;
}

export const configFileProviderStep = defineStep({
  name: 'configFileProvider',
  summary: 'Provide Configuration files',
  block: 'required',
  needs: ['workspace'],
  params: [
    { name: 'managedFiles', type: 'list' },
    {
      name: 'configFiles',
      type: 'list',
      positional: true,
      help: '`configFile(fileId: …, variable: …, targetLocation: …, replaceTokens: …)`, of `configFiles` in the configuration.',
    },
  ],
  *run(cx, args, body) {
    const bound: Bound = { secret: {}, open: {}, contents: [], folders: [] };
    const secrets: string[] = [];
    cx.log('provisioning config files...');
    try {
      for (const value of [...(args.managedFiles ?? []), ...(args.configFiles ?? [])]) {
        const file = cx.described(value);
        const text = (name: string): string => cx.rt.str(file?.args.get(name) ?? '').trim();
        const id = file === null ? cx.rt.str(value ?? '') : text('fileId') || cx.rt.str(file.args.get('') ?? '');
        const wanted: Wanted = { id, target: text('targetLocation'), variable: text('variable'), replaceTokens: file?.args.get('replaceTokens') === true };
        const path = yield* provide(cx, wanted, bound, secrets);
        if (wanted.variable !== '') bound.open[wanted.variable] = path;
      }
      return yield* cx.runBody(body, { env: bound.open, masks: secretMasks(secrets) });
    } finally {
      yield* removeFolders(cx, bound.folders);
    }
  },
});

/** Answers where it is: what has no place of its own goes with the block. */
export function* provide(cx: StepContext, { id, target, variable, replaceTokens }: Wanted, bound: Bound, secrets: string[]): Computation<string> {
  const found = (yield* cx.ask('other', { name: 'configFile', data: { id } })) as unknown as ManagedFile | null;
  if (found === null) {
    const shown = `[ManagedFile: id=${id}, targetLocation=${target || null}, variable=${variable || null}]`;
    throw abortError(`not able to provide the file ${shown}, can't be resolved by any provider - maybe it got deleted by an administrator?`);
  }
  let content = replaceTokens ? withVariables(found.text, cx.environment()) : found.text;
  if (found.servers.length > 0) content = withServers(content, yield* logins(cx, found.servers, secrets));
  let path: string;
  if (isBlank(target)) path = `${secretFolder(cx, bound)}/config-${id.replace(/[^\w.-]/g, '_')}.tmp`;
  else {
    const place = cx.place(cx.expand(target));
    const named = /[/\\]$/.test(target) || (yield* cx.ask('file.facts', { ...cx.place(), path: place.cwd })).facts?.directory === true;
    path = named ? `${place.cwd.replace(/[/\\]$/, '')}/${found.name.replace(/[/\\]/g, '_')}` : place.cwd;
  }
  cx.log(`copy managed file [${found.name}] to ${path}`);
  yield* cx.ask('file.write', { ...cx.place(), path, content, encoding: null, mode: 0o600 });
  return path;
}

/** `${NAME}` and `${ENV, var="NAME"}`; what is no variable stays. */
function withVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(?:ENV,\s*var\s*=\s*"(\w+)"|(\w+))\}/g, (whole, named: string | undefined, plain: string | undefined) => {
    const name = named ?? plain ?? '';
    return Object.hasOwn(variables, name) ? (variables[name] as string) : whole;
  });
}

interface Login {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

function* logins(cx: StepContext, servers: ManagedFile['servers'], secrets: string[]): Computation<Login[]> {
  const found: Login[] = [];
  for (const { id, credentialsId } of servers) {
    const { fields } = yield* credentialOf(cx, credentialsId, [['username'], ['password']], 'Username with password');
    const { username = '', password = '' } = fields;
    secrets.push(password);
    found.push({ id, username, password });
  }
  return found;
}

/** As the plug-in: what the file says of these servers gives way, and what it says of others, whose logins nobody vouches for, too. */
function withServers(settings: string, servers: readonly Login[]): string {
  const own = `<servers>${servers.map((s) => `<server><id>${cdata(s.id)}</id><username>${cdata(s.username)}</username><password>${cdata(s.password)}</password></server>`).join('')}</servers>`;
  // Comments may hold examples of the same.
  const kept = settings.replace(/<!--[\s\S]*?-->/g, '').replace(/<servers\s*\/>|<servers\s*>[\s\S]*?<\/servers\s*>/, '');
  const end = kept.lastIndexOf('</settings');
  if (end < 0) throw abortError('The managed file has servers, and is no Maven settings file: it has no <settings>');
  return `${kept.slice(0, end)}${own}\n${kept.slice(end)}`;
}

/** As it is, so that a secret is known wherever it stands. */
function cdata(text: string): string {
  if (text.includes(']]>')) throw abortError('A login of a Maven server cannot hold ]]>');
  return `<![CDATA[${text}]]>`;
}
