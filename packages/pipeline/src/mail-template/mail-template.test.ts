import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BuildFacts } from '../engine/build.ts';
import { runPipeline } from '../engine/run-pipeline.ts';
import type { Reply } from '../engine/testing/dummy-host.ts';
import { DummyHost } from '../engine/testing/dummy-host.ts';
import { MemoryJournal, MemoryLog } from '../engine/testing/memory-stores.ts';
import { FACTS } from '../engine/testing/run-steps.ts';
import type { Ask, Json, RequestOf, ScmChange } from '../host.ts';
import type { BuildTestCase, BuildTestCases, BuildTests } from '../server-model/server-asks.ts';
import { FileWorld } from '../steps/testing/file-world.ts';
import { templateScript } from './simple-template.ts';

type Files = { readonly [path: string]: string };
interface Mailed {
  readonly mails: readonly RequestOf<'mail'>[];
  readonly console: string;
  readonly result: string;
}

const CHANGES: readonly ScmChange[] = [
  { title: 'Fix <all>', comment: 'Fix <all>', paths: ['src/a & b.ts', 'old.ts'], edits: ['edit', 'delete'], commit: 'abcdef1234567890', author: 'Ann', at: 1 },
];
const TESTS: BuildTests = {
  total: 5,
  failed: 2,
  skipped: 1,
  seconds: 1.5,
  previous: { number: 6, total: 5, failed: 1, skipped: 0, seconds: 1 },
  classes: [
    { suite: 'unit', name: 'b.Second', total: 1, failed: 0, skipped: 1, seconds: 0 },
    { suite: 'unit', name: 'a.First', total: 3, failed: 2, skipped: 0, seconds: 1 },
    { suite: 'more', name: 'a.First', total: 1, failed: 0, skipped: 0, seconds: 0.5 },
  ],
};
const CASE: BuildTestCase = {
  seq: 0,
  suite: 'unit',
  className: 'a.First',
  name: 'one',
  seconds: 0.5,
  message: null,
  trace: null,
  stdout: null,
  stderr: null,
  since: null,
  changed: false,
};
const CASES: { readonly [status: string]: readonly BuildTestCase[] } = {
  failed: [
    { ...CASE, seq: 1, name: 'old', message: 'expected <1>', trace: 'at a.First:3', since: 3, stdout: 'said' },
    { ...CASE, seq: 2, name: 'new', message: 'gone', since: 7, changed: true },
  ],
  skipped: [{ ...CASE, seq: 0, className: 'b.Second', name: '', message: 'not today' }],
  passed: [
    { ...CASE, seq: 3, name: 'fine' },
    { ...CASE, seq: 4, suite: 'more', name: 'mended', changed: true },
  ],
};
const asked: string[] = [];
const TESTED = {
  server: {
    buildTests: () => TESTS,
    buildTestCases: (data: Json): BuildTestCases => {
      const { status } = data as { status: string };
      asked.push(status);
      return { cases: CASES[status] ?? [] };
    },
    buildArtifacts: () => ({ files: [{ path: 'out/a b.txt', size: 5 }] }),
  },
};

