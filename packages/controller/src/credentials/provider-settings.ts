import { credentialShapes } from '@millrace/protocol';
import { z } from 'zod';

/** What every kind of provider takes. */
export const commonSettings = {
  name: z.string().min(1).max(100),
  allow: credentialShapes.credentialAllow.prefault({}),
  /** How long an answer is kept in memory; 0: not at all. */
  cacheSeconds: z.int().min(0).max(3_600).default(30),
};
