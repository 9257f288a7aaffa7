import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BuildFacts } from '../engine/build.ts';
import { runPipeline } from '../engine/run-pipeline.ts';
import type { Reply } from '../engine/testing/dummy-host.ts';
import { DummyHost } from '../engine/testing/dummy-host.ts';
import { Crash, MemoryJournal, MemoryLog } from '../engine/testing/memory-stores.ts';
import { FACTS } from '../engine/testing/run-steps.ts';
import type { Ask, Json } from '../host.ts';
import type { ServerItem } from './server-asks.ts';

type Files = { readonly [path: string]: string };
interface Given {
  /** The library that the installation vouches for, and one that it does not. */
  readonly trusted?: Files;
  readonly untrusted?: Files;
  readonly server?: { readonly [name: string]: (data: Json) => Json };
  readonly facts?: Partial<BuildFacts>;
}

function hostOf({ trusted, untrusted, server = {} }: Given): DummyHost {
  return new DummyHost((ask: Ask): Reply | undefined => {
    if (ask.kind === 'library') {
      const files = { build: trusted, other: untrusted }[ask.request.name];
      return { ok: { version: 'abc', files: files as Files, binary: {}, ...(ask.request.name === 'build' ? { trusted: true } : {}) } };
    }
    if (ask.kind === 'credentials') return { ok: { type: 'string', fields: { secret: 'a word for it' }, description: null } };
    if (ask.kind === 'build') return { ok: { result: 'SUCCESS', number: 2, url: 'u', displayName: 'x #2', variables: {} } };
    if (ask.kind !== 'other') return undefined;
    const answer = server[ask.request.name];
    return answer === undefined ? { err: { code: 'MR_UNSUPPORTED', message: ask.request.name } } : { ok: answer(ask.request.data) };
  });
}

async function run(text: string, given: Given): Promise<{ readonly lines: string[]; readonly result: string; readonly console: string }> {
  const log = new MemoryLog();
  const names = [...(given.trusted === undefined ? [] : ['build']), ...(given.untrusted === undefined ? [] : ['other'])];
  const { outcome } = runPipeline({
    host: hostOf(given),
    journal: new MemoryJournal(),
    log,
    begin: { build: { ...FACTS, ...given.facts, libraries: names, script: { text, path: 'Jenkinsfile' } }, seed: [1, 2, 3, 4] },
  });
  const { result } = await outcome;
  const lines = log.text
    .replace(/^[^]*Start of Pipeline\n/, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('[Pipeline]') && !line.startsWith('Finished:'));
  return { lines, result, console: log.text };
}
async function prints(library: string, expected: readonly string[], more: Omit<Given, 'trusted'> = {}): Promise<void> {
  const { lines, console } = await run('ask()', { ...more, trusted: { 'vars/ask.groovy': library } });
  assert.deepEqual(lines, expected, console);
}
async function refuses(text: string, files: Files, wanted: RegExp): Promise<void> {
  const previous: BuildFacts['previous'] = [{ number: 1, result: 'SUCCESS', startedAt: 1, durationMs: 2, displayName: '#1', description: null, url: 'u' }];
  const { console, result } = await run(text, { untrusted: files, facts: { number: 2, previous } });
  assert.equal(result, 'FAILURE', console);
  assert.match(console, wanted);
}

const CAUSES: BuildFacts['causes'] = [
  { type: 'hudson.model.Cause$UserIdCause', text: 'Started by user Ann', data: { userId: 'ann', userName: 'Ann' } },
  {
    type: 'org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause',
    text: 'Started by upstream project "up" build number 3',
    data: { upstreamProject: 'up', upstreamBuild: 3, upstreamUrl: 'job/up/' },
  },
  { type: 'com.example.PushCause', text: 'Started by a push' },
];
const APP: ServerItem = {
  name: 'app',
  fullName: 'team/app',
  kind: 'job',
  description: 'the app',
  disabled: false,
  building: true,
  children: [],
  last: { number: 7, result: null, startedAt: 5000, durationMs: null },
  lastCompleted: { number: 6, result: 'FAILURE', startedAt: 4000, durationMs: 10 },
  lastSuccessful: { number: 5, result: 'UNSTABLE', startedAt: 3000, durationMs: 20 },
  lastStable: null,
  lastUnstable: { number: 5, result: 'UNSTABLE', startedAt: 3000, durationMs: 20 },
  lastFailed: { number: 6, result: 'FAILURE', startedAt: 4000, durationMs: 10 },
};

