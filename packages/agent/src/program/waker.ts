/** Waits for a time, or until it is woken. A wake that nobody waited for ends the next wait. */
export class Waker {
  private woken = false;
  private end: (() => void) | null = null;

  readonly wake = (): void => {
    if (this.end === null) this.woken = true;
    else this.end();
  };
  wait(ms: number): Promise<void> {
    if (this.woken) {
      this.woken = false;
      return Promise.resolve();
    }
    return new Promise((done) => {
      const timer = setTimeout(() => this.end?.(), ms);
      this.end = () => {
        clearTimeout(timer);
        this.end = null;
        done();
      };
    });
  }
}
