/** Who uses the page, and what they may: as the server will judge it, for what is offered; the server refuses the rest anyhow. */
import { useQuery } from '@tanstack/react-query';
import { ask, setCsrf } from './client.ts';
import { keys } from './keys.ts';
import type { Whoami } from './shapes.ts';

const RANK = { viewer: 1, developer: 2, administrator: 3 } as const;
export type Role = keyof typeof RANK;

export interface Session {
  readonly who: Whoami;
  readonly isSignedIn: boolean;
  /** Whether the role holds everywhere, or at the item of that path. */
  may(role: Role, path?: string): boolean;
}

export function sessionOf(who: Whoami): Session {
  return {
    who,
    isSignedIn: who.user !== null,
    may: (role, path) => {
      const roles = [who.role, ...who.grants.filter((g) => path !== undefined && (path === g.scope || path.startsWith(`${g.scope}/`))).map((g) => g.role)];
      return roles.some((r) => r !== null && RANK[r] >= RANK[role]);
    },
  };
}

export async function fetchWhoami(): Promise<Whoami> {
  const who = await ask<Whoami>(['whoami']);
  setCsrf(who.csrf);
  return who;
}

export function useSession(): Session {
  const { data } = useQuery({ queryKey: keys.whoami, queryFn: fetchWhoami, staleTime: Number.POSITIVE_INFINITY });
  // Pages are shown below what waits for it.
  return sessionOf(data as Whoami);
}
