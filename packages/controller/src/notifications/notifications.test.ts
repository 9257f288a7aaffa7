import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { folderConfig, freestyleConfig, pipelineConfig } from '@millrace/protocol';
import type { ControllerOptions } from '../controller-options.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';
import type { ChannelSettings } from './channels/registry.ts';
import { ChatServer } from './testing/chat-server.ts';
import { MailServer } from './testing/mail-server.ts';

const ROBOT = 'robot-token-7f3a';

function optionsOf(
  databaseUrl: string | null,
  data: string,
  all: readonly ChannelSettings[],
  more: Partial<ControllerOptions> = {},
): Partial<ControllerOptions> & { data: string } {
  const credentials = [{ id: 'robot', type: 'string', description: null, fields: { secret: ROBOT } }];
  return {
    data,
    databaseUrl,
    url: 'http://ci.test',
    notifications: { folder: '/', all },
    installation: () => testInstallation({ credentials }),
    ...more,
  };
}
const email = (port: number, more: object = {}): ChannelSettings => ({ kind: 'email', name: 'mail', host: '127.0.0.1', port, from: 'ci@example.org', ...more });

const rows = (server: TestServer) => server.store.db.selectFrom('notifications').selectAll().orderBy('id').execute();
const settled = (server: TestServer, n: number) =>
  server.until(async () => (await rows(server)).filter((row) => row.state !== 'waiting' && row.state !== 'sending').length === n, {
    seen: async () => JSON.stringify(await rows(server)),
  });

async function item(
  server: TestServer,
  kind: 'folder' | 'pipeline' | 'freestyle',
  name: string,
  parent: { id: number; name: string } | null,
  config: object,
): Promise<number> {
  const shape = { folder: folderConfig, pipeline: pipelineConfig, freestyle: freestyleConfig }[kind];
  return server.store.write(async (tx) => {
    const row = {
      parent_id: parent?.id ?? null,
      kind,
      name,
      full_name: parent === null ? name : `${parent.name}/${name}`,
      description: '',
      disabled: 0,
      config: JSON.stringify(shape.parse(config)),
      properties: '{}',
      next_number: 1,
      revision: 1,
      created_at: 0,
      updated_at: 0,
    };
    return (await tx.insertInto('items').values(row).returning('id').executeTakeFirstOrThrow()).id;
  });
}
const inline = (script: string) => ({ definition: { kind: 'inline', script } });

