/** Every step there is. A new step is added here and nowhere else. */
import type { AnyStep } from './step.ts';
import { catchErrorStep } from './catch-error.ts';
import { dirStep } from './dir.ts';
import { echoStep } from './echo.ts';
import { errorStep } from './error.ts';
import { inputStep } from './input.ts';
import { nodeStep } from './node.ts';
import { parallelStep } from './parallel.ts';
import { retryStep } from './retry.ts';
import { shStep } from './sh.ts';
import { sleepStep } from './sleep.ts';
import { stageStep } from './stage.ts';
import { timeoutStep } from './timeout.ts';
import { withEnvStep } from './with-env.ts';

export const STEPS: readonly AnyStep[] = [
  catchErrorStep, dirStep, echoStep, errorStep, inputStep, nodeStep, parallelStep, retryStep, shStep, sleepStep, stageStep,
  timeoutStep, withEnvStep,
];
