import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { TestFolder, TestServer } from '../testing/test-controller.ts';
import { testInstallation } from '../testing/test-installation.ts';

/** What a library does, and what a build is told of it: its file and line, or the library's name where it is no running code. */
const WRONG: readonly {
  readonly what: string;
  readonly files: { readonly [path: string]: string };
  readonly call: string;
  readonly told: readonly RegExp[];
}[] = [
  {
    what: 'calls itself for ever',
    files: { 'vars/recurses.groovy': 'def call(n) {\n  recurses(n + 1)\n}' },
    call: 'recurses(1)',
    told: [/StackOverflowError: Excessively nested closures\/functions: look for unbounded recursion/, /at recurses\.call\(recurses\.groovy:2\)/],
  },
  {
    what: 'keeps long texts for ever',
    files: { 'vars/eats.groovy': "def call() {\n  def all = []\n  while (true) all << ('x' * 100000 + all.size())\n}" },
    call: 'eats()',
    told: [/OutOfMemoryError: Java heap space\n\tat eats\.call\(eats\.groovy:3\)|MR_BUILD_CRASHED: .* it used up its memory/],
  },
  {
    what: 'keeps maps for ever, more of them in one time slice than there is memory for',
    files: { 'vars/hoards.groovy': 'def call() {\n  def all = []\n  while (true) all << [a: all.size(), b: [c: 1]]\n}' },
    call: 'hoards()',
    told: [/OutOfMemoryError: Java heap space\n\tat hoards\.call\(hoards\.groovy:3\)|MR_BUILD_CRASHED: .* it used up its memory/],
  },
  {
    what: 'loops in the static initialiser of a class',
    files: {
      'src/acme/Spins.groovy': 'package acme\nclass Spins {\n  static x = spin()\n  static spin() { while (true) { } }\n}',
      'vars/spins.groovy': 'def call() {\n  acme.Spins.x\n}',
    },
    call: 'spins()',
    told: [/The static initialiser of acme\.Spins \(acme\/Spins\.groovy\) did not come to an end\./, /at spins\.call\(spins\.groovy:2\)/],
  },
  {
    what: 'calls a step in the static initialiser of a class',
    files: {
      'src/acme/Steps.groovy': 'package acme\nclass Steps {\n  static script\n  static Closure go\n}',
      'src/acme/Late.groovy': 'package acme\nclass Late {\n  static x = Steps.go()\n}',
      'vars/late.groovy': 'def call() {\n  acme.Steps.go = { sleep 1 }\n  acme.Late.x\n}',
    },
    call: 'late()',
    told: [/The static initialiser of acme\.Late \(acme\/Late\.groovy\) called a step, and cannot be suspended\./, /at late\.call\(late\.groovy:3\)/],
  },
  {
    what: 'loops in toString',
    files: { 'vars/texts.groovy': 'class T { String toString() { while (true) { } } }\ndef call() {\n  echo "${new T()}"\n}' },
    call: 'texts()',
    told: [/\(toString, equals, hashCode, compareTo\) did not come to an end\./, /at texts\.call\(texts\.groovy:3\)/],
  },
  {
    what: 'imports java.io.File and uses it',
    files: { 'vars/files.groovy': "import java.io.File\ndef call() {\n  new File('/etc/passwd').text\n}" },
    call: 'files()',
    told: [/MR_SERVER_CLASS: new java\.io\.File java\.lang\.String /, /at files\.call\(files\.groovy:3\)/],
  },
  {
    what: 'ends the process',
    files: { 'vars/exits.groovy': 'def call() {\n  System.exit(1)\n}' },
    call: 'exits()',
    told: [/MR_SERVER_CLASS: staticMethod java\.lang\.System exit int /, /at exits\.call\(exits\.groovy:2\)/],
  },
  {
    what: 'starts a process',
    files: { 'vars/starts.groovy': "def call() {\n  Runtime.getRuntime().exec('ls')\n}" },
    call: 'starts()',
    told: [/MR_SERVER_CLASS: staticMethod java\.lang\.Runtime getRuntime /, /at starts\.call\(starts\.groovy:2\)/],
  },
  {
    what: 'grabs a jar',
    files: { 'vars/grabs.groovy': "@Grab('x:y:1')\nimport x.Y\ndef call() {\n  Y.z()\n}" },
    call: 'grabs()',
    told: [/library lib: vars\/grabs\.groovy: 1: Annotation Grab cannot be used in the sandbox\./],
  },
  {
    what: 'imports a class that is nowhere',
    files: {
      'src/acme/Imports.groovy': 'package acme\nimport sun.misc.Unsafe\nclass Imports {\n  def x() { Unsafe.get() }\n}',
      'vars/importing.groovy': 'def call() {\n  new acme.Imports().x()\n}',
    },
    call: 'importing()',
    told: [/library lib: src\/acme\/Imports\.groovy: 2: unable to resolve class sun\.misc\.Unsafe/],
  },
  {
    what: 'has classes that extend one another',
    files: {
      'src/acme/C.groovy': 'package acme\nclass C extends D { }',
      'src/acme/D.groovy': 'package acme\nclass D extends C { }',
      'vars/inherits.groovy': 'def call() {\n  new acme.C()\n}',
    },
    call: 'inherits()',
    told: [/library lib: src\/acme\/[CD]\.groovy: 2: Cyclic inheritance involving acme\.([CD]) in class acme\.\1/],
  },
  {
    what: 'has a step that does not parse',
    files: { 'vars/broken.groovy': 'def call() {\n  if (\n}' },
    call: 'broken()',
    told: [/library lib: vars\/broken\.groovy: 3: unexpected token: \} @ line 3, column 1\./],
  },
  {
    what: 'has a class that does not parse',
    files: { 'src/acme/Broken.groovy': 'package acme\nclass Broken {\n  def x( { }\n}', 'vars/breaks.groovy': 'def call() {\n  new acme.Broken()\n}' },
    call: 'breaks()',
    told: [/library lib: src\/acme\/Broken\.groovy: 3: unexpected token/],
  },
  {
    what: 'nests deeper than a parser can follow',
    files: { 'vars/deep.groovy': `def call() {\n  return ${'('.repeat(5000)}1${')'.repeat(5000)}\n}` },
    call: 'deep()',
    told: [/library lib: vars\/deep\.groovy: 2: nested too deep/],
  },
  {
    what: 'evaluates texts that evaluate it',
    files: { 'vars/evaluates.groovy': "def call() {\n  evaluate('evaluates()')\n}" },
    call: 'evaluates()',
    told: [/StackOverflowError: Excessively nested/, /at evaluates\.call\(evaluates\.groovy:2\)/],
  },
];

