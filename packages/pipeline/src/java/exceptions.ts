/** Jenkins' own exceptions, and the causes of an interruption. */

import type { JavaThrowable, NativeClass, Value } from '@millrace/groovy';
import { JavaList, JavaObject } from '@millrace/groovy';
import { FLOW_INTERRUPTED, interruptionOf } from '../engine/throwables.ts';
import type { InterruptionCause } from '../steps/step.ts';
import { Result } from './result.ts';

export class Cause extends JavaObject {
  readonly cause: InterruptionCause;
  constructor(cause: InterruptionCause) {
    super();
    this.cause = cause;
  }
  get $type(): string {
    return this.cause.type;
  }
  override javaString(): string {
    return this.cause.description;
  }
}

const causes = (error: JavaThrowable): Value => new JavaList((interruptionOf(error)?.causes ?? []).map((cause) => new Cause(cause)));

const CAUSE_CLASSES = [
  'jenkins.model.CauseOfInterruption$UserInterruption',
  'org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution$ExceededTimeout',
  'org.jenkinsci.plugins.workflow.cps.steps.ParallelStep$FailFastCause',
  'org.jenkinsci.plugins.workflow.support.steps.input.Rejection',
  'org.jenkinsci.plugins.workflow.support.steps.StageStepExecution$CanceledCause',
  'org.jenkinsci.plugins.pipeline.milestone.CancelledCause',
  'org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty$CancelledCause',
  'org.jenkinsci.plugins.workflow.support.steps.build.BuildTriggerCancelledCause',
] as const;

/** Classes without members of their own, by their superclass. */
const PLAIN: readonly (readonly [name: string, superclass: string])[] = [
  ['org.jenkinsci.plugins.workflow.steps.MissingContextVariableException', 'java.lang.Exception'],
  ['org.jenkinsci.plugins.credentialsbinding.impl.CredentialNotFoundException', 'hudson.AbortException'],
  ['hudson.plugins.git.GitException', 'java.lang.RuntimeException'],
  ['java.nio.file.FileSystemException', 'java.io.IOException'],
  ['java.nio.file.NoSuchFileException', 'java.nio.file.FileSystemException'],
  ['java.nio.file.AccessDeniedException', 'java.nio.file.FileSystemException'],
];

export const exceptionClasses: readonly NativeClass[] = [
  {
    name: FLOW_INTERRUPTED,
    superclass: 'java.lang.InterruptedException',
    methods: {
      'getResult()': (_rt, self: JavaThrowable) => new Result(interruptionOf(self)?.result ?? 'ABORTED'),
      'getCauses()': (_rt, self: JavaThrowable) => causes(self),
      'isActualInterruption()': (_rt, self: JavaThrowable) => interruptionOf(self)?.actual ?? true,
    },
  },
  { name: 'jenkins.model.CauseOfInterruption', kind: 'abstract', methods: { 'getShortDescription()': (_rt, self: Cause) => self.cause.description } },
  ...CAUSE_CLASSES.map(
    (name): NativeClass => ({
      name,
      superclass: 'jenkins.model.CauseOfInterruption',
      methods: name.endsWith('UserInterruption') ? { 'getUserId()': (_rt, self: Cause) => self.cause.description.replace(/^Aborted by /, '') } : {},
    }),
  ),
  ...PLAIN.map(([name, superclass]): NativeClass => ({ name, superclass })),
];
