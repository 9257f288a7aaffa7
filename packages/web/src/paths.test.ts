import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildAddress, itemAddress, readItemAddress } from './paths.ts';

test('addresses of jobs and builds are as in Jenkins, and are read back', () => {
  assert.equal(itemAddress('team a/app'), '/job/team%20a/job/app');
  assert.equal(buildAddress('app', 12, 'console'), '/job/app/12/console');
  assert.deepEqual(readItemAddress('/job/team%20a/job/app/12/console'), { path: 'team a/app', number: 12, view: 'console', rest: '' });
  assert.deepEqual(readItemAddress('/job/app/'), { path: 'app', number: null, view: '', rest: '' });
  assert.deepEqual(readItemAddress('/job/app/3/artifact/a/b.txt'), { path: 'app', number: 3, view: 'artifact', rest: 'a/b.txt' });
});

test('a job whose name is a number is none of its builds', () => {
  assert.deepEqual(readItemAddress('/job/12/7'), { path: '12', number: 7, view: '', rest: '' });
});

test('what is no such address is not taken for one', () => {
  assert.equal(readItemAddress('/jobs/a'), null);
  assert.equal(readItemAddress('/job/'), null);
  assert.equal(readItemAddress('/job/%E0%A4%A'), null);
});
