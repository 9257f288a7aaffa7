/** `steps`: the steps as an object, for classes of libraries (`steps.sh 'make'`). */

import type { Pending, Runtime, Value } from '@millrace/groovy';
import { HostObject } from '@millrace/groovy';
import type { PipelineProgram } from '../engine/pipeline-program.ts';
import type { GlobalVariable } from './global.ts';

class Steps extends HostObject {
  private readonly program: PipelineProgram;
  constructor(program: PipelineProgram) {
    super();
    this.program = program;
  }
  get $type(): string {
    return 'org.jenkinsci.plugins.workflow.cps.DSL';
  }
  invokeMethod(_rt: Runtime, name: string, args: readonly Value[]): Value | Pending | undefined {
    return this.program.callStep(name, args) ?? this.program.call(name, args);
  }
  hasMethod(name: string): boolean {
    return this.program.knows(name);
  }
  getProperty(_rt: Runtime, name: string): Value | Pending | undefined {
    return this.program.variable(name);
  }
  setProperty(): boolean {
    return false;
  }
}

export const stepsGlobal: GlobalVariable = { name: 'steps', summary: 'All steps as an object', make: (_execution, program) => new Steps(program) };
