/** The templates of the installation, and one of them with its jobs. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearch } from 'wouter';
import { ask } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import type { TemplateList } from '../api/shapes.ts';
import { Loaded } from '../parts/loaded.tsx';
import { wordsIn } from '../parts/schema-fields.tsx';
import { TemplatePage } from './templates/template-page.tsx';

export default function Templates(): ReactElement {
  const { '*': rest = '' } = useParams<{ '*'?: string }>();
  const folder = new URLSearchParams(useSearch()).get('in');
  const [library = '', name = ''] = rest.split('/').map(decodeURIComponent);
  return name === '' ? <List folder={folder} /> : <TemplatePage key={rest} library={library} name={name} folder={folder} />;
}

function List({ folder }: { readonly folder: string | null }): ReactElement {
  const { t, i18n } = useTranslation();
  const list = useQuery({ queryKey: keys.templates(folder), queryFn: () => ask<TemplateList>(['templates'], { query: { folder } }) });
  return (
    <>
      <h1>{t('templates.title')}</h1>
      <p className="quiet">{t('templates.about')}</p>
      <Loaded query={list}>
        {({ libraries }) =>
          libraries.map((library) => (
            <section key={library.library} className="card">
              <h2>
                {t('templates.library', { name: library.library })} {library.version !== null && <small className="quiet">{library.version}</small>}
              </h2>
              {library.folder !== null && <p className="quiet">{t('templates.ofFolder', { folder: library.folder })}</p>}
              {library.error !== null && (
                <p className="problem" role="alert">
                  <code>{library.error.code}</code> <span lang="en">{library.error.message}</span>
                </p>
              )}
              {library.error === null && library.templates.length === 0 && <p className="quiet">{t('templates.none')}</p>}
              <ul>
                {library.templates.map((one) => (
                  <li key={one.name}>
                    <Link href={`/templates/${library.library}/${one.name}${folder === null ? '' : `?in=${encodeURIComponent(folder)}`}`}>
                      {wordsIn(one.title, i18n.language)}
                    </Link>{' '}
                    <span className="quiet">{wordsIn(one.description, i18n.language)}</span>
                    {one.error !== null && (
                      <p className="problem" role="alert">
                        <code>{one.error.code}</code> <span lang="en">{one.error.message}</span>
                      </p>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          ))
        }
      </Loaded>
    </>
  );
}
