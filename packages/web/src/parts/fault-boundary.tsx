/** What stands in place of a page that has a fault, or whose code could not be read: the rest goes on, and so does one who goes elsewhere. */
import type { ErrorInfo, ReactNode } from 'react';
import { Component } from 'react';
import { ProblemView } from './problem-view.tsx';

interface Props {
  readonly at: string;
  readonly children: ReactNode;
}
interface State {
  readonly at: string;
  readonly error: unknown;
}

export class FaultBoundary extends Component<Props, State> {
  override state: State = { at: this.props.at, error: null };
  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }
  static getDerivedStateFromProps({ at }: Props, state: State): Partial<State> | null {
    return at === state.at ? null : { at, error: null };
  }
  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }
  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ProblemView error={this.state.error} again={() => location.reload()} />;
  }
}
