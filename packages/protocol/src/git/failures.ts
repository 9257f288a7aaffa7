/** What git's own words mean: a code, and what to do. Read from standard error, whose language is English (`LC_ALL=C`). */

export type GitFailureCode = 'MR_GIT_HOST_KEY' | 'MR_GIT_CREDENTIALS' | 'MR_GIT_AWAY' | 'MR_GIT_REF' | 'MR_GIT_TIMEOUT' | 'MR_GIT_LARGE' | 'MR_GIT';

export interface GitFailure {
  readonly code: GitFailureCode;
  /** A sentence for people; empty where git's words say all that is known. */
  readonly hint: string;
}

const MEANINGS: readonly { readonly code: GitFailureCode; readonly words: RegExp; readonly hint: string }[] = [
  {
    code: 'MR_GIT_HOST_KEY',
    words: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    hint: 'The SSH server shows another host key than the one that is known. Find out why before anything else: where the server got a new key, replace its line in `git.knownHosts` of the configuration, or in the known_hosts file of the machine.',
  },
  {
    code: 'MR_GIT_HOST_KEY',
    words: /Host key verification failed|No \S+ host key is known for/,
    hint: "The host key of the SSH server is not known here. Get it with `ssh-keyscan HOST`, compare its fingerprint with what the server's owner publishes, and add the line to `git.knownHosts` of the configuration, or to the known_hosts file of the machine; or set `git.hostKeyVerification: accept-first`.",
  },
  {
    code: 'MR_GIT_REF',
    words: /couldn't find remote ref|Remote branch \S+ not found|not our ref|Server does not allow request for unadvertised object|no such remote ref/i,
    hint: 'The repository has no such branch, tag or commit.',
  },
  {
    code: 'MR_GIT_CREDENTIALS',
    words:
      /Authentication failed|could not read Username|could not read Password|terminal prompts disabled|Permission denied \(|HTTP Basic: Access denied|Invalid username or (password|token)|returned error: 40[13]|Load key .*: |incorrect passphrase/i,
    hint: 'The repository refuses the credential, or needs one. Look at the credentialsId, and at what that credential may read.',
  },
  {
    code: 'MR_GIT_AWAY',
    words:
      /Could not resolve host|Connection refused|Connection timed out|Connection reset|Operation timed out|Network is unreachable|No route to host|Name or service not known|Temporary failure in name resolution|unable to access|The requested URL returned error|Could not read from remote repository|does not appear to be a git repository|[Rr]epository .*not found|repository '.*' does not exist|early EOF|unexpected disconnect|hung up unexpectedly|Connection closed by/,
    hint: 'The repository does not answer, is not there, or may not be seen with this credential. Look at its address.',
  },
];

export function gitFailure(stderr: string): GitFailure {
  for (const { code, words, hint } of MEANINGS) if (words.test(stderr)) return { code, hint };
  return { code: 'MR_GIT', hint: '' };
}
