/** A variable that every pipeline script sees: one module a variable, listed in `index.ts`. Made when first asked for. */
import type { Value } from '@millrace/groovy';
import type { Execution } from '../engine/execution.ts';
import type { PipelineProgram } from '../engine/pipeline-program.ts';

export interface GlobalVariable {
  readonly name: string;
  /** One line for the documentation. */
  readonly summary: string;
  /** Made again each time it is asked for. */
  readonly fresh?: boolean;
  make(execution: Execution, program: PipelineProgram): Value;
}