describe('a trusted library', () => {
  test('changes classes and evaluates texts, steps in them included', () =>
    prints(
      `def call() {
        String.metaClass.shout = { delegate.toUpperCase() }
        echo 'a'.shout()
        evaluate("echo 'from a text'")
        echo "\${Eval.x(20, 'x + 1')}"
        echo new GroovyShell(new Binding([n: 2])).evaluate('"n is $n"')
      }`,
      ['A', 'from a text', '21', 'n is 2'],
    ));
  test('may do so in a class of src as well', async () => {
    const { lines, console } = await run('import acme.Tool\necho new Tool().run(this)', {
      trusted: { 'src/acme/Tool.groovy': 'package acme\nclass Tool { def run(script) { Eval.me("6 * 7") + " " + script.currentBuild.rawBuild.number } }' },
    });
    assert.deepEqual(lines, ['42 1'], console);
  });
  test('reads the tests and artifacts of its build, whose class may be named as in Jenkins', () =>
    prints(
      `import hudson.tasks.test.AbstractTestResultAction
      def call() {
        AbstractTestResultAction tests = currentBuild.rawBuild.getAction(AbstractTestResultAction.class)
        echo "\${tests.totalCount} \${tests.failCount} \${tests.skipCount} \${tests.failureDiffString} \${tests.result.passCount}"
        echo "\${currentBuild.rawBuild.artifacts*.fileName} \${currentBuild.rawBuild.hasArtifacts} \${tests.metaClass.hasProperty(tests, 'failCount') != null}"
      }`,
      ['3 1 0  2', '[b.txt] true true'],
      {
        server: {
          buildTests: () => ({ total: 3, failed: 1, skipped: 0, seconds: 1, previous: null, classes: [] }),
          buildArtifacts: () => ({ files: [{ path: 'a/b.txt', size: 3 }] }),
        },
      },
    ));
  test('reads the build that it runs in', () =>
    prints(
      `import hudson.model.Cause
      def call() {
        def raw = currentBuild.rawBuild
        echo raw.getCauses()*.shortDescription.join(', ')
        echo "\${raw.getCause(Cause.UserIdCause).userId} \${raw.getCause(Cause.UpstreamCause)?.upstreamProject} \${raw.getCause(hudson.triggers.TimerTrigger.TimerTriggerCause)}"
        echo "\${raw.causes.any { it instanceof Cause.UserIdCause }} \${raw.causes.collect { it.class.simpleName }}"
        currentBuild.displayName = 'mine'
        echo "\${raw.parent.fullName} \${raw.number} \${raw.url} \${raw.displayName} \${raw.description} \${raw.result} \${raw}"
        echo "\${raw.previousBuild.number} \${raw.previousBuild.result} \${raw.getPreviousSuccessfulBuild()?.number} \${currentBuild.previousBuild.rawBuild.url}"
        echo raw.getEnvironment(null).WHO
        echo raw.getAction(hudson.model.ParametersAction).getParameter('P').value
        echo raw.getLog(2).join('|')
      }`,
      [
        'Started by user Ann, Started by upstream project "up" build number 3, Started by a push',
        'ann up null',
        'true [UserIdCause, BuildUpstreamCause, PushCause]',
        'team/app 4 job/team/job/app/4/ mine null null team/app #4',
        '3 FAILURE 2 job/team/job/app/3/',
        'x',
        'v',
        'one|two',
      ],
      {
        facts: {
          job: 'team/app',
          number: 4,
          causes: CAUSES,
          env: { WHO: 'x' },
          parameters: { P: 'v' },
          previous: [
            { number: 3, result: 'FAILURE', startedAt: 1, durationMs: 2, displayName: '#3', description: null, url: 'u' },
            { number: 2, result: 'SUCCESS', startedAt: 1, durationMs: 2, displayName: '#2', description: null, url: 'u' },
          ],
        },
        server: {
          buildLog: (data) => {
            assert.deepEqual(data, { lines: 2 });
            return { lines: ['one', 'two'] };
          },
        },
      },
    ));
  test('reads the environment of the build, as Jenkins has it without what blocks add: no credential that one has bound', () =>
    prints(
      `def call() {
        env.SET = 's'
        withEnv(['IN=i']) { withCredentials([string(credentialsId: 'x', variable: 'TOKEN')]) {
          def all = currentBuild.rawBuild.environment
          echo "\${env.TOKEN == null} \${env.IN} \${all.TOKEN} \${all.IN} \${all.SET} \${all.WHO} \${currentBuild.rawBuild.envVars.keySet().contains('TOKEN')}"
        } }
      }`,
      ['Masking supported pattern matches of $TOKEN', 'false i null null s x false'],
      { facts: { env: { WHO: 'x' } } },
    ));
  test('reads the server', () =>
    prints(
      `import jenkins.model.Jenkins
      def call() {
        def app = Jenkins.instance.getItemByFullName('team/app')
        echo "\${app.name} \${app.url} \${app.building} \${app.isBuilding()} \${app.absoluteUrl}"
        echo "\${app.lastBuild.number} \${app.lastBuild.result} \${app.getLastSuccessfulBuild().result} \${app.lastStableBuild} \${app.lastFailedBuild.parent.fullName}"
        echo "\${Jenkins.get().rootUrl} \${Jenkins.get().getItemByFullName('none')} \${hudson.model.Hudson.instance.rootUrl}"
        for (c in Jenkins.get().computers) echo "\${c.name} \${c.online} \${c.node.labelString}"
      }`,
      ['app job/team/job/app/ true true https://ci/job/team/job/app/', '7 null UNSTABLE null team/app', 'https://ci/ null https://ci/', 'n1 true linux x64'],
      {
        facts: { rootUrl: 'https://ci/' },
        server: {
          serverItem: (data) => ((data as { name: string }).name === 'team/app' ? (APP as unknown as Json) : null),
          serverNodes: () => ({ nodes: [{ name: 'n1', labels: ['linux', 'x64'], executors: 2, description: '', online: true }] }),
        },
      },
    ));
  test('is told by name what Millrace does not have of Jenkins', async () => {
    for (const [code, what] of [
      ['currentBuild.rawBuild.doStop()', 'org.jenkinsci.plugins.workflow.job.WorkflowRun.doStop'],
      ["build(job: 'x').rawBuild.causes", 'org.jenkinsci.plugins.workflow.job.WorkflowRun.causes'],
      ['currentBuild.rawBuild.badgeActions', 'org.jenkinsci.plugins.workflow.job.WorkflowRun.badgeActions'],
      ['jenkins.model.Jenkins.get().pluginManager', 'jenkins.model.Jenkins.pluginManager'],
      ["jenkins.model.Jenkins.instance.getDescriptor('x')", 'jenkins.model.Jenkins.getDescriptor'],
      ["new File('/etc/passwd').text", 'new java.io.File java.lang.String'],
      ["'ls'.execute()", 'staticMethod org.codehaus.groovy.runtime.DefaultGroovyMethods execute java.lang.String'],
      ['System.exit(1)', 'staticMethod java.lang.System exit int'],
    ] as const) {
      const { console } = await run('ask()', { trusted: { 'vars/ask.groovy': `def call() { ${code} }` } });
      assert.ok(console.includes(`java.lang.UnsupportedOperationException: MR_SERVER_CLASS: ${what} `), console);
    }
  });
});

