import type { Computation, Value } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';
import { SECRET_VARIABLES } from '../engine/interpolation-warning.ts';
import { maskText } from '../log/mask.ts';
import type { Bound } from './credential-bindings.ts';
import { bindCredential } from './credential-bindings.ts';
import { contentMasks, secretMasks } from './secret-masks.ts';
import type { Body, StepContext } from './step.ts';
import { defineStep } from './step.ts';

export const withCredentialsStep = defineStep({
  name: 'withCredentials',
  summary: 'Bind credentials to variables',
  block: 'required',
  params: [{ name: 'bindings', type: 'list', required: true, help: '`usernamePassword(…)`, `string(…)`, `file(…)`, `sshUserPrivateKey(…)`, …' }],
  *run(cx, args, body) {
    const bound: Bound = { secret: {}, open: {}, contents: [], folders: [] };
    try {
      for (const value of args.bindings) {
        const binding = cx.described(value);
        if (binding === null)
          throw new JavaThrowable(
            'java.lang.ClassCastException',
            `bindings expects class org.jenkinsci.plugins.credentialsbinding.MultiBinding but received ${value === null ? 'null' : cx.rt.classOf(value).javaString()}`,
          );
        yield* bindCredential(cx, binding, bound);
      }
      const names = Object.keys(bound.secret);
      const windows = cx.scope.node?.windows === true;
      if (names.length > 0) cx.log(`Masking supported pattern matches of ${names.map((name) => (windows ? `%${name}%` : `$${name}`)).join(' or ')}`);
      return yield* runBound(cx, body, bound);
    } finally {
      yield* removeFolders(cx, bound.folders);
    }
  },
});

/** Runs a body in which secrets are bound: masked in what it prints, and in the error that it ends with. */
export function* runBound(cx: StepContext, body: Body, bound: Bound): Computation<Value> {
  const masks = [...secretMasks(Object.values(bound.secret)), ...contentMasks(bound.contents)];
  const secrets = { ...(cx.scope.extra[SECRET_VARIABLES] as Record<string, string> | undefined), ...bound.secret };
  try {
    return yield* cx.runBody(body, { env: { ...bound.secret, ...bound.open }, masks, extra: { [SECRET_VARIABLES]: secrets } });
  } catch (error) {
    // The error is printed where the masks no longer hold.
    for (let e: unknown = error; e instanceof JavaThrowable; e = e.causedBy) if (e.detail !== null) e.detail = maskText(e.detail, masks);
    throw error;
  }
}

export function* removeFolders(cx: StepContext, folders: readonly string[]): Generator<unknown, void, unknown> {
  for (const path of folders) {
    try {
      yield* cx.ask('file.delete', { ...cx.place(), path });
    } catch (error) {
      // A lost node has taken its files along.
      if (!(error instanceof JavaThrowable)) throw error;
    }
  }
}
