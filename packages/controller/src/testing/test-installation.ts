import type { Installation } from '../config/installation.ts';

/** A configuration that says nothing but what is given, and builds without a quiet period. */
export function testInstallation(said: Partial<Installation> = {}): Installation {
  return { tools: [], toolDescriptors: [], toolEnvironment: () => ({}), credentials: [], libraries: [], env: {}, quietPeriodSeconds: 0, ...said };
}
