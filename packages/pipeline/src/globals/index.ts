/** Every global variable there is. */
import { currentBuildGlobal } from './current-build.ts';
import { dockerGlobal } from './docker.ts';
import { envGlobal } from './env.ts';
import type { GlobalVariable } from './global.ts';
import { paramsGlobal } from './params.ts';
import { scmGlobal } from './scm.ts';
import { stepsGlobal } from './steps.ts';

export const GLOBALS: readonly GlobalVariable[] = [currentBuildGlobal, dockerGlobal, envGlobal, paramsGlobal, scmGlobal, stepsGlobal];
