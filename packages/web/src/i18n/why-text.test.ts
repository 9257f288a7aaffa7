import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyText } from './why-text.ts';

const why = { code: 'label-busy', message: 'Waiting for next available executor on ‘linux’', fields: { label: 'linux' } };

test('a reason is said in Chinese by its code and fields', () => {
  assert.equal(whyText(why, 'zh-CN'), '正在等待‘linux’上的空闲执行器');
  assert.equal(whyText(why, 'en'), why.message);
});

test('what is not known in Chinese, or lacks a field, is said as the server says it', () => {
  assert.equal(whyText({ ...why, code: 'something-new' }, 'zh-CN'), why.message);
  assert.equal(whyText({ ...why, fields: {} }, 'zh-CN'), why.message);
});
