/** Which forge, and where its API is. */
import { z } from 'zod';

export const forgeKind = z.enum(['github', 'gitlab', 'gitea']);
export type ForgeKind = z.infer<typeof forgeKind>;
/** Null: that of github.com or gitlab.com; Gitea has none. */
export const apiUrl = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\/[^\s@?#]+$/, 'an http or https address without user, query or fragment')
  .nullable()
  .default(null);
