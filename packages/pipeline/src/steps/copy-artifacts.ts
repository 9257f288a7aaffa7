/** Follows CopyArtifact of the copyartifact plug-in: artifacts of another build, as files of this workspace. */
import type { Value } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import type { Json, Variables } from '../host.ts';
import { displayPath } from '../server-model/items.ts';
import type { ArtifactBuild, ArtifactSelector } from '../server-model/server-asks.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

export const copyArtifactsStep = defineStep({
  name: 'copyArtifacts',
  summary: 'Copy artifacts from another project',
  needs: ['workspace'],
  params: [
    { name: 'projectName', type: 'string', required: true, help: 'A job, from this job’s folder on; `/team/app` from the top.' },
    {
      name: 'selector',
      type: 'any',
      help: '`lastSuccessful()`, `lastCompleted()`, `specific("12")`, `permalink("lastStableBuild")`, `upstream()`, `latestSavedBuild()`, `lastWithArtifacts()`. Default: the last one with the result SUCCESS.',
    },
    { name: 'filter', type: 'string', help: 'Ant patterns, comma separated; all files where left out.' },
    { name: 'excludes', type: 'string' },
    { name: 'target', type: 'string', help: 'A folder of the workspace.' },
    { name: 'parameters', type: 'string', help: '`NAME=value,OTHER=value`: builds with these parameters alone.' },
    { name: 'flatten', type: 'boolean', default: false, help: 'Without the folders of the artifacts.' },
    { name: 'optional', type: 'boolean', default: false, help: 'No build or no file is no error.' },
    { name: 'fingerprintArtifacts', type: 'boolean', default: false },
    { name: 'includeBuildNumberInTargetPath', type: 'boolean', default: false },
    { name: 'resultVariableSuffix', type: 'string' },
  ],
  describe: (args) => args.projectName,
  *run(cx, args) {
    const name = cx.expand(args.projectName).trim();
    const parameters = parametersOf(cx.expand(args.parameters ?? ''));
    const selector = selectorOf(cx, args.selector);
    const data = { job: name, selector, parameters } as unknown as Json;
    const found = (yield* cx.ask('other', { name: 'copyArtifacts', data })) as unknown as ArtifactBuild;
    if (found.missing === 'job')
      throw abortError(
        `Unable to find project for artifact copy: ${name}\nThis may be due to incorrect project name or permission settings; see help for project name in job configuration.${found.why === null ? '' : `\n${found.why}`}`,
      );
    if (found.missing === 'build') {
      const message = `Unable to find a build for artifact copy from: ${name}`;
      if (!args.optional) throw abortError(message);
      cx.log(message);
      return null;
    }
    const { job, number } = found;
    const target = cx.expand(args.target ?? '').trim();
    const to = [target === '' ? '.' : target, ...(args.includeBuildNumberInTargetPath ? [String(number)] : [])].join('/');
    const filter = cx.expand(args.filter ?? '').trim();
    const excludes = cx.expand(args.excludes ?? '').trim();
    const { files } = yield* cx.ask('artifacts.copy', {
      ...cx.place(),
      job,
      number,
      selection: { includes: filter === '' ? '**' : filter, excludes: excludes === '' ? null : excludes, defaultExcludes: false },
      to,
      flatten: args.flatten,
    });
    cx.log(`Copied ${files.length} ${files.length === 1 ? 'artifact' : 'artifacts'} from "${displayPath(job)}" build number ${number}`);
    if (files.length === 0 && !args.optional) throw abortError(`Failed to copy artifacts from ${name} with filter: ${filter === '' ? '**' : filter}`);
    if (args.fingerprintArtifacts && files.length > 0) {
      const prints: { path: string; md5: string }[] = [];
      for (const path of files) prints.push({ path, md5: (yield* cx.ask('file.digest', { ...cx.place(), path, algorithm: 'md5' })).hex });
      yield* cx.ask('publish', { type: 'fingerprint', name: 'Fingerprints', data: prints });
    }
    return null;
  },
});

/** As ParametersBuildFilter reads them. */
function parametersOf(text: string): Variables {
  return Object.fromEntries([...text.matchAll(/(.*?)=([^,]*)(?:,|$)/g)].map(([, name = '', value = '']) => [name.trim(), value]));
}

function selectorOf(cx: StepContext, value: Value): ArtifactSelector {
  if (value === null) return { kind: 'status', stable: true };
  const described = cx.described(value);
  if (described === null) throw abortError(`copyArtifacts: ${cx.rt.format(value)} is no selector`);
  const { kind, args } = described;
  const text = (name: string): string => cx.expand(cx.rt.str(args.get(name) ?? args.get('') ?? '')).trim();
  const truth = (name: string): boolean => args.get(name) === true;
  switch (kind) {
    case 'lastSuccessful':
    case 'StatusBuildSelector':
      return { kind: 'status', stable: truth('stable') };
    case 'lastCompleted':
    case 'LastCompletedBuildSelector':
      return { kind: 'lastCompleted' };
    case 'lastWithArtifacts':
    case 'LastBuildWithArtifactSelector':
      return { kind: 'lastWithArtifacts' };
    case 'latestSavedBuild':
    case 'SavedBuildSelector':
      return { kind: 'latestSavedBuild' };
    case 'specific':
    case 'SpecificBuildSelector':
      return { kind: 'specific', build: text('buildNumber') };
    case 'permalink':
    case 'PermalinkBuildSelector':
      return { kind: 'permalink', id: text('id') };
    case 'upstream':
    case 'TriggeredBuildSelector':
      return { kind: 'upstream', fallback: truth('fallbackToLastSuccessful'), newest: text('upstreamFilterStrategy') === 'UseNewest' };
    default:
      throw abortError(
        `MR_UNSUPPORTED: copyArtifacts has no selector ${kind}: lastSuccessful, lastCompleted, lastWithArtifacts, latestSavedBuild, specific, permalink and upstream are there`,
      );
  }
}
