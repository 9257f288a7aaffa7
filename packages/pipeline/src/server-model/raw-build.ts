/** `currentBuild.rawBuild`: hudson.model.Run as far as Millrace has it, for trusted libraries. */
import type { Computation, Interpreter, Pending, Value } from '@millrace/groovy';
import { GroovyClass, JavaList, Long, mapOf } from '@millrace/groovy';
import type { BuildFacts } from '../engine/build.ts';
import { plainParameters } from '../engine/open-secrets.ts';
import { EMPTY_SCOPE } from '../engine/scope.ts';
import { buildVariables } from '../environment/build-variables.ts';
import { inOrder } from '../globals/env.ts';
import { Result } from '../java/result.ts';
import { fromJson } from '../steps/values.ts';
import { causeOf, causesOf } from './causes.ts';
import { jobObject, numberedBuild, RUN_CLASS } from './items.ts';
import type { Members, ModelObject } from './model-object.ts';
import { serverLacks } from './model-object.ts';
import { neighbour, PREVIOUS } from './neighbours.ts';
import type { SeenBuild, Server } from './server-asks.ts';
import { TEST_ACTIONS, testResultAction } from './test-results.ts';

/** As many as one may ask for at once: a journal keeps what was read. */
const MOST_LINES = 10_000;
const PARAMETERS = 'hudson.model.ParametersAction';

/** `texts`: what `currentBuild.displayName` and `.description` are now. `more`: what only some see of it. `secrets`: with the texts of passwords. */
export function rawBuild(
  vm: Interpreter,
  server: Server,
  texts: { readonly displayName: () => string; readonly description: () => string | null },
  { more = {}, secrets = true }: { readonly more?: Members; readonly secrets?: boolean } = {},
): ModelObject {
  const { execution } = server;
  const facts = secrets ? execution.facts : { ...execution.facts, parameters: plainParameters(execution.journal) };
  let causes: ModelObject[] | null = null;
  const all = (): ModelObject[] => (causes ??= causesOf(vm, server));
  // As `Run.getEnvironment` of a pipeline: nothing of the node and the blocks around, which may have bound credentials.
  const environment = (): Value => mapOf(inOrder(buildVariables(facts, execution.variables, EMPTY_SCOPE)));
  return server.object(RUN_CLASS, `${facts.job} #${facts.number}`, {
    ...numberedBuild(server, facts.job, facts.number, `#${facts.number}`),
    getDisplayName: () => texts.displayName(),
    getDescription: () => texts.description(),
    getParent: () => jobObject(server, facts.job),
    getResult: () => (execution.result === null ? null : new Result(execution.result)),
    isBuilding: () => true,
    getTimeInMillis: () => Long.of(facts.startedAt),
    getStartTimeInMillis: () => Long.of(facts.startedAt),
    getDuration: () => Long.of(0),
    getCauses: () => new JavaList(all()),
    getCause: (type = null) => causeOf(vm, all(), type),
    getAction: (type = null) => {
      if (type instanceof GroovyClass && type.name === PARAMETERS) return parametersAction(server, facts.parameters);
      if (type instanceof GroovyClass && TEST_ACTIONS.has(type.name)) return server.defer(testResultAction(server));
      throw serverLacks(`${RUN_CLASS}.getAction(${type instanceof GroovyClass ? type.name : vm.format(type)})`);
    },
    getTestResultAction: () => server.defer(testResultAction(server)),
    getArtifacts: () => server.defer(artifactsOf(server)),
    getHasArtifacts: () => server.defer(hasArtifacts(server)),
    getEnvVars: environment,
    getEnvironment: environment,
    getLog: (lines = null) => server.defer(logOf(vm, server, lines)),
    ...neighbours(server, facts),
    ...more,
  });
}

function* logOf(vm: Interpreter, server: Server, lines: Value): Computation {
  if (lines === null) throw serverLacks(`${RUN_CLASS}.getLog() without a number of lines`);
  const wanted = Math.max(0, Math.min(vm.cast(lines, 'int') as number, MOST_LINES));
  const { lines: read } = yield* server.ask('buildLog', { lines: wanted });
  return new JavaList([...read]);
}

function* artifactsOf(server: Server): Computation {
  const { files } = yield* server.ask('buildArtifacts', {});
  return new JavaList(
    files.map(({ path, size }) =>
      server.object('hudson.model.Run$Artifact', path, {
        getFileName: () => path.slice(path.lastIndexOf('/') + 1),
        getRelativePath: () => path,
        getDisplayPath: () => path,
        getHref: () => path.split('/').map(encodeURIComponent).join('/'),
        getFileSize: () => Long.of(size),
      }),
    ),
  );
}
function* hasArtifacts(server: Server): Computation {
  const { files } = yield* server.ask('buildArtifacts', {});
  return files.length > 0;
}

function parametersAction(server: Server, parameters: BuildFacts['parameters']): Value {
  const values = Object.entries(parameters).map(([name, json]) =>
    server.object('hudson.model.ParameterValue', name, { getName: () => name, getValue: () => fromJson(json) }),
  );
  if (values.length === 0) return null;
  return server.object(PARAMETERS, PARAMETERS, {
    getParameters: () => new JavaList(values),
    getAllParameters: () => new JavaList(values),
    getParameter: (name = null) => values.find((value) => value.javaString() === name) ?? null,
  });
}

/** `getPreviousBuild` and its like. */
function neighbours(server: Server, of: Pick<SeenBuild, 'job' | 'number'>): Members {
  const find = (property: string) => (): Value | Pending => neighbour(server, of, property, (build) => otherRawBuild(server, build));
  return Object.fromEntries([...PREVIOUS, 'nextBuild'].map((property) => [`get${property.charAt(0).toUpperCase()}${property.slice(1)}`, find(property)]));
}

/** One that is not this build, as it was when somebody looked. */
export function otherRawBuild(server: Server, build: SeenBuild): ModelObject {
  return server.object(RUN_CLASS, `${build.job} #${build.number}`, {
    ...numberedBuild(server, build.job, build.number, build.displayName),
    getDescription: () => build.description,
    getParent: () => jobObject(server, build.job),
    getResult: () => (build.result === null ? null : new Result(build.result)),
    isBuilding: () => build.result === null,
    getTimeInMillis: () => Long.of(build.startedAt),
    getStartTimeInMillis: () => Long.of(build.startedAt),
    getDuration: () => Long.of(build.durationMs),
    ...neighbours(server, build),
  });
}
