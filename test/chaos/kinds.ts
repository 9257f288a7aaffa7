/**
 * The builds of the load. Each kind is a job with the parameter TOKEN, which names the build: it is in each line that a step
 * prints, and in the name of the file that its steps write to, outside of every workspace. What must come out is told beside.
 */
import { freestyleConfig, pipelineConfig } from '../../packages/protocol/src/index.ts';

export interface Kind {
  readonly name: string;
  readonly weight: number;
  readonly config: (effects: string) => { readonly kind: 'pipeline' | 'freestyle'; readonly config: string };
  readonly results: readonly string[];
  /** Lines with the token, in this order; null: none is promised (it may be aborted before). */
  readonly lines: ((token: string) => readonly string[]) | null;
  readonly anyOrder?: boolean;
  /** What its steps have written; each once. */
  readonly effects: ((token: string) => readonly string[]) | null;
  /** What the harness does to it while it runs. */
  readonly during?: 'answer' | 'abort';
  readonly artifacts?: readonly string[];
  readonly tests?: number;
}

const TOKEN = [{ type: 'string' as const, name: 'TOKEN' }];

function pipeline(script: string): Kind['config'] {
  return (effects) => ({
    kind: 'pipeline',
    config: JSON.stringify(
      pipelineConfig.parse({ definition: { kind: 'inline', script: script.replaceAll('<effects>', effects) }, parameters: TOKEN, concurrent: 'allow' }),
    ),
  });
}
/** A shell step without its own trace: each line of the console is one that it printed. */
const sh = (...lines: readonly string[]): string => `sh '''#!/bin/sh\nset -e\n${lines.join('\n')}\n'''`;
const effect = (what: string): string => `echo "${what}" >> "<effects>/$TOKEN"`;
const say = (what: string): string => `echo "${what} $TOKEN"`;

const MANY = 400;
const TICKS = 8;
const LABELLED = `lock(label: 'pool', quantity: 1, variable: 'GOT') { node { ${sh(
  'mkdir "<effects>/held-$GOT"',
  effect('labelled'),
  'sleep 0.1',
  'rmdir "<effects>/held-$GOT"',
)} } }`;

