/** Names and what stands for them, below or beside each other (`tiles`). What has nothing is left out. */
import type { ReactElement, ReactNode } from 'react';

export function FactsList({ facts, tiles = false }: { readonly facts: readonly (readonly [string, ReactNode])[]; readonly tiles?: boolean }): ReactElement {
  return (
    <dl className={tiles ? 'tiles' : ''}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
