/** The heading of a page, and of its tab in the browser, with what can be done there. */
import type { ReactElement, ReactNode } from 'react';
import { useTitle } from '../title.ts';

export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactElement {
  useTitle(title);
  return (
    <div className="row wrap page-head">
      <h1>{title}</h1>
      <span className="space" />
      {children}
    </div>
  );
}
