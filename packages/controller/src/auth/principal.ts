/**
 * Who asks, and what they may. Roles hold on everything (users.role) and below a folder or on a job (grants): what is nearer
 * can only add, more rights from above stay. A token reaches no further than its scopes.
 */
import type { Permission, Role, Scope } from '@millrace/protocol';
import { PERMISSIONS, ROLES } from '@millrace/protocol';

export interface Grant {
  readonly scope: string;
  readonly role: Role;
}

export interface Principal {
  /** Null: anonymous. */
  readonly user: string | null;
  readonly fullName: string;
  readonly role: Role | null;
  readonly grants: readonly Grant[];
  readonly via: 'anonymous' | 'session' | 'token' | 'password';
  /** Of the token; null: no limit. */
  readonly scopes: readonly Scope[] | null;
  readonly mustChange: boolean;
  /** Of a session. */
  readonly session: { readonly hash: string; readonly csrf: string } | null;
}

export function anonymous(role: Role | null): Principal {
  return { user: null, fullName: 'anonymous', role, grants: [], via: 'anonymous', scopes: null, mustChange: false, session: null };
}

const REACH: Readonly<Record<Scope, readonly Scope[]>> = { read: ['read'], build: ['read', 'build'], admin: ['read', 'build', 'admin'] };

export function reaches(principal: Pick<Principal, 'scopes'>, scope: Scope): boolean {
  return principal.scopes?.some((s) => REACH[s].includes(scope)) ?? true;
}

/** `item`: the full name of a folder or job; null: everything. */
export function can(principal: Pick<Principal, 'role' | 'grants' | 'scopes'>, permission: Permission, item: string | null): boolean {
  const [least, scope] = PERMISSIONS[permission];
  return reaches(principal, scope) && rankOf(roleOn(principal, item)) >= rankOf(least);
}

/** Somewhere: what is asked for exactly is known later. */
export function canSomewhere(principal: Pick<Principal, 'role' | 'grants' | 'scopes'>, permission: Permission): boolean {
  return can(principal, permission, null) || principal.grants.some(({ scope }) => can(principal, permission, scope));
}

/** Whether something below the folder may be viewed: it then shows itself, as the way there. */
export function leadsSomewhere(principal: Pick<Principal, 'role' | 'grants' | 'scopes'>, folder: string): boolean {
  return principal.grants.some(({ scope }) => scope.startsWith(`${folder}/`) && can(principal, 'item.view', scope));
}

export function roleOn({ role, grants }: Pick<Principal, 'role' | 'grants'>, item: string | null): Role | null {
  let best = role;
  if (item === null) return best;
  for (const grant of grants) if ((item === grant.scope || item.startsWith(`${grant.scope}/`)) && rankOf(grant.role) > rankOf(best)) best = grant.role;
  return best;
}

function rankOf(role: Role | null): number {
  return role === null ? -1 : ROLES.indexOf(role);
}
