/**
 * Who may do what, as data. A permission is held by roles and reached by scopes of API tokens. Three are no rights: `everybody`
 * asks for nothing, `user` for a login, and `reader` for a login or an installation that shows itself to everybody; what they
 * then see is what they may.
 */
export const ROLES = ['viewer', 'developer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ['read', 'build', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** The least role, and the scope that a token needs. A token of `admin` reaches everything, `build` what `read` does too. */
export const PERMISSIONS = {
  'item.view': ['viewer', 'read'],
  'item.create': ['developer', 'admin'],
  'item.configure': ['developer', 'admin'],
  'item.move': ['developer', 'admin'],
  'item.delete': ['developer', 'admin'],
  'build.start': ['developer', 'build'],
  'build.stop': ['developer', 'build'],
  'build.change': ['developer', 'build'],
  'build.replay': ['developer', 'build'],
  'build.delete': ['developer', 'admin'],
  // Whoever is named by an input may answer it: the service looks.
  'build.answer': ['viewer', 'build'],
  'queue.view': ['viewer', 'read'],
  'node.view': ['viewer', 'read'],
  'node.change': ['administrator', 'admin'],
  'fleet.view': ['viewer', 'read'],
  'fleet.change': ['administrator', 'admin'],
  'resource.view': ['viewer', 'read'],
  'resource.reserve': ['developer', 'build'],
  'resource.change': ['administrator', 'admin'],
  'credential.view': ['developer', 'read'],
  'credential.change': ['administrator', 'admin'],
  'delivery.view': ['developer', 'read'],
  'delivery.change': ['administrator', 'admin'],
  'notification.view': ['developer', 'read'],
  'notification.change': ['administrator', 'admin'],
  'user.manage': ['administrator', 'admin'],
  'audit.view': ['administrator', 'admin'],
} as const satisfies { readonly [permission: string]: readonly [Role, Scope] };

export type Permission = keyof typeof PERMISSIONS;
/** Of a route. */
export type Access = Permission | 'everybody' | 'user' | 'reader';
