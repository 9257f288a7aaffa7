/**
 * What forges send, read into one shape. Each has a reader for its events; what it does not know is told to be nothing. Bodies come
 * from anybody: everything is looked at before it is believed, and nothing but text and numbers comes out.
 *
 * Sources: GitHub https://docs.github.com/webhooks/webhook-events-and-payloads; GitLab https://docs.gitlab.com/user/project/integrations/webhook_events;
 * Gitea https://docs.gitea.com/usage/webhooks; Gogs https://gogs.io/docs/features/webhook; Bitbucket
 * https://support.atlassian.com/bitbucket-cloud/docs/event-payloads and https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html.
 */
import type { ScmEvent } from '../scm/scm-event.ts';
import { at, commit, list, text, texts } from './payload-parts.ts';

export type Forge = 'github' | 'gitlab' | 'gitea' | 'gogs' | 'bitbucket';
/** Null: it is about nothing that starts builds. */
export type ReadPayload = (name: string, body: unknown) => ScmEvent | null;

const HEADS = 'refs/heads/';
const TAGS = 'refs/tags/';

type Refs = ScmEvent['refs'];

function push(provider: Forge, urls: readonly string[], fullName: string | null, refs: Refs, sender: string | null): ScmEvent | null {
  return urls.length === 0 ? null : { kind: 'push', provider, urls, fullName, refs, change: null, sender };
}

/** Fields that GitHub, Gitea and Gogs share. */
function githubLike(provider: 'github' | 'gitea' | 'gogs'): ReadPayload {
  return (name, body) => {
    const urls = texts(
      body,
      ['repository', 'clone_url'],
      ['repository', 'ssh_url'],
      ['repository', 'html_url'],
      ['repository', 'git_url'],
      ['repository', 'url'],
    );
    const fullName = text(body, 'repository', 'full_name');
    const sender = text(body, 'pusher', 'login') ?? text(body, 'pusher', 'name') ?? text(body, 'sender', 'login');
    if (urls.length === 0) return null;
    switch (name) {
      case 'push': {
        const ref = text(body, 'ref');
        if (ref === null) return null;
        const whole = ref.startsWith('refs/') ? ref : `${HEADS}${ref}`;
        return push(provider, urls, fullName, [{ ref: whole, before: commit(body, 'before'), after: commit(body, 'after') }], sender);
      }
      case 'create':
      case 'delete': {
        const ref = text(body, 'ref');
        const type = text(body, 'ref_type');
        if (ref === null || (type !== 'branch' && type !== 'tag')) return null;
        // A new ref is pushed too; what it is is not told here.
        if (name === 'create' && provider === 'github') return null;
        const whole = ref.startsWith('refs/') ? ref : `${type === 'tag' ? TAGS : HEADS}${ref}`;
        const after = name === 'delete' ? null : commit(body, 'sha');
        if (name === 'create' && after === null) return push(provider, urls, fullName, [], sender);
        return push(provider, urls, fullName, [{ ref: whole, before: null, after }], sender);
      }
      case 'pull_request':
      case 'pull_request_sync': {
        const number = at(body, 'number') ?? at(body, 'pull_request', 'number');
        const action = actionOf(CHANGE_ACTIONS, text(body, 'action'));
        if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1 || action === undefined) return null;
        return {
          kind: 'pull-request',
          provider,
          urls,
          fullName,
          refs: [],
          change: { number, action, head: commit(body, 'pull_request', 'head', 'sha') },
          sender,
        };
      }
      case 'repository':
        return { kind: 'repository', provider, urls, fullName, refs: [], change: null, sender };
      default:
        return null;
    }
  };
}

type Action = 'opened' | 'updated' | 'closed';

function actionOf(actions: Readonly<Record<string, Action>>, name: string | null): Action | undefined {
  return name !== null && Object.hasOwn(actions, name) ? actions[name] : undefined;
}

const CHANGE_ACTIONS: Readonly<Record<string, Action>> = {
  opened: 'opened',
  reopened: 'opened',
  synchronize: 'updated',
  synchronized: 'updated',
  edited: 'updated',
  ready_for_review: 'updated',
  labeled: 'updated',
  label_updated: 'updated',
  closed: 'closed',
};

/** Of the repository that an event of GitLab is about. */
export function gitlabUrls(body: unknown): string[] {
  return texts(
    body,
    ['project', 'git_http_url'],
    ['project', 'git_ssh_url'],
    ['project', 'web_url'],
    ['repository', 'git_http_url'],
    ['repository', 'git_ssh_url'],
  );
}