eachEngine('notifications', (databases) => {
  it('mail and emailext really send, with tokens, attachments and the log, and the build does not wait', async () => {
    const { url } = await databases.make();
    const folder = new TestFolder();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const mails = await MailServer.start({ hold: () => gate });
    const server = await TestServer.start(optionsOf(url, folder.path, [email(mails.port, { defaultSuffix: '@example.org' })]));
    try {
      const { result, log } = await server.run(
        `node {
          writeFile file: 'out/report.txt', text: 'all is well'
          echo 'a line of the log'
          mail to: 'ann, bob@example.net', cc: 'carl', subject: 'Plain', body: 'Hello'
          emailext to: 'ann cc:dora', subject: '$DEFAULT_SUBJECT', attachmentsPattern: 'out/*.txt', attachLog: true,
            body: 'Causes: $CAUSE; log: \${BUILD_LOG, maxLines=2}; \${ENV, var="NODE_NAME"}; $UNKNOWN; \${CHANGES}'
        }`,
        'team-app',
      );
      // No mail was taken yet.
      assert.equal(result, 'SUCCESS', log);
      assert.match(log, /Sending email to: ann@example\.org dora@example\.org\n/);
      open();
      await settled(server, 2);
      const [plain, extended] = [...mails.received].sort((a, b) => a.to.length - b.to.length).reverse();
      assert.deepEqual(plain?.to, ['ann@example.org', 'bob@example.net', 'carl@example.org']);
      assert.match(plain?.raw ?? '', /^Subject: Plain\r$/m);
      assert.match(extended?.raw ?? '', /^Subject: team-app - Build # 1 - Successful!\r$/m);
      assert.match(extended?.raw ?? '', /Causes: Started by user test; log: .*built-in; \$UNKNOWN; No changes/s);
      assert.match(extended?.raw ?? '', /filename=report\.txt[\s\S]*filename=build\.log/);
      assert.deepEqual(
        (await rows(server)).map((row) => [row.state, row.channel, row.target, row.tries]),
        [
          ['sent', 'mail', 'ann@example.org, bob@example.net, carl@example.org', 1],
          ['sent', 'mail', 'ann@example.org, dora@example.org', 1],
        ],
      );
      assert.ok(!(await rows(server)).some((row) => row.content.includes('Hello')), 'what is said is kept sealed');
    } finally {
      open();
      await server.stop();
      await mails.close();
      folder.remove();
    }
  });

  it('emailext writes by templates of a library and of the configuration, which read the build and the server', async () => {
    const { url } = await databases.make();
    const folder = new TestFolder();
    const mails = await MailServer.start();
    const library = join(folder.path, 'library');
    mkdirSync(join(library, 'resources'), { recursive: true });
    mkdirSync(join(library, 'vars'));
    writeFileSync(join(library, 'vars/x.groovy'), '');
    writeFileSync(
      join(library, 'resources/report.template'),
      `<% def before = jenkins.model.Jenkins.get().getItemByFullName('before') %>Before: \${before.lastBuild.number} \${before.lastSuccessfulBuild.result} \${before.lastFailedBuild}
Causes: <%= build.causes*.shortDescription.join(', ') %>; nodes <%= jenkins.model.Jenkins.get().computers*.name %>
Log: <%= build.getLog(100).any { it == 'a line of the log' } %> \\$CAUSE`,
    );
    writeFileSync(join(folder.path, 'ours.template'), 'Ours: ${project.name} ${rooturl}${build.url}');
    const options = optionsOf(url, join(folder.path, 'data'), [email(mails.port)]);
    const libraries = [{ name: 'lib', path: library, git: null, version: null, implicit: true }];
    const mailTemplates = [{ name: 'Ours', path: join(folder.path, 'ours.template') }];
    const server = await TestServer.start({
      ...options,
      installation: () => ({ ...(options.installation as NonNullable<typeof options.installation>)(), libraries, mailTemplates }),
    });
    try {
      assert.equal((await server.run("echo 'x'", 'before')).result, 'SUCCESS');
      const { result, log } = await server.run(
        `echo 'a line of the log'
        emailext to: 'ann@example.org', subject: 'Of $PROJECT_NAME', body: '\${SCRIPT, template="report"}\\n\${SCRIPT, template="managed:ours"}\\n$CAUSE'`,
        'app',
      );
      assert.equal(result, 'SUCCESS', log);
      await settled(server, 1);
      const raw = mails.received[0]?.raw ?? '';
      assert.match(raw, /^Subject: Of app\r$/m);
      assert.match(raw, /^Before: 1 SUCCESS null\r$/m);
      assert.match(raw, /^Causes: Started by user test; nodes \[built-in\]\r$/m);
      // What a template writes holds no tokens.
      assert.match(raw, /^Log: true \$CAUSE\r$/m);
      assert.match(raw, /^Ours: app http:\/\/ci\.test\/job\/app\/1\/\r$/m);
      assert.match(raw, /^Started by user test\r$/m);
    } finally {
      await server.stop();
      await mails.close();
      folder.remove();
    }
  });

  it('templates and tokens tell the tests of the build and since when they fail, its artifacts, its changes and parts of its log', async () => {
    const { url } = await databases.make();
    const folder = new TestFolder();
    const mails = await MailServer.start();
    const server = await TestServer.start(optionsOf(url, join(folder.path, 'data'), [email(mails.port)]));
    const tested = (cases: { readonly [name: string]: string }): string =>
      `writeFile file: 'r.xml', text: '''<testsuite name="unit">${Object.entries(cases)
        .map(([name, inner]) => `<testcase classname="a.First" name="${name}" time="0.5">${inner}</testcase>`)
        .join('')}</testsuite>'''; junit 'r.xml'`;
    const failure = '<failure message="expected &lt;1&gt;">at a.First:3</failure>';
    try {
      const job = await server.job('app', '');
      const ended = async (script: string) => server.ended(await server.start(job, { script }));
      await ended(`node { ${tested({ old: '', fine: '', mended: '' })} }`);
      const second = await ended(`node { ${tested({ old: failure, fine: '', mended: failure })} }`);
      const change = { ask_id: '0:1', item_id: job, commit_id: 'abcdef1234567890', author: 'Ann', email: '', at: 0, comment: '', files: '[["edit","a.txt"]]' };
      await server.store.write((tx) =>
        tx
          .insertInto('build_changes')
          .values({ ...change, build_id: second.id, n: 0, number: 2, title: 'Break it' })
          .execute(),
      );
      const { result, log } = await ended(
        `node {
          ${tested({ old: failure, fresh: '<error message="gone"/>', fine: '', mended: '', later: '<skipped message="not today"/>' })}
          writeFile file: 'out.txt', text: 'x'
          archiveArtifacts 'out.txt'
          writeFile file: 'own.template', text: '<% build.testResultAction.passedTests.each { %>\${it.name} \${it.status};<% } %> \${build.testResultAction.failureDiffString} <%= build.getAction(hudson.tasks.junit.TestResultAction).previousResult.failCount %>'
          echo 'start here'
          echo 'an ERROR of mine'
          echo 'end here'
          emailext to: 'ann@example.org', subject: 'Own', body: '\${SCRIPT, template="own"}'
          emailext to: 'ann@example.org', subject: 'Text', body: '\${SCRIPT, template="groovy-text.template"}'
          emailext to: 'ann@example.org', subject: 'Tokens', body: '''A \${TEST_COUNTS} \${TEST_COUNTS, var="fail"} \${TEST_COUNTS, var="pass"} \${TEST_COUNTS, var="skip"}
B \${FAILED_TESTS, maxTests=1, showStack=false}C \${FAILED_TESTS, onlyRegressions=true, showMessage=false}
D \${CHANGES_SINCE_LAST_SUCCESS, showPaths=true}E \${CHANGES, default="none"} \${CHANGES_SINCE_LAST_SUCCESS, format="#%n %c", changesFormat="%a: %r %%"}
F \${CAUSE} \${CAUSE, data="BUILD_URL"} \${BUILD_USER} \${JOB_DESCRIPTION}|
G \${BUILD_LOG_REGEX, regex="ERROR.of", showTruncatedLines=false}\${BUILD_LOG_REGEX, regex="an (ERROR)", substText="the $1", showTruncatedLines=false}
H \${BUILD_LOG_EXCERPT, start="start here", end="end here"}
I \${BUILD_LOG_REGEX, regex="("}
J \${FILE, path="out.txt"} \${FILE, path="no.txt"} \${FILE, path="../x", fileNotFoundMessage="none"}
'''
        }`,
      );
      assert.equal(result, 'UNSTABLE', log);
      await settled(server, 3);
      const said = (subject: string): string => {
        const raw = mails.received.find((mail) => mail.raw.includes(`Subject: ${subject}\r`))?.raw ?? '';
        return raw.slice(raw.indexOf('\r\n\r\n') + 4).replaceAll('\r\n', '\n');
      };
      assert.match(said('Own'), /^fine PASSED;mended FIXED; {2}\/ =C2=B10 2\n/);
      assert.match(
        said('Text'),
        /^TESTS\n {2}5 tests: 2 failed, 1 skipped, 2 passed\n {2}- a\.First\.fresh \(failed for the first time\)\n {6}gone\n {2}- a\.First\.old \(fails since #2\)\n {6}expected <1>\n {6}at a\.First:3\n\nCHANGES\n {2}No changes\n\nARTIFACTS\n {2}http:\/\/ci\.test\/job\/app\/3\/artifact\/out\.txt\n/m,
      );
      const tokens = said('Tokens');
      assert.match(tokens, /^A 5 2 2 1$/m);
      assert.match(
        tokens,
        /^B 2 tests failed\.\nFAILED: {2}a\.First\.old\n\nError Message:\nexpected <1>\n\n\.\.\. and 1 other failed tests\.\nC 2 tests failed\.\nFAILED: {2}a\.First\.fresh\n/m,
      );
      assert.match(
        tokens,
        /^D Changes for Build #2\n\[Ann\] Break it\n\ta\.txt\n\nChanges for Build #3\nNo changes\n\nE none #2 Ann: abcdef1234567890 %#3 No changes\n/m,
      );
      assert.match(tokens, /^F Started by user test {2}Unknown \|$/m);
      assert.match(tokens, /^G an ERROR of mine\nthe ERROR of mine\n/m);
      assert.match(tokens, /^H \[Pipeline\] echo\nan ERROR of mine\n\[Pipeline\] echo\n/m);
      assert.match(tokens, /^I Error evaluating token: Unclosed group near index 1/m);
      assert.match(tokens, /^J x ERROR: File 'no\.txt' does not exist none$/m);
    } finally {
      await server.stop();
      await mails.close();
      folder.remove();
    }
  });

  it('what could never be sent fails the step at once, with a code', async () => {
    const { url } = await databases.make();
    const folder = new TestFolder();
    const server = await TestServer.start(optionsOf(url, folder.path, [email(9), { kind: 'dingtalk', name: 'ding', tokenCredentialsId: 'robot' }]));
    try {
      const said = async (script: string): Promise<string> => (await server.run(script)).log;
      assert.match(await said("mail to: 'nobody', subject: 's', body: 'b'"), /ERROR: "nobody" is no address of e-mail\n/);
      assert.match(await said("try { mail to: 'a b@x\\nBcc: y', subject: 's', body: 'b' } catch (e) { echo e.toString() }"), /is no address of e-mail/);
      assert.match(await said("notify channel: 'pigeon', message: 'm'"), /There is no channel 'pigeon' under notifications in the configuration/);
      assert.match(await said("dingtalk robot: 'mail', text: 'm'"), /The channel 'mail' is of kind email, not dingtalk/);
      assert.match(await said("wecom text: 'm'"), /The configuration has no channel of kind wecom/);
      const slack = await server.run("slackSend 'm'");
      assert.equal(slack.result, 'SUCCESS', slack.log);
      assert.match(slack.log, /ERROR: The configuration has no channel of kind slack/);
      assert.equal((await server.run("slackSend message: 'm', failOnError: true")).result, 'FAILURE');
      assert.match(await said("slackSend message: 'm', tokenCredentialId: 'none', failOnError: true"), /Could not find credentials entry with ID 'none'/);
      assert.match(await said("emailext to: 'a@b.c', subject: 's', body: 'b', recipientProviders: [buildUser()]"), /buildUser is no group of recipients here/);
      assert.deepEqual(await rows(server), []);
    } finally {
      await server.stop();
      folder.remove();
    }
  });

  it('robots get what steps say; a service that asks to wait is waited for, one that refuses is not asked again', async () => {
    const { url } = await databases.make();
    const folder = new TestFolder();
    const ding = await ChatServer.start({ status: 503, headers: { 'retry-after': '1' }, body: '' }, { body: { errcode: 0 } });
    // Says what it was asked with.
    const wecom = await ChatServer.start((asked) => ({ body: { errcode: 93000, errmsg: `invalid key ${asked.query.get('key')}` } }));
    const all = [
      { kind: 'dingtalk', name: 'ding', tokenCredentialsId: 'robot', url: `${ding.url}/robot/send` },
      { kind: 'wecom', name: 'we', keyCredentialsId: 'robot', url: `${wecom.url}/send` },
    ];
    const server = await TestServer.start(optionsOf(url, folder.path, all));
    try {
      const { log, result } = await server.run(
        `dingtalk robot: 'ding', type: 'ACTION_CARD', title: 'T $BUILD_NUMBER', text: ['# Head', 'line'], btns: [[title: 'Open', actionUrl: 'http://x']], at: ['13800000000']
         qyWechatNotification mentionedId: 'ann', moreInfo: 'more'
         qyWechatNotification webhookUrl: '${wecom.url}/own?key=key-of-a-step'`,
        'chat',
      );
      assert.equal(result, 'SUCCESS', log);
      await settled(server, 4);
      assert.equal(ding.asked.length, 2);
      assert.deepEqual(ding.asked[1]?.body, {
        msgtype: 'actionCard',
        actionCard: {
          title: 'T 1',
          text: '# Head\nline\n\n@13800000000',
          hideAvatar: '0',
          btnOrientation: '0',
          btns: [{ title: 'Open', actionURL: 'http://x' }],
        },
      });
      assert.deepEqual(
        (await rows(server)).map((row) => [row.channel, row.state, row.tries]),
        [
          ['ding', 'sent', 2],
          ['we', 'failed', 1],
          ['we', 'failed', 1],
          ['wecom', 'failed', 1],
        ],
      );
      const own = wecom.asked.find((one) => one.path === '/own');
      assert.equal(own?.query.get('key'), 'key-of-a-step');
      const kept = JSON.stringify(await rows(server)) + log;
      for (const secret of [ROBOT, 'key-of-a-step']) assert.ok(!kept.includes(secret), `${secret} is shown`);
    } finally {
      await server.stop();
      await Promise.all([ding.close(), wecom.close()]);
      folder.remove();
    }
  });

  it('job settings tell the first failure and back to normal, of pipelines, freestyle jobs and those in folders', async () => {
    const { url } = await databases.make();
    const folder = new TestFolder();
    const hook = await ChatServer.start({ body: {} });
    const mails = await MailServer.start();
    const all = [{ kind: 'webhook', name: 'hook', url: `${hook.url}/` }, email(mails.port, { language: 'zh' })];
    const server = await TestServer.start(optionsOf(url, folder.path, all));
    try {
      const team = await item(server, 'folder', 'team', null, { notifications: [{ channel: 'hook' }] });
      const app = await item(
        server,
        'pipeline',
        'app',
        { id: team, name: 'team' },
        {
          ...inline("stage('Build') { if (currentBuild.number in [2, 3]) error 'no' }"),
          notifications: [{ channel: 'mail', on: ['failure', 'fixed'], to: ['ann@example.org', 'culprits'] }],
        },
      );
      const shell = await item(server, 'freestyle', 'shell', { id: team, name: 'team' }, { steps: [{ shell: 'exit 1' }], notifications: [] });
      const quiet = await item(
        server,
        'pipeline',
        'quiet',
        { id: team, name: 'team' },
        { ...inline("error 'x'"), notifications: [{ channel: 'hook', on: [] }] },
      );
      for (let i = 0; i < 5; i++) await server.ended(await server.start(app));
      await server.ended(await server.start(shell));
      await server.ended(await server.start(quiet));
      await settled(server, 6);
      assert.deepEqual(hook.asked.map(({ body }) => [body.job, body.number, body.event, body.result, body.previousResult, body.failedStage, body.url]).sort(), [
        ['team/app', 2, 'failure', 'FAILURE', 'SUCCESS', 'Build', 'http://ci.test/job/team/job/app/2/'],
        ['team/app', 4, 'fixed', 'SUCCESS', 'FAILURE', null, 'http://ci.test/job/team/job/app/4/'],
        ['team/shell', 1, 'failure', 'FAILURE', null, null, 'http://ci.test/job/team/job/shell/1/'],
      ]);
      assert.equal(hook.asked.find((one) => one.body.number === 2)?.body.title, 'Failed: team/app #2');
      assert.deepEqual(
        (await rows(server)).filter((row) => row.kind === 'email').map((row) => row.title),
        ['构建失败：team/app #2', '仍然失败：team/app #3', '恢复正常：team/app #4'],
      );
      assert.match(
        hook.asked[0]?.body.text,
        /\*\*Result\*\*: FAILURE \(before: SUCCESS\)[\s\S]*\*\*Cause\*\*: Started by user test[\s\S]*\*\*Failed stage\*\*: Build/,
      );
    } finally {
      await server.stop();
      await Promise.all([hook.close(), mails.close()]);
      folder.remove();
    }
  });

  it('a message outlives the controllers that wrote it and that were sending it, and no two send it at once', async () => {
    const database = await databases.make();
    const folder = new TestFolder();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let held = 0,
      most = 0;
    const mails = await MailServer.start({
      hold: async () => {
        most = Math.max(most, ++held);
        if (mails.received.length === 1) await gate;
        held--;
      },
    });
    // Written by one that never comes to send it: its settings have another server.
    const settings = (port: number) => ({
      ...optionsOf(database.url, folder.path, [email(port)]),
      notifications: { folder: '/', all: [email(port)], tryMs: 2_000 },
    });
    let server = await TestServer.start(settings(9));
    try {
      await server.run("mail to: 'ann@example.org', subject: 'Kept', body: 'b'", 'app');
      await server.until(async () => typeof (await rows(server))[0]?.error === 'string', {
        ms: 20_000,
        seen: async () => JSON.stringify([await rows(server), await server.store.db.selectFrom('duties').selectAll().execute(), Date.now()]),
      });
      const [first] = await rows(server);
      assert.deepEqual([first?.state, first?.tries], ['waiting', 1]);
      await server.stop();
      server = await TestServer.start(settings(mails.port));
      await server.store.write((tx) => tx.updateTable('notifications').set({ not_before: 0 }).execute());
      await mails.count(1);
      // Its controller is gone between the mail and the server's answer: what it would have noted is never written.
      await server.store.write((tx) => tx.updateTable('notifications').set({ claim: 'of a dead controller' }).execute());
      assert.equal((await rows(server))[0]?.state, 'sending');
      await settled(server, 1);
      open();
      assert.equal(mails.received.length, 2);
      const ids = mails.received.map((mail) => /^Message-ID: (.*)\r$/m.exec(mail.raw)?.[1]);
      assert.equal(ids[0], ids[1]);
      assert.deepEqual(
        (await rows(server)).map((row) => [row.state, row.tries]),
        [['sent', 3]],
      );
      assert.equal(most, 2, 'the first try was given up by then, not answered');
    } finally {
      open();
      await server.stop();
      await mails.close();
      folder.remove();
    }
  });
});
