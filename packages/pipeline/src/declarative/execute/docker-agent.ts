/** `agent { docker … }` and `agent { dockerfile … }`. Follows the docker-workflow plug-in's Declarative scripts. */
import type { Computation, Value } from '@millrace/groovy';
import { type AgentRequest, onLabel } from './node-agent.ts';
import { type Body, type Run, scriptError } from './run.ts';
import { sha1Hex } from './sha1.ts';
import { textOf } from './values.ts';

const SETUP = 'Declarative: Agent Setup';

export function* inContainerImage(run: Run, agent: AgentRequest, body: Body): Computation {
  if (agent.reuseNode && run.cx.inNode()) return yield* inRegistry(run, agent, body);
  if (agent.containerPerStageRoot) return yield* onLabel(run, agent, body);
  return yield* onLabel(run, agent, () => inRegistry(run, agent, body));
}

function* inRegistry(run: Run, agent: AgentRequest, body: Body): Computation {
  const docker = run.plan.globals.docker!;
  const url = textOf(run.rt, agent.settings.get('registryUrl')) || null;
  const credentials = textOf(run.rt, agent.settings.get('registryCredentialsId')) || null;
  const image: Body = () => (agent.type === 'docker' ? inImage(run, agent, body) : inBuiltImage(run, agent, body));
  if (url === null && credentials === null) return yield* image();
  return yield* run.cx.call(run.closure(docker.withRegistry), [url, credentials, run.cx.closure(image)]);
}

/** In a stage of its own where there is none around. */
function* setup(run: Run, body: Body): Computation {
  if (run.cx.inStage()) return yield* body();
  return yield* run.cx.step('stage', { name: SETUP }, function* () {
    try {
      return yield* body();
    } catch (e) {
      const error = scriptError(e);
      run.cx.markStage('FAILED_AND_CONTINUED');
      throw error;
    }
  });
}

function* inside(run: Run, agent: AgentRequest, image: Value, body: Body): Computation {
  const args = textOf(run.rt, agent.settings.get('args')) ?? '';
  return yield* run.cx.call(run.closure(run.plan.globals.docker!.inside), [image, args, run.cx.closure(body)]);
}

function* inImage(run: Run, agent: AgentRequest, body: Body): Computation {
  const image = textOf(run.rt, agent.settings.get('image') ?? agent.settings.get(''));
  if (agent.settings.get('alwaysPull') === true) yield* setup(run, () => run.cx.call(run.closure(run.plan.globals.docker!.pull), [image]));
  return yield* inside(run, agent, image, body);
}

function* inBuiltImage(run: Run, agent: AgentRequest, body: Body): Computation {
  let image: Value = null;
  yield* setup(run, function* () {
    image = yield* buildImage(run, agent);
    return null;
  });
  return yield* inside(run, agent, image, body);
}

/** The image is named after what it is made of, so that the same file is not built twice. */
function* buildImage(run: Run, agent: AgentRequest): Computation {
  const { cx, rt } = run;
  const setting = (name: string): string | null => textOf(rt, agent.settings.get(name)) || null;
  const isUnix = (yield* cx.step('isUnix', {})) === true;
  const dir = setting('dir') ?? '.';
  const file = setting('filename') ?? 'Dockerfile';
  const path = setting('dir') === null ? file : `${dir}${isUnix ? '/' : '\\'}${file}`;
  const additional = setting('additionalBuildArgs');
  const buildArgs = additional === null ? '' : ` ${additional}`;
  let content: string;
  try {
    content = rt.str(yield* cx.step('readFile', { file: path }));
  } catch (e) {
    const error = scriptError(e);
    if (!/\.(NoSuchFileException|FileNotFoundException)$/.test(error.typeName)) throw error;
    return yield* cx.step('error', { message: `No Dockerfile found at ${path} in repository - failing.` });
  }
  const name = sha1Hex(`${cx.fullProjectName()}\n${content}\n${buildArgs}`);
  yield* cx.step(isUnix ? 'sh' : 'bat', { script: `docker build -t ${name}${buildArgs} -f "${path}" "${dir}"` });
  return name;
}
