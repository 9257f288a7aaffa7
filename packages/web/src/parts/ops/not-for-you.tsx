import type { ReactElement } from 'react';

/** In place of what the role may not see: nothing is asked that would be refused. */
export function NotForYou({ title, text }: { readonly title: string; readonly text: string }): ReactElement {
  return (
    <section className="card">
      <h1>{title}</h1>
      <p>{text}</p>
    </section>
  );
}
