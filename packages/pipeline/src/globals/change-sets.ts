/** `currentBuild.changeSets`: what the checkouts and libraries of this build brought. Follows GitChangeSet of the git plug-in. */
import type { Value } from '@millrace/groovy';
import { JavaList, Long } from '@millrace/groovy';
import type { ScmChange } from '../host.ts';
import { Bean } from '../steps/results.ts';

export function changeSets(sets: readonly (readonly ScmChange[])[]): Value {
  return new JavaList(sets.map(changeSetList));
}

function changeSetList(changes: readonly ScmChange[]): Value {
  const items = new JavaList(changes.map(changeSet));
  return new Bean('hudson.plugins.git.GitChangeSetList', [
    ['items', items],
    ['kind', 'git'],
    ['emptySet', false],
    ['logs', items],
  ]);
}

function changeSet(change: ScmChange): Value {
  const author = change.author ?? 'unknown';
  const user = new Bean(
    'hudson.model.User',
    [
      ['id', author],
      ['fullName', author],
      ['displayName', author],
    ],
    { text: () => author },
  );
  const files = change.paths.map(
    (path, i) =>
      new Bean(
        'hudson.plugins.git.GitChangeSet$Path',
        [
          ['path', path],
          ['editType', editType(change.edits?.[i] ?? 'edit')],
        ],
        { text: () => path },
      ),
  );
  return new Bean('hudson.plugins.git.GitChangeSet', [
    ['commitId', change.commit ?? null],
    ['id', change.commit ?? null],
    ['revision', change.commit ?? null],
    ['msg', change.title],
    ['title', change.title],
    ['msgAnnotated', change.title],
    ['comment', change.comment],
    ['author', user],
    ['authorName', author],
    ['authorEmail', change.email ?? null],
    ['timestamp', Long.of(change.at ?? -1)],
    ['affectedFiles', new JavaList(files)],
    ['paths', new JavaList(files)],
    ['affectedPaths', new JavaList([...change.paths])],
  ]);
}

function editType(name: string): Bean {
  return new Bean('hudson.scm.EditType', [['name', name]], { text: () => name });
}
