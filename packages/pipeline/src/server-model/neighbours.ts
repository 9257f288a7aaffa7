/** The builds before and after one, as hudson.model.Run finds them. What the journal's header tells is not asked for. */
import type { Computation, Pending, Value } from '@millrace/groovy';
import type { BuildFacts, ResultName } from '../engine/build.ts';
import { RESULTS } from '../engine/build.ts';
import { OTHER_BUILDS } from '../journal/flags.ts';
import type { SeenBuild, Server } from './server-asks.ts';

const but = (...left: readonly ResultName[]): readonly ResultName[] => RESULTS.filter((result) => !left.includes(result));

/** The results that each of them looks for; null: it runs. */
const WANTED: { readonly [property: string]: readonly (ResultName | null)[] } = {
  previousBuild: [null, ...RESULTS],
  previousBuildInProgress: [null],
  previousCompletedBuild: RESULTS,
  previousBuiltBuild: but('NOT_BUILT'),
  previousSuccessfulBuild: ['SUCCESS'],
  previousFailedBuild: ['FAILURE'],
  previousNotFailedBuild: [null, ...but('FAILURE')],
};
export const PREVIOUS = Object.keys(WANTED);

/** `property`: one of PREVIOUS, or `nextBuild`. `make`: of what is found. */
export function neighbour(server: Server, of: Pick<SeenBuild, 'job' | 'number'>, property: string, make: (build: SeenBuild) => Value): Value | Pending {
  const { execution } = server;
  if (!execution.journal.has(OTHER_BUILDS)) return formerly(execution.facts, of.number, property, make);
  const results = WANTED[property];
  const known = results === undefined || of.job !== execution.facts.job ? undefined : inFacts(execution.facts, of.number, results);
  if (known !== undefined) return known === null ? null : make(known);
  return server.defer(
    (function* (): Computation {
      const which = results === undefined ? { after: of.number } : { before: of.number, results };
      const found = yield* server.ask('otherBuild', { job: of.job, ...which });
      return found === null ? null : make(found);
    })(),
  );
}

/** Null: there is none. Undefined: the facts do not tell, which end with some build, and know others as they were then. */
function inFacts(facts: BuildFacts, number: number, results: readonly (ResultName | null)[]): SeenBuild | null | undefined {
  for (const build of facts.previous) {
    if (build.number >= number) continue;
    if (build.result === null) return undefined;
    if (results.includes(build.result)) return { ...build, job: facts.job };
  }
  const oldest = facts.previous.at(-1);
  return oldest === undefined || oldest.number === 1 ? null : undefined;
}

/** As journals without the flag have it. */
function formerly(facts: BuildFacts, number: number, property: string, make: (build: SeenBuild) => Value): Value {
  const wanted = {
    ...WANTED,
    previousBuildInProgress: [],
    previousBuiltBuild: but('NOT_BUILT', 'ABORTED'),
    previousSuccessfulBuild: ['SUCCESS', 'UNSTABLE'],
    previousNotFailedBuild: but('FAILURE'),
  }[property] as readonly (ResultName | null)[] | undefined;
  const found = facts.previous.find((build) => build.number < number && wanted?.includes(build.result));
  return found === undefined ? null : make({ ...found, job: facts.job });
}
