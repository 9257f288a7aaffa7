import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { API_ERRORS, WHY_CODES } from '@millrace/protocol';
import { errorsZhCN } from './errors-zh-cn.ts';
import { whyText } from './why-text.ts';
import { whysZhCN } from './whys-zh-cn.ts';

const why = { code: 'label-busy', message: 'Waiting for next available executor on ‘linux’', fields: { label: 'linux' } };

test('a reason is said in Chinese by its code and fields', () => {
  assert.equal(whyText(why, 'zh-CN'), '正在等待‘linux’上的空闲执行器');
  assert.equal(whyText(why, 'en'), why.message);
  const full = { code: 'cloud-full', message: 'x', fields: { cloud: 'k', cap: 'namespace', namespace: 'ns', most: 3 } };
  assert.equal(whyText(full, 'zh-CN'), '云 k 在命名空间 ns 中的节点已达上限（caps.namespaces：3）');
  const failed = { code: 'cloud-failed', message: 'k (maven): no such image', fields: { cloud: 'k', template: 'maven' } };
  assert.equal(whyText(failed, 'zh-CN'), '云 k 未能提供节点（maven）：k (maven): no such image');
});

test('points in time and lists are said as one reads them', () => {
  const quiet = whyText({ code: 'quiet', message: 'x', fields: { until: 0 } }, 'zh-CN');
  assert.match(quiet, /^处于静默期，\d{1,2}:\d{2}:\d{2} 结束$/);
  const offline = { code: 'nodes-offline', message: 'x', fields: { nodes: ['a', 'b'] } } as never;
  assert.equal(whyText(offline, 'zh-CN'), '全部节点离线：a、b');
});

test('what is not known in Chinese, or lacks a field, is said as the server says it', () => {
  assert.equal(whyText({ ...why, code: 'something-new' }, 'zh-CN'), why.message);
  assert.equal(whyText({ ...why, fields: {} }, 'zh-CN'), why.message);
});

test('every reason that a controller can give has Chinese words', () => {
  assert.deepEqual(
    WHY_CODES.filter((code) => !/[\u4e00-\u9fff]/.test(whysZhCN[code] ?? '')),
    [],
  );
  // The list itself is whole: what the queue and the clouds write is of it.
  const root = path.resolve(import.meta.dirname, '../../../controller/src');
  const given = new Set<string>();
  for (const file of globSync('**/*.ts', { cwd: root }))
    if (!file.endsWith('.test.ts'))
      for (const m of readFileSync(path.join(root, file), 'utf8').matchAll(/\b(?:why|together)\(\s*'([a-z-]+)'/g)) given.add(m[1] as string);
  assert.ok(given.size > 30);
  assert.deepEqual(
    [...given].filter((code) => !(WHY_CODES as readonly string[]).includes(code)),
    [],
  );
});

test('every error of the API has a Chinese title and what to do', () => {
  const lacking = Object.keys(API_ERRORS).filter((code) => {
    const words = errorsZhCN[code as keyof typeof API_ERRORS] as { title: string; help: string } | undefined;
    return words === undefined || ![words.title, words.help].every((text) => /[\u4e00-\u9fff]/.test(text));
  });
  assert.deepEqual(lacking, []);
});
