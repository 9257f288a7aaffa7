/** A kind of `agent` beside the built-in ones: what a plug-in adds. */
import type { Computation, Value } from '@millrace/groovy';
import type { AgentDescriptor } from '../descriptors.ts';
import type { DeclarativeContext } from './context.ts';

export interface AgentType {
  readonly descriptor: AgentDescriptor;
  /**
   * Runs the stages on such an agent. `inside` goes on as another type of agent would, with its settings (a sole unnamed
   * one under the empty name); checkout and the options around hold there as well.
   */
  run(cx: DeclarativeContext, settings: ReadonlyMap<string, Value>, inside: (type: string, settings: ReadonlyMap<string, Value>) => Computation): Computation;
}
