import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JavaThrowable, runScript, standardIndex } from '@millrace/groovy';
import { jenkinsLibrary } from './index.ts';
import { serverClass } from './server-classes.ts';

test('only names of the Jenkins server and its plug-ins are stood in for', () => {
  for (const name of ['hudson.tasks.Mailer', 'hudson.FilePath', 'jenkins.scm.api.SCMSource', 'org.jenkinsci.plugins.a.B', 'hudson.model.Cause.UserIdCause'])
    assert.equal(serverClass(name)?.name, name);
  for (const name of ['jenkins.Build', 'hudson.model.run', 'com.acme.Mailer', 'Mailer', 'hudson']) assert.equal(serverClass(name), null);
});

test('classes of Java that are not there are stood in for, misspelt names are not', () => {
  for (const name of [
    'java.util.zip.GZIPInputStream',
    'java.lang.annotation.Retention',
    'org.apache.commons.io.IOUtils',
    'groovy.text.StreamingTemplateEngine',
    'java.util.WeakHashMap',
  ])
    assert.equal(serverClass(name)?.name, name);
  for (const name of ['java.util.Lisst', 'java.lang.Foo', 'java.util.zip', 'org.acme.Tool', 'groovy.json.Foo']) assert.equal(serverClass(name), null);
});

test('a class of the server may be imported and named, and says what is wrong when it is used', () => {
  const answer = (text: string): unknown => {
    return runScript(text, { fileName: 'a.groovy', print: () => undefined, index: standardIndex([jenkinsLibrary]), hooks: { absentClass: serverClass } });
  };
  const text = (statement: string): string => `import hudson.tasks.Mailer\n${statement}`;
  assert.equal(answer(text('Mailer.UserProperty g() { null }\ndef f(Mailer m) { m == null }\nf(null) && !(1 instanceof Mailer)')), true);
  for (const [use, what] of [
    ['Mailer.descriptor()', 'hudson.tasks.Mailer.descriptor'],
    ['new Mailer("a", 1)', 'new hudson.tasks.Mailer'],
    ['Mailer.UserProperty.class', 'hudson.tasks.Mailer.UserProperty'],
    ['hudson.plugins.git.GitTool.default', 'hudson.plugins.git.GitTool.default'],
  ] as const)
    assert.throws(
      () => answer(text(use)),
      (e) => e instanceof JavaThrowable && e.message.startsWith(`MR_SERVER_CLASS: ${what} belongs to the Jenkins server`),
    );
});