describe('what is not trusted', () => {
  const calls: readonly (readonly [code: string, wanted: RegExp])[] = [
    ['currentBuild.rawBuild', /Scripts not permitted to use method org\.jenkinsci\.plugins\.workflow\.support\.steps\.build\.RunWrapper getRawBuild/],
    [
      'currentBuild.previousBuild.rawBuild',
      /Scripts not permitted to use method org\.jenkinsci\.plugins\.workflow\.support\.steps\.build\.RunWrapper getRawBuild/,
    ],
    ["build(job: 'x').rawBuild", /Scripts not permitted to use method org\.jenkinsci\.plugins\.workflow\.support\.steps\.build\.RunWrapper getRawBuild/],
    ['currentBuild.getRawBuild()', /Scripts not permitted to use method org\.jenkinsci\.plugins\.workflow\.support\.steps\.build\.RunWrapper getRawBuild/],
    ['jenkins.model.Jenkins.instance', /Scripts not permitted to use staticMethod jenkins\.model\.Jenkins getInstance/],
    ['jenkins.model.Jenkins.get()', /Scripts not permitted to use staticMethod jenkins\.model\.Jenkins get/],
    ['hudson.model.Hudson.instance', /Scripts not permitted to use staticMethod hudson\.model\.Hudson getInstance/],
    ["Eval.me('1')", /Scripts not permitted to use staticMethod groovy\.util\.Eval me java\.lang\.String/],
    ["evaluate('1')", /Scripts not permitted to use method groovy\.lang\.Script evaluate java\.lang\.String/],
    ['new GroovyShell()', /Scripts not permitted to use new groovy\.lang\.GroovyShell/],
    ['String.metaClass.x = { 1 }', /No such property: metaClass for class: java\.lang\.String/],
  ];
  for (const [code, wanted] of calls) {
    test(`a Jenkinsfile: ${code}`, () => refuses(code, { 'vars/x.groovy': '' }, wanted));
    test(`another library: ${code}`, () => refuses('x()', { 'vars/x.groovy': `def call() { ${code} }` }, wanted));
  }

  const LENT: Files = {
    'vars/lend.groovy': `def raw() { currentBuild.rawBuild }
      def jenkins() { jenkins.model.Jenkins.get() }
      def meta() { String.metaClass }
      def run(Closure body) { body() }
      def withRaw(Closure body) { currentBuild.rawBuild.with(body) }
      def adds(Closure body) { String.metaClass.added = body }`,
  };
  for (const code of [
    'lend.raw().number',
    'lend.raw().getCauses()',
    "lend.raw().'getNumber'()",
    'def n = \'number\'; lend.raw()."$n"',
    '[lend.raw()]*.number',
    '[lend.raw()].number',
    "lend.raw()['number']",
    'lend.raw().with { number }',
    'lend.raw().with { getNumber() }',
    'lend.withRaw { number }',
    'def f = lend.raw().&getNumber; f()',
    "lend.jenkins().getItemByFullName('a')",
    'lend.jenkins().computers',
    'lend.meta().foo = { 1 }',
    'lend.run { currentBuild.rawBuild }',
    "lend.run { Eval.me('1') }",
    "lend.adds { Eval.me('1') }; 'x'.added()",
    "lend.evaluate('1')",
    "lend.with { evaluate('1') }",
    'other.through { lend.raw().number }',
  ])
    test(`gets nothing out of what a trusted library lends: ${code}`, async () => {
      const { console, result } = await run(code, { trusted: LENT, untrusted: { 'vars/other.groovy': 'def through(Closure c) { lend.run(c) }' } });
      assert.equal(result, 'FAILURE', console);
      assert.match(console, /RejectedAccessException: Scripts not permitted to use /);
    });
});

