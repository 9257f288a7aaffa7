/** `out` of a template: what it has written so far, within what a mail may have. */
import type { Runtime, Value } from '@millrace/groovy';
import { HostObject, JavaThrowable } from '@millrace/groovy';

/** Characters; the server sends no more. */
const MOST = 4 << 20;

export class TemplateOutput extends HostObject {
  private readonly parts: string[] = [];
  private size = 0;
  get $type(): string {
    return 'java.io.PrintWriter';
  }
  text(): string {
    return this.parts.join('');
  }
  hasMethod(name: string): boolean {
    return name === 'print' || name === 'println' || name === 'leftShift' || name === 'append' || name === 'write';
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    if (!this.hasMethod(name) || args.length > 1) return undefined;
    if (args.length === 1) this.add(rt, rt.format(args[0] as Value));
    if (name === 'println') this.add(rt, '\n');
    return name === 'leftShift' || name === 'append' ? this : null;
  }
  getProperty(): undefined {
    return undefined;
  }
  setProperty(): boolean {
    return false;
  }
  private add(rt: Runtime, text: string): void {
    rt.alloc(text.length);
    this.size += text.length;
    if (this.size > MOST) throw new JavaThrowable('java.lang.IllegalStateException', `A template may write ${MOST} characters`);
    this.parts.push(text);
  }
}
