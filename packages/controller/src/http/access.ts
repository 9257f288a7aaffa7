/** Whether a principal may use a route. What a user may not even see is not there for them. */
import type { RouteSpec } from '@millrace/protocol';
import { ApiError, itemPath, PERMISSIONS } from '@millrace/protocol';
import type { Principal } from '../auth/principal.ts';
import { can, canSomewhere, leadsSomewhere, reaches } from '../auth/principal.ts';

/** `item`: the path in the address. Throws MR_UNAUTHENTICATED, MR_PASSWORD_CHANGE, MR_SCOPE, MR_ITEM_UNKNOWN, MR_FORBIDDEN. */
export function allow(route: Pick<RouteSpec, 'permission' | 'method' | 'path'>, principal: Principal, item: string | null): void {
  const { permission } = route;
  if (permission === 'everybody') return;
  if (principal.user === null && (permission === 'user' || principal.role === null)) throw new ApiError('MR_UNAUTHENTICATED');
  if (principal.mustChange && !FOR_ALL.has(route.path)) throw new ApiError('MR_PASSWORD_CHANGE');
  if (permission === 'user' || permission === 'reader') {
    // Of the own account a token changes something only where it reaches everything.
    if (permission === 'user' && route.method !== 'GET' && !reaches(principal, 'admin')) throw new ApiError('MR_SCOPE');
    return;
  }
  if (!reaches(principal, PERMISSIONS[permission][1])) throw new ApiError('MR_SCOPE');
  if (item !== null) {
    if (!itemPath.safeParse(item).success) return;
    allowItem(principal, permission, item);
  } else if (!(permission.startsWith('item.') ? canSomewhere(principal, permission) : can(principal, permission, null))) throw denied(principal);
}

/** What a user has to be able to do before the password is changed. */
const FOR_ALL: ReadonlySet<string> = new Set(['/password', '/logout', '/logout-everywhere']);

export function allowItem(principal: Principal, permission: keyof typeof PERMISSIONS, item: string): void {
  if (can(principal, permission, item)) return;
  if (!can(principal, 'item.view', item)) {
    if (permission === 'item.view' && leadsSomewhere(principal, item)) return;
    throw principal.user === null ? new ApiError('MR_UNAUTHENTICATED') : new ApiError('MR_ITEM_UNKNOWN');
  }
  throw denied(principal);
}

function denied(principal: Principal): ApiError {
  return new ApiError(principal.user === null ? 'MR_UNAUTHENTICATED' : 'MR_FORBIDDEN');
}