test('a build that goes on elsewhere has the same library’s rights and the same answers, after a crash at every entry', async () => {
  const library = `def call() {
    def app = jenkins.model.Jenkins.get().getItemByFullName('team/app')
    echo "last \${app.lastBuild.number}"
    echo currentBuild.rawBuild.getLog(1)[0]
    evaluate("echo 'evaluated'")
    String.metaClass.shout = { delegate + '!' }
    node { sh 'make' }
    echo 'x'.shout()
  }`;
  /** The first answers of a world that changes with each question; `vouches`: what the configuration says by now. */
  const world = () => {
    let asked = 0;
    let vouches = true;
    const host = new DummyHost((ask) => {
      if (ask.kind === 'library') {
        const trusted = vouches;
        vouches = false;
        return { ok: { version: 'abc', files: { 'vars/ask.groovy': library }, binary: {}, trusted } };
      }
      if (ask.kind !== 'other') return undefined;
      asked++;
      return {
        ok:
          ask.request.name === 'serverItem'
            ? ({ ...APP, last: { number: asked, result: null, startedAt: 1, durationMs: null } } as unknown as Json)
            : { lines: [`log ${asked}`] },
      };
    });
    return host;
  };
  const begin = { build: { ...FACTS, libraries: ['build'], script: { text: 'ask()', path: 'Jenkinsfile' } }, seed: [1, 2, 3, 4] as const };
  const whole = new MemoryJournal();
  const wanted = new MemoryLog();
  await runPipeline({ host: world(), journal: whole, log: wanted, begin }).outcome;
  assert.match(wanted.text, /last 1\n(.*\n)*log 2\n(.*\n)*evaluated\n(.*\n)*x!\n/);
  for (let cut = 1; cut < whole.lines.length; cut++) {
    const host = world();
    const log = new MemoryLog();
    const journal = new MemoryJournal([], cut);
    await assert.rejects(runPipeline({ host, journal, log, begin }).outcome, Crash);
    host.detach();
    const again = new MemoryJournal(journal.lines);
    await runPipeline({ host, journal: again, log, begin: { lines: again.lines, records: log.records } }).outcome;
    assert.equal(log.text, wanted.text, `cut after entry ${cut}`);
  }
});