/** Loops that only an abort ends. */
const ENDLESS: { readonly [call: string]: { readonly [path: string]: string } } = {
  'loops()': { 'vars/loops.groovy': 'def call() {\n  while (true) { }\n}' },
  'inBody()': {
    'src/acme/InBody.groovy': 'package acme\nclass InBody {\n  def x = ({ while (true) { } })()\n}',
    'vars/inBody.groovy': 'def call() {\n  new acme.InBody()\n}',
  },
  'inField.x': { 'vars/inField.groovy': 'import groovy.transform.Field\n@Field def x = ({ while (true) { } })()' },
  'keepsEvaluating()': { 'vars/keepsEvaluating.groovy': 'def call() {\n  for (int i = 0; ; i++) Eval.me("$i")\n}' },
  'swallows()': { 'vars/swallows.groovy': 'def call() {\n  for (int i = 0; ; i++) {\n    try { "$i".toInteger() } catch (Exception e) { }\n  }\n}' },
};

describe('a library that does what it must not', () => {
  const folder = new TestFolder();
  let server: TestServer;

  before(async () => {
    const write = async (library: string, files: { readonly [path: string]: string }): Promise<void> => {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder.path, library, path)), { recursive: true });
        await writeFile(join(folder.path, library, path), text);
      }
    };
    for (const { files } of WRONG) await write('lib', files);
    for (const files of Object.values(ENDLESS)) await write('lib', files);
    await write('lib', {
      'src/acme/A.groovy': 'package acme\nimport acme.B\nclass A {\n  static x = B.y + 1\n  def b() { new B() }\n}',
      'src/acme/B.groovy': 'package acme\nimport acme.A\nclass B {\n  static y = 1\n  def a() { new A() }\n}',
      'vars/circle.groovy': 'def call() {\n  echo "circle ${acme.A.x} ${new acme.A().b().a() instanceof acme.A}"\n}',
    });
    await write('one', { 'vars/one.groovy': "def call(n) { library 'two'; n == 0 ? 'end' : two(n - 1) }" });
    await write('two', { 'vars/two.groovy': "def call(n) { library 'one'; n == 0 ? 'end' : one(n - 1) }" });
    const libraries = ['lib', 'one', 'two'].map((name) => ({ name, path: join(folder.path, name), git: null, version: null, implicit: false }));
    const installation = testInstallation({ libraries });
    server = await TestServer.start({ data: join(folder.path, 'data'), installation: () => installation });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  for (const { what, call, told } of WRONG)
    it(`is told by its place: one that ${what}`, async () => {
      const { log, result } = await server.run(`@Library('lib') _\n${call}`);
      assert.equal(result, 'FAILURE', log);
      for (const wanted of told) assert.match(log, wanted);
      assert.doesNotMatch(log, /InternalError|node:internal|\.ts:/, 'an error of our own');
    });

  it('imports of classes in a circle, and libraries that load one another, are no error', async () => {
    const circle = await server.run("@Library('lib') _\ncircle()");
    assert.match(circle.log, /\ncircle 2 true\n/);
    const mutual = await server.run("@Library('one') _\necho one(3)");
    assert.match(mutual.log, /Only using first definition of library one\n[^]*\nend\n/);
    assert.equal(mutual.result, 'SUCCESS', mutual.log);
  });

  for (const call of Object.keys(ENDLESS))
    it(`loops beside others, which end meanwhile, and ends when it is aborted: ${call}`, async () => {
      const looping = await server.trigger(`@Library('lib') _\necho 'begins'\n${call}`);
      await server.until(async () => (await server.log(looping)).includes('begins\n'));
      const beside = await server.run("node { sh 'echo beside' }");
      assert.equal(beside.result, 'SUCCESS', beside.log);
      assert.match(beside.log, /\nbeside\n/);
      assert.ok((await fetch(server.controller.parts.services.rootUrl())).status < 500, 'the controller answers meanwhile');
      await server.abort(looping);
      const { log, result } = await server.ended(looping);
      assert.equal(result, 'ABORTED', log);
    });

  it('a build whose step runs goes on though another has eaten the memory of its thread', async () => {
    const runs = await server.trigger("node { sh 'echo begun; while [ ! -e go ]; do sleep 0.05; done' }; echo 'still here'");
    await server.until(async () => (await server.log(runs)).includes('begun\n'));
    const eats = await server.run("@Library('lib') _\nhoards()");
    assert.equal(eats.result, 'FAILURE', eats.log);
    await server.touchInWorkspace('go');
    const ended = await server.ended(runs);
    assert.equal(ended.result, 'SUCCESS', ended.log);
    assert.match(ended.log, /\nstill here\n/);
  });
});