export const KINDS: readonly Kind[] = [
  {
    name: 'one',
    weight: 4,
    config: pipeline(`node { ${sh(say('one'), effect('one'))} }`),
    results: ['SUCCESS'],
    lines: (t) => [`one ${t}`],
    effects: () => ['one'],
  },
  {
    name: 'lines',
    weight: 3,
    config: pipeline(
      `node { ${sh('i=0', `while [ $i -lt ${MANY} ]; do echo "line $i $TOKEN"; i=$((i+1)); if [ $((i % 40)) -eq 0 ]; then sleep 0.1; fi; done`, effect('lines'))} }`,
    ),
    results: ['SUCCESS'],
    lines: (t) => Array.from({ length: MANY }, (_, i) => `line ${i} ${t}`),
    effects: () => ['lines'],
  },
  {
    name: 'parallel',
    weight: 2,
    config: pipeline(
      `parallel(${['a', 'b', 'c'].map((b) => `${b}: { node { ${sh(say(b), effect(b), 'sleep 0.3', say(`${b}2`))} } }`).join(', ')}, failFast: false)\n` +
        `node { ${sh(say('after'), effect('after'))} }`,
    ),
    results: ['SUCCESS'],
    anyOrder: true,
    lines: (t) => ['a', 'a2', 'b', 'b2', 'c', 'c2', 'after'].map((w) => `${w} ${t}`),
    effects: () => ['a', 'b', 'c', 'after'],
  },
  {
    name: 'retry',
    weight: 2,
    config: pipeline(
      `retry(3) { node { ${sh(effect('try'), 'n=$(wc -l < "<effects>/$TOKEN")', say('try $n'), '[ "$n" -ge 2 ]')} } }\n` +
        `try { timeout(time: 1, unit: 'SECONDS') { node { ${sh('sleep 40')} } } } catch (e) { echo "timed out \${TOKEN}" }`,
    ),
    results: ['SUCCESS'],
    lines: (t) => [`try 1 ${t}`, `try 2 ${t}`, `timed out ${t}`],
    effects: () => ['try', 'try'],
  },
  {
    name: 'stash',
    weight: 2,
    config: pipeline(
      `node { writeFile file: 'd/f.txt', text: "content \${TOKEN}"; stash name: 's', includes: 'd/**' }\n` +
        `node { deleteDir(); unstash 's'; ${sh('cat d/f.txt', 'echo', effect('unstashed'))}\n` +
        `writeFile file: 'r.xml', text: '<testsuite name="s"><testcase classname="c" name="ok"/><testcase classname="c" name="too"/></testsuite>'\n` +
        `junit 'r.xml'; archiveArtifacts artifacts: 'd/*', fingerprint: true }`,
    ),
    results: ['SUCCESS'],
    lines: (t) => [`content ${t}`],
    effects: () => ['unstashed'],
    artifacts: ['d/f.txt'],
    tests: 2,
  },
  {
    name: 'cache',
    weight: 2,
    config: pipeline(
      `node { cache(key: "k-\${TOKEN}", paths: ['c']) { writeFile file: 'c/f.txt', text: "content \${TOKEN}" } }\n` +
        `node { deleteDir(); cache(key: "k-\${TOKEN}", paths: ['c']) { ${sh('cat c/f.txt', 'echo', effect('restored'))} } }`,
    ),
    results: ['SUCCESS'],
    lines: (t) => [`content ${t}`],
    effects: () => ['restored'],
  },
  {
    name: 'input',
    weight: 2,
    config: pipeline(
      `def v = input(id: 'go', message: 'Go?', parameters: [string(name: 'V', defaultValue: 'none')])\nnode { withEnv(["V=\${v}"]) { ${sh('echo "got $V $TOKEN"', effect('answered'))} } }`,
    ),
    results: ['SUCCESS'],
    lines: (t) => [`got v-${t} ${t}`],
    effects: () => ['answered'],
    during: 'answer',
  },
  {
    name: 'lock',
    weight: 2,
    config: pipeline(
      `lock(resource: 'first', extra: [[resource: 'second']]) { node { ${sh('mkdir "<effects>/held-first"', effect('locked'), 'sleep 0.1', 'rmdir "<effects>/held-first"', say('locked'))} } }\n${LABELLED}`,
    ),
    results: ['SUCCESS'],
    lines: (t) => [`locked ${t}`],
    effects: () => ['locked', 'labelled'],
  },
  {
    name: 'milestone',
    weight: 1,
    config: pipeline(`milestone 1\nnode { ${sh('sleep 0.2')} }\nmilestone 2\necho "passed"`),
    // Superseded while it stands at the milestone, or while it runs.
    results: ['SUCCESS', 'NOT_BUILT', 'ABORTED'],
    lines: null,
    effects: null,
  },
  {
    name: 'down',
    weight: 0,
    config: pipeline(`node { ${sh(say('down'), effect('down'))} }`),
    results: ['SUCCESS'],
    lines: (t) => [`down ${t}`],
    effects: () => ['down'],
  },
  {
    name: 'up',
    weight: 2,
    config: pipeline(`def b = build(job: 'down', parameters: [string(name: 'TOKEN', value: "\${TOKEN}-d")])\necho "up \${b.result} \${TOKEN}"`),
    results: ['SUCCESS'],
    lines: (t) => [`up SUCCESS ${t}`],
    effects: null,
  },
  {
    name: 'free',
    weight: 1,
    config: (effects) => ({
      kind: 'freestyle',
      config: JSON.stringify(
        freestyleConfig.parse({
          steps: [{ shell: `#!/bin/sh\necho "free $TOKEN"\necho free >> "${effects}/$TOKEN"\n` }],
          parameters: TOKEN,
          concurrent: 'allow',
        }),
      ),
    }),
    results: ['SUCCESS'],
    lines: (t) => [`free ${t}`],
    effects: () => ['free'],
  },
  {
    name: 'long',
    weight: 3,
    config: pipeline(
      `node { ${sh(effect('begin'), `for i in ${Array.from({ length: TICKS }, (_, i) => i).join(' ')}; do echo "tick $i $TOKEN"; sleep 0.4; done`, effect('end'))}\n${sh(effect('next'), say('next'))} }`,
    ),
    results: ['SUCCESS'],
    lines: (t) => [...Array.from({ length: TICKS }, (_, i) => `tick ${i} ${t}`), `next ${t}`],
    effects: () => ['begin', 'end', 'next'],
  },
  {
    name: 'abort',
    weight: 1,
    config: pipeline(`node { ${sh('sleep 60')} }`),
    results: ['ABORTED'],
    lines: null,
    effects: null,
    during: 'abort',
  },
  {
    name: 'wait',
    weight: 2,
    config: pipeline(`sleep 3\necho "slept \${TOKEN}"\nnode { ${sh(effect('slept'))} }`),
    results: ['SUCCESS'],
    lines: (t) => [`slept ${t}`],
    effects: () => ['slept'],
  },
];