test('texts that branches evaluate and mails by templates are the same after a crash at every entry', async () => {
  const files = {
    'vars/ask.groovy': `def call() {
      parallel(
        a: { echo "a \${evaluate('sleep 1; class Own { def toString() { "own" } }; def twice(x) { x * 2 }; "\${new Own()} " + twice(21)')}" },
        b: { echo "b \${Eval.x(2, 'x + 1')} \${new GroovyShell(new Binding([n: 1])).parse('def inc() { sleep 1; n + 1 }').inc()}" },
      )
      try { evaluate('throw new IllegalStateException(getClass().name)') } catch (IllegalStateException e) { echo e.message }
      emailext to: 'a@b.c', subject: '\${SCRIPT, script="title"}', body: '\${SCRIPT, template="t"} \${SCRIPT, template="managed:m"} \${SCRIPT, template="tests"} \${BUILD_LOG_REGEX, regex="log"}'
      echo evaluate('getClass().name')
    }`,
    'resources/t.template': '${build.number} ${build.parent.lastBuild?.number} <% out << Eval.me("6 * 7") %> ${build.getLog(1)[0]}',
    'resources/tests.template': '${it.JUnitTestResult[0].totalCount} <%= build.testResultAction.failedTests*.name %> <%= build.artifacts*.fileName %>',
    'resources/email-templates/title.groovy': "jenkins.model.Jenkins.get().getItemByFullName('team/app').lastBuild.number",
  };
  const mails: string[] = [];
  /** Its answers differ each time, and a crash forgets the first ones. */
  const world = (first: number): DummyHost => {
    let asked = first;
    return new DummyHost((ask): Reply | undefined => {
      if (ask.kind === 'library') return { ok: { version: 'abc', files, binary: {}, trusted: true } };
      if (ask.kind === 'mail') {
        mails.push(JSON.stringify(ask.request));
        return { ok: { to: [...ask.request.to] } };
      }
      if (ask.kind !== 'other') return undefined;
      asked++;
      if (ask.request.name === 'mailTemplate') return { ok: { text: `m${asked} <%= getClass().name %>` } };
      if (ask.request.name === 'buildLog') return { ok: { lines: [`log ${asked}`] } };
      if (ask.request.name === 'buildTests') return { ok: { total: asked, failed: 1, skipped: 0, seconds: 0, previous: null, classes: [] } };
      if (ask.request.name === 'buildTestCases') {
        const one = { seq: 1, suite: 's', className: 'C', name: `test ${asked}`, seconds: 0, message: null, trace: null, stdout: null, stderr: null };
        return { ok: { cases: [{ ...one, since: 1, changed: true }] } };
      }
      if (ask.request.name === 'buildArtifacts') return { ok: { files: [{ path: `file ${asked}`, size: 1 }] } };
      return { ok: { ...APP, last: { number: asked, result: null, startedAt: 1, durationMs: null } } as unknown as Json };
    });
  };
  const begin = { build: { ...FACTS, libraries: ['build'], script: { text: 'ask()', path: 'Jenkinsfile' } }, seed: [1, 2, 3, 4] as const };
  const whole = new MemoryJournal();
  const wanted = new MemoryLog();
  await runPipeline({ host: world(0), journal: whole, log: wanted, begin }).outcome;
  assert.match(wanted.text, /\na own 42\n/, wanted.text);
  assert.match(wanted.text, /\nb 3 2\n/, wanted.text);
  assert.match(mails[0] ?? '', /"rendered":\["1","1 2 42 log 3","m4 Script\d+","5 \[test 7\] \[file 8\]","log 9\\n"\]/);
  for (let cut = 1; cut < whole.lines.length; cut++) {
    const [one, other] = [world(0), world(0)];
    const log = new MemoryLog();
    const journal = new MemoryJournal([], cut);
    await assert.rejects(runPipeline({ host: one, journal, log, begin }).outcome, Crash);
    one.detach();
    const again = new MemoryJournal(journal.lines);
    await runPipeline({ host: other, journal: again, log, begin: { lines: journal.lines, records: log.records } }).outcome;
    const known = /Script\d+/g;
    assert.deepEqual(log.text.match(known), wanted.text.match(known), `cut after entry ${cut}: ${log.text}`);
    const answers = (lines: readonly string[]): (string | undefined)[] => lines.slice(0, cut).filter((line) => line.startsWith('{"t":"answer"'));
    assert.deepEqual(answers(again.lines), answers(whole.lines), `cut after entry ${cut}`);
    assert.match(log.text, /\na own 42\n/);
    assert.match(log.text, /\nb 3 2\n/);
  }
});
