/** Webhooks as GitLab sends them, in short. */

export const FROM = '1'.repeat(40),
  TO = '2'.repeat(40);

function project(owner: string, id: number): object {
  const at = `git.example/${owner}/app`;
  return {
    id,
    name: 'App',
    namespace: owner,
    path_with_namespace: `${owner}/app`,
    web_url: `https://${at}`,
    homepage: `https://${at}`,
    url: `git@git.example:${owner}/app.git`,
    ssh_url: `git@git.example:${owner}/app.git`,
    http_url: `https://${at}.git`,
    git_ssh_url: `git@git.example:${owner}/app.git`,
    git_http_url: `https://${at}.git`,
  };
}

export function pushBody(more: object = {}): object {
  return {
    object_kind: 'push',
    before: FROM,
    after: TO,
    ref: 'refs/heads/feature/one',
    user_name: 'Ada Example',
    user_username: 'ada',
    user_email: 'ada@example.org',
    project_id: 7,
    project: project('team', 7),
    repository: {
      name: 'App',
      url: 'git@git.example:team/app.git',
      homepage: 'https://git.example/team/app',
      git_http_url: 'https://git.example/team/app.git',
      git_ssh_url: 'git@git.example:team/app.git',
    },
    commits: [{ id: TO, message: 'Change it\n', author: { name: 'Ada', email: 'ada@example.org' } }],
    ...more,
  };
}

const request = (more: object): object => ({
  id: 99,
  iid: 3,
  title: 'Make it better',
  description: 'It was worse.',
  source_branch: 'feature/one',
  target_branch: 'main',
  source_project_id: 8,
  target_project_id: 7,
  work_in_progress: false,
  state: 'opened',
  source: project('ada', 8),
  target: project('team', 7),
  last_commit: { id: TO, message: 'Change it\n', author: { name: 'Ada', email: 'ada@example.org' } },
  ...more,
});

export function mergeBody(attributes: object = {}, more: object = {}): object {
  return {
    object_kind: 'merge_request',
    user: { name: 'Bob', username: 'bob' },
    project: project('team', 7),
    labels: [{ id: 1, title: 'ready' }],
    assignee: { username: 'cleo' },
    object_attributes: request({ action: 'open', ...attributes }),
    ...more,
  };
}

export function noteBody(note: string, id = 5, more: object = {}): object {
  return {
    object_kind: 'note',
    user: { name: 'Bob', username: 'bob' },
    project: project('team', 7),
    object_attributes: { id, note, noteable_type: 'MergeRequest' },
    merge_request: request({ labels: [{ id: 1, title: 'ready' }] }),
    ...more,
  };
}