/** Sends mails with a library of these resources and a workspace of these files. */
async function mailed(
  script: string,
  resources: Files,
  {
    workspace = {},
    trusted = true,
    facts = {},
    vars = '',
    server = {},
  }: {
    readonly workspace?: Files;
    readonly trusted?: boolean;
    readonly facts?: Partial<BuildFacts>;
    readonly vars?: string;
    readonly server?: { readonly [name: string]: (data: Json) => unknown };
  } = {},
): Promise<Mailed> {
  const world = new FileWorld(Object.fromEntries(Object.entries(workspace).map(([path, content]) => [`/w/job/${path}`, content])));
  const mails: RequestOf<'mail'>[] = [];
  const host = new DummyHost((ask: Ask): Reply | undefined => {
    if (ask.kind === 'library')
      return {
        ok: {
          version: 'a',
          files: { 'vars/x.groovy': vars, ...Object.fromEntries(Object.entries(resources).map(([path, text]) => [`resources/${path}`, text])) },
          binary: {},
          trusted,
        },
      };
    if (ask.kind === 'mail') {
      mails.push(ask.request);
      return { ok: { to: [...ask.request.to] } };
    }
    if (ask.kind === 'other' && ask.request.name === 'mailTemplate') {
      const { name } = ask.request.data as { name: string };
      if (name === 'away') return { err: { code: 'MR_HOST', message: 'not there on this controller' } };
      return { ok: name === 'ours' ? { text: 'ours <%= Eval.me("1 + 1") %>' } : null };
    }
    if (ask.kind === 'other' && server[ask.request.name] !== undefined) return { ok: server[ask.request.name]?.(ask.request.data) as Json };
    if (ask.kind === 'other' && ask.request.name === 'buildLog') return { ok: { lines: ['last line'] } };
    if (ask.kind === 'other' && ask.request.name === 'buildTests') return { ok: null };
    if (ask.kind === 'other' && ask.request.name === 'buildArtifacts') return { ok: { files: [] } };
    if (ask.kind === 'checkout') return { ok: { variables: {}, changes: CHANGES } as unknown as Json };
    return world.respond(ask);
  });
  const log = new MemoryLog();
  const build = { ...FACTS, job: 'team/app', number: 7, rootUrl: 'https://ci/', libraries: ['lib'], ...facts, script: { text: script, path: 'Jenkinsfile' } };
  const { outcome } = runPipeline({ host, journal: new MemoryJournal(), log, begin: { build, seed: [1, 2, 3, 4] } });
  const { result } = await outcome;
  return { mails, console: log.text, result };
}
/** What the template wrote. */
async function writes(template: string, expected: string, more: Parameters<typeof mailed>[2] = {}): Promise<void> {
  const { mails, console } = await mailed(`emailext to: 'a@b.c', subject: 's', body: '\${SCRIPT, template="t.template"}'`, { 't.template': template }, more);
  assert.equal(mails[0]?.body, '${RENDERED, n="0"}', console);
  assert.equal(mails[0]?.rendered?.[0], expected, console);
}

test('a template becomes the script that SimpleTemplateEngine makes', () => {
  assert.equal(
    templateScript('a "b" <%= x\n+ 1 %>\r\n<% if (y) { %>$z ${w} < <% } %>'),
    'out.print("""a \\"b\\" ${ x+ 1 }\n""");' + ' if (y) { ;\nout.print("""$z ${w} < """); } ;\nout.print("""""");\n',
  );
});

