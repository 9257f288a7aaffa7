/** Why something waits. */
import type { ReactElement } from 'react';
import type { Why } from '../api/shapes.ts';
import { useWhyText } from '../i18n/why-text.ts';
import { StatusIcon } from './status.tsx';

export function WhyText({ why }: { readonly why: Why }): ReactElement {
  const text = useWhyText();
  return (
    <p>
      <StatusIcon status="waiting" size={16} /> <strong>{text(why)}</strong>
    </p>
  );
}
