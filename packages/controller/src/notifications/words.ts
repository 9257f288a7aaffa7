/** What Millrace itself says of builds, in both languages. */
import type { Language } from './channels/channel.ts';
import type { BuildEvent } from './message.ts';

interface Words {
  readonly events: Readonly<Record<Exclude<BuildEvent['event'], 'message' | 'test'>, string>>;
  readonly test: string;
  readonly testText: string;
  readonly stillFailing: string;
  readonly result: string;
  readonly before: (result: string) => string;
  readonly results: Readonly<Record<string, string>>;
  readonly duration: string;
  readonly causes: string;
  readonly stage: string;
  readonly tests: string;
  readonly testCount: (failed: number, total: number) => string;
  readonly changes: string;
  readonly more: string;
  readonly link: string;
  readonly colon: string;
  readonly span: (ms: number) => string;
}

const EN: Words = {
  events: { failure: 'Failed', unstable: 'Unstable', fixed: 'Back to normal', success: 'Succeeded', aborted: 'Aborted', notBuilt: 'Not built' },
  test: 'A test message of Millrace',
  testText: 'Whoever reads this gets the messages of this channel.',
  stillFailing: 'Still failing',
  result: 'Result',
  before: (result) => `before: ${result}`,
  results: {},
  duration: 'Duration',
  causes: 'Cause',
  stage: 'Failed stage',
  tests: 'Failed tests',
  testCount: (failed, total) => `${failed} of ${total}`,
  changes: 'Changes',
  more: 'and more',
  link: 'Build',
  colon: ': ',
  span: (ms) => span(ms, { h: ' h', min: ' min', s: ' s', between: ' ' }),
};

const ZH: Words = {
  events: { failure: '构建失败', unstable: '构建不稳定', fixed: '恢复正常', success: '构建成功', aborted: '构建已中止', notBuilt: '未构建' },
  test: 'Millrace 的测试消息',
  testText: '收到这条消息的人会收到此渠道的通知。',
  stillFailing: '仍然失败',
  result: '结果',
  before: (result) => `上一次：${result}`,
  results: { SUCCESS: '成功', FAILURE: '失败', UNSTABLE: '不稳定', ABORTED: '已中止', NOT_BUILT: '未构建' },
  duration: '耗时',
  causes: '触发原因',
  stage: '失败的阶段',
  tests: '失败的测试',
  testCount: (failed, total) => `${total} 个中有 ${failed} 个失败`,
  changes: '变更',
  more: '等',
  link: '构建页面',
  colon: '：',
  span: (ms) => span(ms, { h: ' 小时', min: ' 分', s: ' 秒', between: ' ' }),
};

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, zh: ZH };

function span(ms: number, unit: { readonly h: string; readonly min: string; readonly s: string; readonly between: string }): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 3_600), unit.h],
    [Math.floor((seconds % 3_600) / 60), unit.min],
    [seconds % 60, unit.s],
  ] as const;
  const said = parts.filter(([n]) => n > 0).slice(0, 2);
  return said.length === 0 ? `0${unit.s}` : said.map(([n, u]) => `${n}${u}`).join(unit.between);
}
