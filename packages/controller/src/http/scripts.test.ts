import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eachEngine } from '../store/testing/databases.ts';
import { testApi } from './testing/api.ts';

eachEngine('scripts over the API', (databases) => {
  it('are checked for whoever is signed in, with the places of their errors', async () => {
    const api = await testApi(databases);
    const right = await api.call('nobody', 'POST', 'validate', { script: "node { echo 'x' }" });
    assert.deepEqual([right.status, right.body], [200, { declarative: false, errors: [], total: 0 }]);
    const wrong = await api.call('viewer', 'POST', 'validate', { script: 'pipeline {\n  agent any\n}\n' });
    assert.equal(wrong.status, 200);
    assert.equal(wrong.body.declarative, null);
    assert.match(wrong.body.errors[0].message, /Missing required section "stages"/);
    assert.equal(wrong.body.errors[0].line, 1);
    assert.equal((await api.call(null, 'POST', 'validate', { script: '' })).status, 401);
    await api.close();
  });

  it('are refused where they are too long', async () => {
    const api = await testApi(databases);
    assert.equal((await api.call('dev', 'POST', 'validate', { script: 'x'.repeat(500_001) })).body.code, 'MR_REQUEST');
    assert.equal((await api.call('dev', 'POST', 'validate', { script: 'x'.repeat(3_000_000) })).body.code, 'MR_BODY_SIZE');
    await api.close();
  });
});
