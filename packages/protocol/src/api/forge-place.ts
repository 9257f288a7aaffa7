/** Which forge, and where its API is. */
import { z } from 'zod';

/** `bitbucket` is Bitbucket Cloud; `bitbucketServer` Bitbucket Data Center, which was called Server. */
export const forgeKind = z.enum(['github', 'gitlab', 'gitea', 'bitbucket', 'bitbucketServer']);
export type ForgeKind = z.infer<typeof forgeKind>;
/** Null: that of github.com, gitlab.com or bitbucket.org; Gitea and Bitbucket Data Center have none. */
export const apiUrl = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\/[^\s@?#]+$/, 'an http or https address without user, query or fragment')
  .nullable()
  .default(null);
