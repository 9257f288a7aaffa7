/** What had changed since the build before, by whom, and which commits it was built from. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Build, BuildRevisions, Change } from '../../api/shapes.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import { Ago } from '../../parts/time.tsx';

export function Changes({ build }: { readonly build: Build }): ReactElement {
  const { job } = build;
  const number = build.number as number;
  const words = ['items', job, 'builds', number];
  const pages = usePages<Change>({ key: keys.buildPart(job, number, 'changes'), words: [...words, 'changes'], limit: 100 });
  const revisions = useQuery({ queryKey: keys.buildPart(job, number, 'revisions'), queryFn: () => ask<BuildRevisions>([...words, 'revisions']) });
  const { t } = useTranslation();
  return (
    <section>
      <Loaded query={revisions}>{(data) => <Culprits of={data} />}</Loaded>
      <Paged pages={pages}>
        {(changes) =>
          changes.length === 0 ? (
            <p className="quiet">{t('changes.none')}</p>
          ) : (
            <ol className="steps">
              {changes.map((one) => (
                <OneChange key={one.n} change={one} />
              ))}
            </ol>
          )
        }
      </Paged>
      <Loaded query={revisions}>{(data) => <Sources of={data} />}</Loaded>
    </section>
  );
}

function Culprits({ of }: { readonly of: BuildRevisions }): ReactElement | null {
  const { t } = useTranslation();
  // One name may have several addresses.
  const names = [...new Set(of.culprits.map((c) => c.name))];
  return names.length === 0 ? null : <p>{t('changes.culprits', { names: names.join(', ') })}</p>;
}

function OneChange({ change }: { readonly change: Change }): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="step">
      <button type="button" className="step-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> <code>{change.commit?.slice(0, 8) ?? ''}</code> <span className="step-label">{change.title}</span>
        {change.library !== null && <span className="tag">{t('changes.ofLibrary', { name: change.library })}</span>}
        <span className="space" />
        <span className="quiet">
          {change.author} · <Ago at={change.at} />
        </span>
      </button>
      {isOpen && (
        <div className="step-more">
          <pre>{change.comment}</pre>
          {change.files.length > 0 && (
            <>
              <h3>{t('changes.files')}</h3>
              <ul>
                {change.files.map(({ edit, path }) => (
                  <li key={path}>
                    <span className="quiet">{t(`changes.edit.${edit}`)}</span> <code>{path}</code>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </li>
  );
}

function Sources({ of }: { readonly of: BuildRevisions }): ReactElement | null {
  const { t } = useTranslation();
  const { revisions } = of;
  if (revisions.length === 0) return null;
  return (
    <>
      {revisions.some((r) => r.moreChanges) && <p className="quiet">{t('changes.more')}</p>}
      <h2>{t('changes.revisions')}</h2>
      <ul>
        {revisions.map((r, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of an ended build does not change
          <li key={i}>
            <span className="quiet">{t(`changes.kind.${r.kind}`, { name: r.library ?? '' })}</span> {r.url} <strong>{r.branch}</strong> <code>{r.commit}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
