/** Every global variable there is. */
import { envGlobal } from './env.ts';
import type { GlobalVariable } from './global.ts';
import { paramsGlobal } from './params.ts';

export const GLOBALS: readonly GlobalVariable[] = [envGlobal, paramsGlobal];
