import { JavaThrowable } from '@millrace/groovy';

/** script-security's refusal; `what` is the whitelist's line. */
export function rejectedAccess(what: string): JavaThrowable {
  return new JavaThrowable('org.jenkinsci.plugins.scriptsecurity.sandbox.RejectedAccessException', `Scripts not permitted to use ${what}`);
}
