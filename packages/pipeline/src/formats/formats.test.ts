import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CsvFormat } from './csv.ts';
import { CSV_FORMATS, readCsv, writeCsv } from './csv.ts';
import { readManifest } from './manifest.ts';
import { readProperties } from './properties.ts';
import { countTests, readTestReport } from './test-reports.ts';
import { compareVersionNumbers } from './version-number.ts';
import { parseXml, XmlError } from './xml.ts';

const DEFAULT = CSV_FORMATS['DEFAULT'] as CsvFormat;

test('XML is read with entities, CDATA, comments and a document type', () => {
  const root = parseXml('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><!-- c --><a k="1 &lt; &#50;" l=\'"\'>t<b/><![CDATA[<raw>]]>&amp;</a>');
  assert.equal(root.name, 'a');
  assert.deepEqual(
    [...root.attributes],
    [
      ['k', '1 < 2'],
      ['l', '"'],
    ],
  );
  assert.equal(root.text, 't<raw>&');
  assert.deepEqual(
    root.children.map((c) => c.name),
    ['b'],
  );
});

test('broken XML is told with its place', () => {
  assert.throws(
    () => parseXml('<a>\n<b></a>'),
    (e) => e instanceof XmlError && e.line === 2,
  );
  for (const text of ['', 'x', '<a', '<a b>', '<a></a><b/>', '<a b="c>']) assert.throws(() => parseXml(text), XmlError, text);
});

test('suites may be nested, and one that failed to load is a failed test', () => {
  const suites = readTestReport(
    '<testsuites><testsuite name="o"><testsuite name="i"><testcase name="t" time="1,000.5"/></testsuite><testcase name="u"><error/></testcase></testsuite><testsuite name="e"><error message="m"/></testsuite></testsuites>',
    '/w/TEST-x.xml',
  );
  assert.deepEqual(
    suites.map((s) => [s.name, s.cases.map((c) => `${c.className}.${c.name} ${c.status} ${c.duration}`)]),
    [
      ['i', ['i.t PASSED 1000.5']],
      ['o', ['o.u FAILED 0']],
      ['e', ['e.<init> FAILED 0']],
    ],
  );
  assert.deepEqual(countTests(suites), { total: 3, failed: 2, skipped: 0, passed: 1 });
});

test('what tests printed is kept as asked', () => {
  const report = `<testsuite><testcase name="a" classname="c"><system-out>${'x'.repeat(2000)}</system-out></testcase></testsuite>`;
  assert.equal(readTestReport(report, 'r.xml', 'all')[0]?.cases[0]?.stdout?.length, 2000);
  assert.match(readTestReport(report, 'r.xml')[0]?.cases[0]?.stdout ?? '', /^x{500}\n\.\.\.\[truncated 1000 chars\]\.\.\.\nx{500}$/);
  assert.equal(readTestReport(report, 'r.xml', 'failed')[0]?.cases[0]?.stdout, null);
  assert.equal(readTestReport(report, 'd/r.xml')[0]?.name, '(r.xml)');
});

test('versions are ordered as Maven orders them', () => {
  const inOrder = ['1-alpha1', '1-beta', '1-rc1', '1', '1-sp1', '1.0.1', '1.1', '1.9', '1.10', '2.0-SNAPSHOT', '2', '10'];
  const snapshotFirst = [...inOrder].sort(compareVersionNumbers);
  assert.deepEqual(snapshotFirst, inOrder);
  for (const [a, b] of [
    ['1', '1.0'],
    ['1.0', '1.0.0'],
    ['1-ga', '1'],
    ['1.FINAL', '1'],
  ] as const)
    assert.equal(compareVersionNumbers(a, b), 0, `${a} ${b}`);
});

test('CSV keeps line ends and quotes inside of values', () => {
  const text = writeCsv(
    [
      ['a\nb', 'c"d', ''],
      [' x', null, 'y'],
    ],
    DEFAULT,
  );
  assert.equal(text, '"a\nb","c""d",\r\n" x",,y\r\n');
  assert.deepEqual(readCsv(text, DEFAULT).records, [
    ['a\nb', 'c"d', ''],
    [' x', '', 'y'],
  ]);
  assert.deepEqual(readCsv('a,b,\n\n1', DEFAULT).records, [['a', 'b', ''], ['1']]);
  assert.throws(() => readCsv('"a', DEFAULT), /EOF reached before encapsulated token finished/);
});

test('properties follow Java: continued lines, separators, escapes', () => {
  assert.deepEqual(readProperties('! c\na=1\nb : 2\nc 3\nd\\ e=\\t\\u0041\nf = g\\\n   h\ni'), [
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
    ['d e', '\tA'],
    ['f', 'gh'],
    ['i', ''],
  ]);
});

test('a manifest that is none is refused', () => {
  assert.equal(readManifest('hello world'), null);
  assert.deepEqual(
    [...(readManifest('A: 1\r\n\r\nName: x\r\nB: 2\r\n')?.entries ?? [])].map(([n, s]) => [n, [...s]]),
    [['x', [['B', '2']]]],
  );
});
