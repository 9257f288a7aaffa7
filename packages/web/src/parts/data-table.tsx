import type { ReactElement, ReactNode } from 'react';

/** A table under its name. Where it is wider than the page it moves for itself, by the keyboard too. */
export function DataTable({ caption, children }: { readonly caption: string; readonly children: ReactNode }): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached
    <section className="scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="hidden">{caption}</caption>
        {children}
      </table>
    </section>
  );
}
