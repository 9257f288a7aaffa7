/** Addresses of repositories. */

/** An address as it may be shown: without a password that somebody wrote into it. */
export function shownUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@:]*):[^/@]*@/i, '$1:****@');
}

/** Also within longer text. */
export function withoutPasswords(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/[^/@:\s'"]*):[^/@\s'"]*@/gi, '$1:****@');
}

/** The user that a GIT_SSH_COMMAND needs beside an address without one; null where the address names one. */
export function sshUser(url: string, username: string | undefined): string | null {
  if (username === undefined || username === '') return null;
  const scp = /^(?![a-z][a-z0-9+.-]*:\/\/)([^/:]+):/i.exec(url);
  const host = /^(?:ssh|git\+ssh|ssh\+git):\/\/([^/]+)/i.exec(url)?.[1] ?? scp?.[1];
  return host === undefined || host.includes('@') ? null : username;
}
