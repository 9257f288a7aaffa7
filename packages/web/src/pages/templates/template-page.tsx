/** A template: its jobs with their versions, and another version for them, which is tried first. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button, Checkbox } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Template, TemplateJob, VersionOutcome } from '../../api/shapes.ts';
import { useAct } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { TextInput } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { wordsIn } from '../../parts/schema-fields.tsx';
import { itemAddress } from '../../paths.ts';

type Outcome = VersionOutcome['jobs'][number];
interface Place {
  readonly library: string;
  readonly name: string;
  readonly folder: string | null;
}

export function TemplatePage({ library, name, folder }: Place): ReactElement {
  const { t, i18n } = useTranslation();
  const shown = useQuery({
    queryKey: keys.template(library, name, { folder }),
    queryFn: () => ask<Template>(['templates', library, name], { query: { folder } }),
    retry: false,
  });
  return (
    <>
      <nav aria-label={t('nav.crumbs')} className="crumbs">
        <ol>
          <li>
            <Link href="/templates">{t('templates.title')}</Link>
          </li>
          <li aria-current="page">
            {library}/{name}
          </li>
        </ol>
      </nav>
      <Loaded query={shown}>
        {(template) => (
          <>
            <h1>{wordsIn(template.title, i18n.language)}</h1>
            <p className="quiet">{wordsIn(template.description, i18n.language)}</p>
            <p>
              {t('templates.version')}: {template.version ?? t('templates.libraryVersion')}{' '}
              {template.commit !== null && <code>{template.commit.slice(0, 10)}</code>}
            </p>
            <p>
              <Link className="button main" href={`/new?library=${library}&template=${name}${folder === null ? '' : `&in=${encodeURIComponent(folder)}`}`}>
                {t('templates.newJob')}
              </Link>
            </p>
            {template.notes.length > 0 && (
              <section className="card">
                <h2>{t('templates.notes')}</h2>
                <dl>
                  {template.notes.map((note) => (
                    <div key={note.version}>
                      <dt>{note.version}</dt>
                      <dd>{wordsIn(note.text, i18n.language)}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            )}
            <Jobs library={library} name={name} folder={folder} versions={template.versions} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Jobs({ library, name, folder, versions }: Place & { readonly versions: Template['versions'] }): ReactElement {
  const { t } = useTranslation();
  const pages = usePages<TemplateJob>({
    key: keys.template(library, name, { folder, jobs: true }),
    words: ['templates', library, name, 'jobs'],
    query: { folder },
    limit: 100,
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [version, setVersion] = useState('');
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  /** All portions: one that was lost is asked for again without harm. */
  const act = useAct<'try' | 'move'>(async (what) => {
    const found = new Map<string, Outcome>();
    let after: string | null = null;
    do {
      const body = { folder, version: version === '' ? null : version, jobs: chosen.size === 0 ? null : [...chosen], after };
      const answer: VersionOutcome = await ask<VersionOutcome>(['templates', library, name, what], { method: 'POST', body });
      for (const outcome of answer.jobs) found.set(outcome.path, outcome);
      after = answer.next;
    } while (after !== null);
    setOutcomes(found);
  });
  const fitting = [...outcomes.values()].filter((o) => o.outcome === 'fits');
  return (
    <section>
      <h2>{t('templates.jobs')}</h2>
      <Paged pages={pages}>
        {(jobs) =>
          jobs.length === 0 ? (
            <p className="quiet">{t('templates.noJobs')}</p>
          ) : (
            <>
              <div className="card">
                <h3>{t('templates.change')}</h3>
                <TextInput
                  label={t('templates.version')}
                  about={versions
                    .map((v) => v.name)
                    .slice(-12)
                    .join(' · ')}
                  value={version}
                  onChange={(typed) => {
                    setVersion(typed);
                    setOutcomes(new Map());
                  }}
                />
                <div className="row">
                  <Button className="button" isDisabled={act.isPending} onPress={() => act.mutate('try')}>
                    {chosen.size === 0 ? t('templates.tryAll') : t('templates.trySome', { count: chosen.size })}
                  </Button>
                  <Button className="button main" isDisabled={act.isPending || fitting.length === 0} onPress={() => act.mutate('move')}>
                    {t('templates.moveSome', { count: fitting.length })}
                  </Button>
                </div>
                {act.error !== null && <ProblemView error={act.error} />}
              </div>
              <DataTable caption={t('templates.jobs')}>
                <thead>
                  <tr>
                    <th scope="col">{t('templates.job')}</th>
                    <th scope="col">{t('templates.version')}</th>
                    <th scope="col">{t('templates.result')}</th>
                  </tr>
                </thead>
                <tbody>
                  {jobs.map((job) => (
                    <tr key={job.path}>
                      <td>
                        <Checkbox
                          className="check"
                          aria-label={t('templates.select', { name: job.path })}
                          isSelected={chosen.has(job.path)}
                          onChange={(isChosen) => {
                            const next = new Set(chosen);
                            if (isChosen) next.add(job.path);
                            else next.delete(job.path);
                            setChosen(next);
                            setOutcomes(new Map());
                          }}
                        >
                          <span className="check-box" aria-hidden="true" />
                        </Checkbox>{' '}
                        <Link href={itemAddress(job.path)}>{job.path}</Link>
                      </td>
                      <td>{job.version ?? t('templates.libraryVersion')}</td>
                      <td>
                        <Result outcome={outcomes.get(job.path)} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </DataTable>
            </>
          )
        }
      </Paged>
    </section>
  );
}

function Result({ outcome }: { readonly outcome: Outcome | undefined }): ReactElement | null {
  const { t } = useTranslation();
  if (outcome === undefined) return null;
  return (
    <>
      {t(`templates.outcome.${outcome.outcome}`)}
      {outcome.errors.map((error) => (
        <div key={`${error.pointer} ${error.detail}`} className="quiet" lang="en">
          <code>{error.pointer.replace('#/definition/parameters/', '')}</code> {error.detail}
        </div>
      ))}
    </>
  );
}
