import type { ReactElement } from 'react';

export function Labels({ labels, none }: { readonly labels: readonly string[]; readonly none: string }): ReactElement {
  if (labels.length === 0) return <span className="quiet">{none}</span>;
  return (
    <ul className="tags">
      {labels.map((label) => (
        <li key={label} className="tag">
          {label}
        </li>
      ))}
    </ul>
  );
}
