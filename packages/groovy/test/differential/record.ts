/**
 * Records what Groovy 2.4 prints for every script beside this file: `npm run record:groovy`, or with names of scripts
 * to record those alone. Needs `groovy` 2.4 and a Java; the tests themselves need neither.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;

/** Runs all scripts in one JVM, since its start takes longer than most of them. */
const DRIVER = `
def folder = new File(args[0])
def realOut = System.out
args[1..-1].each { name ->
  def buffer = new ByteArrayOutputStream()
  System.setOut(new PrintStream(buffer, true, 'UTF-8'))
  def failure = null
  def thread = new Thread({
    try { new GroovyShell().run(new File(folder, name + '.groovy'), [] as String[]) } catch (Throwable t) { failure = t }
  })
  thread.daemon = true
  thread.start()
  thread.join(20000)
  System.out.flush()
  System.setOut(realOut)
  if (thread.alive) { println 'too slow: ' + name; return }
  def text = buffer.toString('UTF-8')
  if (failure != null) text += '!! ' + failure.toString().readLines()[0] + '\\n'
  new File(folder, name + '.out').setText(text, 'UTF-8')
}
println 'recorded ' + (args.length - 1)
System.exit(0)
`;

const wanted = process.argv.slice(2);
const names =
  wanted.length > 0
    ? wanted
    : readdirSync(here)
        .filter((f) => f.endsWith('.groovy'))
        .map((f) => f.slice(0, -'.groovy'.length))
        .sort();
const work = mkdtempSync(join(tmpdir(), 'record-groovy-'));
const driver = join(work, 'driver.groovy');
writeFileSync(driver, DRIVER);
const run = spawnSync('groovy', [driver, here, ...names], {
  encoding: 'utf8',
  env: { ...process.env, JAVA_OPTS: '-Duser.timezone=UTC -Duser.language=en -Duser.country=US -Dfile.encoding=UTF-8', TZ: 'UTC' },
});
rmSync(work, { recursive: true });
process.stdout.write(run.stdout);
process.stderr.write(run.stderr);
process.exitCode = run.status ?? 1;
