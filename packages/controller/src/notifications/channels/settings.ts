/** What the settings of all kinds of channels have in common. */
import { z } from 'zod';

export const channelSettings = {
  kind: z.string(),
  name: z.string().regex(/^[\w.-]{1,100}$/, 'letters, digits, dots and dashes'),
  /** Of the messages that Millrace itself words. */
  language: z.enum(['en', 'zh']).default('en'),
  perMinute: z.int().min(1).max(10_000).optional(),
};

export const httpUrl = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\/[^\s]+$/, 'an address that begins with https://');
export const credentialsId = z.string().min(1).max(200);
