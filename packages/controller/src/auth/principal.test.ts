import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Permission, Role, Scope } from '@millrace/protocol';
import type { Grant } from './principal.ts';
import { can, canSomewhere, leadsSomewhere } from './principal.ts';

const who = (role: Role | null, grants: readonly Grant[] = [], scopes: readonly Scope[] | null = null) => ({ role, grants, scopes });

const TEAM = who(null, [
  { scope: 'team', role: 'viewer' },
  { scope: 'team/a', role: 'developer' },
]);
const RIGHTS: readonly [string, ReturnType<typeof who>, Permission, string | null, boolean][] = [
  ['a viewer looks', who('viewer'), 'item.view', 'x', true],
  ['a viewer starts nothing', who('viewer'), 'build.start', 'x', false],
  ['a developer starts', who('developer'), 'build.start', 'x', true],
  ['a developer makes no nodes', who('developer'), 'node.change', null, false],
  ['an administrator does everything', who('administrator'), 'user.manage', null, true],
  ['who has nothing sees nothing', who(null), 'item.view', 'x', false],
  ['a grant holds on its folder', TEAM, 'item.view', 'team', true],
  ['a grant holds below', TEAM, 'item.view', 'team/b/c', true],
  ['a grant does not hold beside', TEAM, 'item.view', 'team2', false],
  ['a grant does not hold above', TEAM, 'item.view', null, false],
  ['the nearest adds', TEAM, 'build.start', 'team/a/job', true],
  ['the nearest adds nothing beside it', TEAM, 'build.start', 'team/ab', false],
  ['more from above stays', who('developer', [{ scope: 'team', role: 'viewer' }]), 'build.start', 'team/x', true],
  ['a grant of administrator is none of the server', who('viewer', [{ scope: 'team', role: 'administrator' }]), 'node.change', null, false],
  ['a token of read looks', who('administrator', [], ['read']), 'item.view', 'x', true],
  ['a token of read starts nothing', who('administrator', [], ['read']), 'build.start', 'x', false],
  ['a token of build looks too', who('developer', [], ['build']), 'item.view', 'x', true],
  ['a token of build configures nothing', who('developer', [], ['build']), 'item.configure', 'x', false],
  ['a token gives no rights', who('viewer', [], ['admin']), 'build.start', 'x', false],
];

for (const [name, principal, permission, item, wanted] of RIGHTS) it(name, () => assert.equal(can(principal, permission, item), wanted));

it('the way to a grant shows itself', () => {
  assert.equal(leadsSomewhere(who(null, [{ scope: 'a/b/c', role: 'viewer' }]), 'a/b'), true);
  assert.equal(leadsSomewhere(who(null, [{ scope: 'a/b/c', role: 'viewer' }]), 'a/b/c'), false);
  assert.equal(canSomewhere(TEAM, 'item.create'), true);
  assert.equal(canSomewhere(TEAM, 'item.create') && can(TEAM, 'item.create', null), false);
});
