/** Follows build-user-vars: variables that say who started the build, or what. */
import type { Computation } from '@millrace/groovy';
import { OTHER_BUILDS } from '../journal/flags.ts';
import { SERVER, type Server } from '../server-model/server-asks.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';

export const withBuildUserStep = defineStep({
  name: 'withBuildUser',
  summary: 'Set jenkins user build variables',
  block: 'required',
  params: [],
  *run(cx, _args, body) {
    return yield* cx.runBody(body, { env: yield* buildUserVariables(cx) });
  },
});

/** `BUILD_USER`, `BUILD_USER_ID`, …: of a build that others started, those of the first of them. */
export function* buildUserVariables(cx: StepContext): Computation<Record<string, string>> {
  const server = cx.shared<Server | null>(SERVER, () => null);
  if (server === null || !cx.has(OTHER_BUILDS)) return named(causedBy(cx));
  const user = yield* server.ask('buildUser', {});
  if (user === null) return {};
  return { ...named(user), ...(user.email === null ? {} : { BUILD_USER_EMAIL: user.email }) };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function named(user: Named | null): Record<string, string> {
  if (user === null) return {};
  const [first = '', last] = user.name.trim().split(/\s+/);
  return { BUILD_USER: user.name, BUILD_USER_ID: user.id, BUILD_USER_FIRST_NAME: first, ...(last === undefined ? {} : { BUILD_USER_LAST_NAME: last }) };
}

/** As journals without the flag have it. */
function causedBy(cx: StepContext): Named | null {
  for (const { data } of cx.build.causes) {
    const id = data?.['userId'],
      name = data?.['userName'];
    if (typeof id === 'string' || typeof name === 'string') return { id: String(id ?? name), name: String(name ?? id) };
  }
  return null;
}