const gitlab: ReadPayload = (name, body) => {
  const urls = gitlabUrls(body);
  const fullName = text(body, 'project', 'path_with_namespace');
  const sender = text(body, 'user_username') ?? text(body, 'user_name') ?? text(body, 'user', 'username');
  const kind = text(body, 'object_kind') ?? text(body, 'event_name') ?? name;
  if (urls.length === 0) return null;
  if (kind === 'push' || kind === 'tag_push') {
    const ref = text(body, 'ref');
    return ref === null ? null : push('gitlab', urls, fullName, [{ ref, before: commit(body, 'before'), after: commit(body, 'after') }], sender);
  }
  if (kind !== 'merge_request') return null;
  const number = at(body, 'object_attributes', 'iid');
  const action = actionOf(GITLAB_ACTIONS, text(body, 'object_attributes', 'action'));
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1 || action === undefined) return null;
  const head = commit(body, 'object_attributes', 'last_commit', 'id');
  return { kind: 'pull-request', provider: 'gitlab', urls, fullName, refs: [], change: { number, action, head }, sender };
};

const GITLAB_ACTIONS: Readonly<Record<string, Action>> = { open: 'opened', reopen: 'opened', update: 'updated', close: 'closed', merge: 'closed' };

/** Of the cloud and of the server. */
const bitbucket: ReadPayload = (name, body) => {
  const links = list(body, 'repository', 'links', 'clone').flatMap((link) => text(link, 'href') ?? []);
  const html = text(body, 'repository', 'links', 'html', 'href');
  const target = at(body, 'pullRequest', 'toRef', 'repository') ?? at(body, 'repository');
  const cloned = list(target, 'links', 'clone').flatMap((link) => text(link, 'href') ?? []);
  const urls = [...new Set([...links, ...cloned, ...(html === null ? [] : [html])])];
  const project = text(target, 'project', 'key'),
    slug = text(target, 'slug');
  const fullName = text(body, 'repository', 'full_name') ?? (project === null || slug === null ? null : `${project}/${slug}`);
  const sender = text(body, 'actor', 'nickname') ?? text(body, 'actor', 'name') ?? text(body, 'actor', 'display_name');
  if (urls.length === 0) return null;
  if (name === 'repo:push') {
    const refs = list(body, 'push', 'changes').flatMap((change) => {
      const [now, before] = [at(change, 'new'), at(change, 'old')];
      const named = text(now, 'name') ?? text(before, 'name');
      if (named === null) return [];
      const type = text(now, 'type') ?? text(before, 'type');
      return [{ ref: `${type === 'tag' ? TAGS : HEADS}${named}`, before: commit(before, 'target', 'hash'), after: commit(now, 'target', 'hash') }];
    });
    return push('bitbucket', urls, fullName, refs, sender);
  }
  if (name === 'repo:refs_changed') {
    const refs = list(body, 'changes').flatMap((change) => {
      const ref = text(change, 'ref', 'id') ?? text(change, 'refId');
      return ref === null ? [] : [{ ref, before: commit(change, 'fromHash'), after: commit(change, 'toHash') }];
    });
    return push('bitbucket', urls, fullName, refs, sender);
  }
  const action = actionOf(BITBUCKET_ACTIONS, name);
  const number = at(body, 'pullrequest', 'id') ?? at(body, 'pullRequest', 'id');
  if (action === undefined || typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) return null;
  const head = commit(body, 'pullRequest', 'fromRef', 'latestCommit');
  return { kind: 'pull-request', provider: 'bitbucket', urls, fullName, refs: [], change: { number, action, head }, sender };
};

const BITBUCKET_ACTIONS: Readonly<Record<string, Action>> = {
  'pullrequest:created': 'opened',
  'pullrequest:updated': 'updated',
  'pullrequest:fulfilled': 'closed',
  'pullrequest:rejected': 'closed',
  'pr:opened': 'opened',
  'pr:from_ref_updated': 'updated',
  'pr:modified': 'updated',
  'pr:merged': 'closed',
  'pr:declined': 'closed',
  'pr:deleted': 'closed',
};

export const FORGES: Readonly<Record<Forge, ReadPayload>> = {
  github: githubLike('github'),
  gitea: githubLike('gitea'),
  gogs: githubLike('gogs'),
  gitlab,
  bitbucket,
};
