import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompilationError } from '@millrace/groovy';
import { checkPipeline } from './check-pipeline.ts';

test('classes of the Jenkins server and of libraries are taken to be there', () => {
  checkPipeline("import org.kohsuke.github.GitHub\nGitHub g = null\necho 'x'");
  checkPipeline("@Library('tools') import org.acme.Tool\nnode { new Tool(this).build() }");
});

test('a class that nobody can have is an error, with its place', () => {
  assert.throws(
    () => checkPipeline('import org.acme.Tool\nnode { new Tool(this).build() }'),
    (e) => e instanceof CompilationError && /WorkflowScript: 1: unable to resolve class org\.acme\.Tool/.test(e.message),
  );
});
