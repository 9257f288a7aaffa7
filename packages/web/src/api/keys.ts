/** Names of what is asked for, in the query cache: what events change is found by their beginnings. */
export const keys = {
  whoami: ['whoami'],
  version: ['version'],
  items: (folder: string | null) => ['items', folder ?? ''],
  item: (path: string) => ['item', path],
  builds: (path: string, more: { readonly [name: string]: unknown } = {}) => ['builds', path, more],
  build: (path: string, number: number) => ['build', path, number],
  buildPart: (path: string, number: number, part: string, more: { readonly [name: string]: unknown } = {}) => ['build', path, number, part, more],
  queue: ['queue'],
  nodes: ['nodes'],
  clouds: ['clouds'],
  fleet: ['fleet'],
  users: ['users'],
  credentials: (folder: string | null) => ['credentials', folder ?? ''],
  sealingKeys: ['keys'],
  tokens: ['tokens'],
  audit: (more: { readonly [name: string]: unknown }) => ['audit', more],
} as const;