describe('emailext with a template', () => {
  test('writes text, values and what code prints', () =>
    writes(
      'Hello "$project.name"\n<% for (i in 1..2) { %>${i}: <%= i * 2 %>;<% } %>\n<% out << "x"; out.print(1); out.println("y"); println "z"; [1].each { print it } %>\\tend',
      'Hello "app"\n1: 2;2: 4;\nx1y\nz\n1\tend',
    ));
  test('knows the build, the project and the server', () =>
    writes(
      '${rooturl}${build.url} ${build.number} ${build.result ?: "none"} ${project.fullName} <% build.causes.each { %>[${it.shortDescription}]<% } %> ${build.getLog(5)[0]} ${it.timestampString} ${build.previousBuild}',
      'https://ci/job/team/job/app/7/ 7 none team/app [Started by user Ann] last line Tue, 14 Nov 2023 22:13:20 +0000 null',
      { facts: { causes: [{ type: 'hudson.model.Cause$UserIdCause', text: 'Started by user Ann', data: { userId: 'ann' } }] } },
    ));
  test('of a library that nobody vouches for is held by the sandbox, and still sees its own build', async () => {
    await writes('${build.number} ${project.name} ${build.causes*.shortDescription}', '7 app []', { trusted: false });
    const { mails } = await mailed(`emailext to: 'a@b.c', body: '\${SCRIPT, template="t"}'`, { 't.template': "<%= Eval.me('1') %>" }, { trusted: false });
    assert.match(
      mails[0]?.rendered?.[0] ?? '',
      /^Exception raised during template rendering: Scripts not permitted to use staticMethod groovy\.util\.Eval me java\.lang\.String\n/,
    );
  });
  test('sees no passwords among the parameters unless somebody vouches for it', async () => {
    const parameters = { PIN: { $secret: new DummyHost(() => undefined).seal('sesame-1234') }, WHO: 'Ann' };
    const template = '${build.environment.PIN} ${build.environment.WHO} ${build.getAction(hudson.model.ParametersAction).parameters*.value}';
    await writes(template, 'null Ann [Ann]', { trusted: false, facts: { parameters } });
    await writes(template, 'sesame-1234 Ann [sesame-1234, Ann]', { facts: { parameters } });
  });
  test('knows the tests of the build, by packages, classes and suites', async () => {
    await writes(
      '<% def r = it.JUnitTestResult[0] %>${it.JUnitTestResult.size()} ${r.displayName} ${r.totalCount} ${r.failCount} ${r.skipCount} ${r.passCount} ${r.duration} ${r.durationString}\n' +
        '<% r.children.each { p -> %>${p.name} ${p.getFailCount()}/${p.getPassCount()}/${p.getSkipCount()}: <%= p.children.collect { c -> c.name + c.children*.name } %> <%= p.failedTestsSortedByAge*.name %>;<% } %>\n' +
        '<% r.suites.each { s -> %>${s.name} <%= s.cases*.fullName %>;<% } %>${r.byPackage("a").totalCount} ${r.byPackage("x")}',
      '1 Test Results 5 2 1 2 1.5 1.5 sec\na 2/2/0: [First[old, new, fine, mended]] [new, old];b 0/0/1: [Second[(?)]] [];\n' +
        'unit [b.Second.(?), a.First.old, a.First.new, a.First.fine];more [a.First.mended];4 null',
      TESTED,
    );
    await writes(
      '<% build.testResultAction.failedTests.each { t -> %>${t.fullName} ${t.className} ${t.simpleName} ${t.age} ${t.failedSince} ${t.status} ${t.errorDetails} ${t.errorStackTrace} ${t.stdout} ${t.failed};<% } %>' +
        '${build.testResultAction.failureDiffString} <%= build.testResultAction.passedTests.findAll { it.getStatus().toString() == "FIXED" }*.name %> <%= build.testResultAction.skippedTests*.skippedMessage %>',
      'a.First.old a.First First 5 3 FAILED expected <1> at a.First:3 said true;a.First.new a.First First 1 7 REGRESSION gone null null true; / +1 [mended] [not today]',
      TESTED,
    );
  });
  test('reads the tests of one status once, and none that it does not ask for', async () => {
    asked.length = 0;
    await writes('<% def a = build.testResultAction; a.failedTests; a.failedTests %>${a.failCount} ${a.failedTests.size()}', '2 2', TESTED);
    assert.deepEqual(asked, ['failed']);
  });
  test('finds no tests where there are none', () =>
    writes(
      '${it.JUnitTestResult} ${build.testResultAction} ${build.getAction(hudson.tasks.junit.TestResultAction)} ${it.getAction("x.Y")}',
      '[] null null null',
    ));
  test('may escape what it writes, in the sandbox too', () =>
    writes(
      `\${hudson.Util.xmlEscape('<"&')} \${org.apache.commons.lang.StringEscapeUtils.escapeHtml('<"&')} \${org.apache.commons.text.StringEscapeUtils.escapeHtml4('é')}`,
      '&lt;"&amp; &lt;&quot;&amp; é',
      { trusted: false },
    ));
  test('of a trusted library has its rights', () => writes('<%= Eval.me("40 + 2") %> <%= jenkins.model.Jenkins.get().rootUrl %>', '42 https://ci/'));
  test('has no steps, no variables of the build and no libraries’ variables, however it asks for them: its name may come from a text of anybody’s', async () => {
    for (const code of [
      "echo 'stepped'",
      "steps.echo('stepped')",
      "[1].each { echo 'stepped' }",
      "class Own { def go(script) { script.echo('stepped') } }; new Own().go(this)",
      "class Own extends org.jenkinsci.plugins.workflow.cps.CpsScript { def run() { echo 'stepped' } }; new Own().run()",
      'new WorkflowScript().run()',
      "withCredentials([string(credentialsId: 'x', variable: 'T')]) { print T }",
      'PIN',
      'env.PIN',
      'params.PIN',
      'x.call()',
      'new x().call()',
    ]) {
      const { mails, console } = await mailed(
        `node { withEnv(['PIN=stepped']) { emailext to: 'a@b.c', body: '\${SCRIPT, script="own"}' } }`,
        { 'x.txt': '' },
        { workspace: { 'own.groovy': code }, vars: "def call() { echo 'stepped'; 'stepped' }", facts: { parameters: { PIN: 'stepped' } } },
      );
      assert.doesNotMatch(console, /\nstepped\n/, code);
      assert.match(mails[0]?.rendered?.[0] ?? '', /^Error in script or template: /, code);
      assert.equal(mails.length, 1, code);
    }
  });
  test('is no other resource of a trusted library: one that its own code evaluates gets no rights from whoever sends a mail', async () => {
    const resources = {
      'filter.groovy': 'Eval.me(build.displayName)',
      'email-templates/own.groovy': "Eval.me('6 * 7')",
      'run.sh': '${Eval.me(build.displayName)}',
    };
    const send = (token: string): Promise<Mailed> => mailed(`currentBuild.displayName = '1 + 1'; emailext to: 'a@b.c', body: '\${${token}}'`, resources);
    for (const token of ['SCRIPT, script="filter"', 'SCRIPT, template="run.sh"'])
      assert.match((await send(token)).mails[0]?.rendered?.[0] ?? '', /Scripts not permitted to use staticMethod groovy\.util\.Eval me/);
    assert.equal((await send('SCRIPT, script="own"')).mails[0]?.rendered?.[0], '42');
  });
  test('of the configuration has the rights of who wrote that', async () => {
    const { mails, console } = await mailed(`emailext to: 'a@b.c', body: '\${SCRIPT, template="managed:ours"}'`, {});
    assert.equal(mails[0]?.rendered?.[0], 'ours 2', console);
  });
  test('comes from the workspace before the libraries, and has no rights there', async () => {
    const { mails } = await mailed(
      `node { emailext to: 'a@b.c', subject: '\${SCRIPT, script="title"}', body: '\${SCRIPT, template="t.template"} \${SCRIPT, template="own"}' }`,
      { 't.template': 'of the library', 'email-templates/own.template': 'own', 'title.groovy': '"Build ${build.number}"' },
      { workspace: { 't.template': 'of the workspace <%= Eval.me("1") %>' } },
    );
    assert.equal(mails[0]?.subject, '${RENDERED, n="0"}');
    assert.equal(mails[0]?.body, '${RENDERED, n="1"} ${RENDERED, n="2"}');
    assert.equal(mails[0]?.rendered?.[0], 'Build 7');
    assert.match(mails[0]?.rendered?.[1] ?? '', /Scripts not permitted to use staticMethod groovy\.util\.Eval me/);
    assert.equal(mails[0]?.rendered?.[2], 'own');
  });
  test('groovy-html.template and groovy-text.template are there, after those of the workspace and of libraries', async () => {
    const script = `node { checkout([$class: 'GitSCM', branches: [[name: 'main']], userRemoteConfigs: [[url: 'https://example.org/a.git']]]) }
      currentBuild.result = 'FAILURE'
      emailext to: 'a@b.c', mimeType: 'text/html', body: '\${SCRIPT}\${SCRIPT, template="groovy-text.template"}'`;
    const { mails, console } = await mailed(
      script,
      {},
      { ...TESTED, facts: { causes: [{ type: 'hudson.model.Cause$UserIdCause', text: 'Started by <Ann>' }] } },
    );
    const [html = '', text = ''] = mails[0]?.rendered ?? [];
    assert.match(html, /<h1 [^>]*>Build #7 failed<\/h1>/, console);
    for (const part of [
      'Started by &lt;Ann&gt;',
      'a.First.old',
      'fails since #3, 5 builds',
      'expected &lt;1&gt;',
      'src/a &amp; b.ts',
      'https://ci/job/team/job/app/7/artifact/out/a%20b.txt',
      '>last line<',
    ])
      assert.ok(html.includes(part), part);
    assert.ok(!/\$\{|<%|null/.test(html), html);
    assert.ok(html.indexOf('a.First.new') < html.indexOf('a.First.old'));
    assert.match(
      text.replace(/^Duration:.*\n/m, ''),
      /^team » app #7: FAILURE\n\nBuild: {7}https:\/\/ci\/job\/team\/job\/app\/7\/\nProject: {5}team\/app\nDate: .*\nCause: {7}Started by <Ann>\n\nTESTS\n {2}5 tests: 2 failed, 1 skipped, 2 passed\n {2}- a\.First\.new \(failed for the first time\)\n {6}gone\n {2}- a\.First\.old \(fails since #3\)\n {6}expected <1>\n {6}at a\.First:3\n\nCHANGES\n {2}abcdef1234 Fix <all> \(Ann\)\n {6}edit src\/a & b\.ts\n {6}delete old\.ts\n\nARTIFACTS\n.*\n\nEND OF THE LOG\n {2}last line\n$/,
    );
    const own = await mailed(`emailext to: 'a@b.c', body: '\${SCRIPT}'`, { 'groovy-html.template': 'the library’s' });
    assert.equal(own.mails[0]?.rendered?.[0], 'the library’s');
    const bare = await mailed(`emailext to: 'a@b.c', body: '\${SCRIPT}'`, {}, { facts: { rootUrl: null } });
    assert.match(bare.mails[0]?.rendered?.[0] ?? '', /<h1 [^>]*>Build #7 is successful<\/h1>/);
    assert.doesNotMatch(bare.mails[0]?.rendered?.[0] ?? '', /href|Artifacts|Tests|null/);
  });
  test('that is not there, does not compile, fails or is Jelly says so in the mail and the log, and the build goes on', async () => {
    for (const [token, wanted] of [
      [
        'SCRIPT, template="nope"',
        /^Groovy Template file \[nope\] was not found in the workspace, in the resources of the build's libraries or in the configuration\.$/,
      ],
      ['SCRIPT, template="../t"', /was not found/],
      ['SCRIPT, template="managed:x"', /^Groovy Template file \[managed:x\] was not found/],
      ['SCRIPT, template="managed:away"', /^Exception raised during template rendering: not there on this controller\n/],
      ['SCRIPT, script="nope"', /^Groovy Script file \[nope\] was not found/],
      ['SCRIPT, template="broken"', /^Exception raised during template rendering: startup failed:\nbroken: 2: /],
      [
        'SCRIPT, template="fails"',
        /^Exception raised during template rendering: as wanted\n\n.*IllegalStateException: as wanted\n\tat Script\d+\.run\(Script\d+\.groovy:2\)/,
      ],
      ['SCRIPT, template="large"', /^Exception raised during template rendering: A template may write 4194304 characters\n/],
      ['JELLY_SCRIPT, template="html"', /^JELLY_SCRIPT is not there: Millrace runs no Jelly\./],
    ] as const) {
      const { mails, console, result } = await mailed(`emailext to: 'a@b.c', body: '\${${token}}'\necho 'goes on'`, {
        'broken.template': 'a\n<% if ( %>',
        'fails.template': 'a\n<% throw new IllegalStateException("as wanted") %>',
        'large.template': '<% while (true) { %>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx<% } %>',
      });
      assert.match(mails[0]?.rendered?.[0] ?? '', wanted);
      assert.match(console, new RegExp(wanted.source.replace(/^\^/, '\n').replace(/\$$/, '\n')), console);
      assert.match(console, /\ngoes on\n/);
      assert.equal(result, 'SUCCESS');
    }
  });
});
