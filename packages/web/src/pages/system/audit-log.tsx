/** Who changed what, the newest first. The filter is in the address: it can be handed on, and the browser goes back from it. */
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { keys } from '../../api/keys.ts';
import type { AuditPage } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { useFields } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { TextInput } from '../../parts/fields.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { Paged, usePages } from '../../parts/paged.tsx';

type Entry = AuditPage['entries'][number];
const BY = ['user', 'action', 'subject'] as const;
type Filter = Readonly<Record<(typeof BY)[number], string>>;

export function AuditLog(): ReactElement {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const filter: Filter = { user: search.get('user') ?? '', action: search.get('action') ?? '', subject: search.get('subject') ?? '' };
  const wanted = Object.fromEntries(BY.flatMap((by) => (filter[by] === '' ? [] : [[by, filter[by]]])));
  const isAll = Object.keys(wanted).length === 0;
  const pages = usePages<Entry>({ key: keys.audit(wanted), words: ['audit'], query: wanted, limit: 100, untold: true });
  return (
    <>
      <PageHead title={t('system.log.title')} />
      <p className="quiet">{t('system.log.about')}</p>
      <FilterForm
        key={JSON.stringify(filter)}
        filter={filter}
        apply={(next) => setSearch(BY.flatMap((by) => (next[by].trim() === '' ? [] : [[by, next[by].trim()]])))}
      />
      {!isAll && (
        <p>
          <Link href="/system/audit">{t('system.log.clear')}</Link>
        </p>
      )}
      <Paged pages={pages}>
        {(all) => (all.length === 0 ? <p className="card">{t(isAll ? 'system.log.none' : 'system.log.noneFound')}</p> : <Entries entries={all} />)}
      </Paged>
    </>
  );
}

function FilterForm({ filter, apply }: { readonly filter: Filter; readonly apply: (filter: Filter) => void }): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields(filter);
  return (
    <search>
      <form
        className="row wrap filter"
        onSubmit={(event) => {
          event.preventDefault();
          apply(fields);
        }}
      >
        <TextInput label={t('system.log.user')} about={t('system.log.userAbout')} value={fields.user} onChange={set('user')} autoComplete="off" />
        <TextInput label={t('system.log.action')} about={t('system.log.actionAbout')} value={fields.action} onChange={set('action')} autoComplete="off" />
        <TextInput label={t('system.log.subject')} about={t('system.log.subjectAbout')} value={fields.subject} onChange={set('subject')} autoComplete="off" />
        <Button className="button" type="submit">
          {t('system.log.filter')}
        </Button>
      </form>
    </search>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }): ReactElement {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  return (
    <DataTable caption={t('system.log.title')}>
      <thead>
        <tr>
          <th scope="col">{t('system.log.at')}</th>
          <th scope="col">{t('system.log.user')}</th>
          <th scope="col">{t('system.log.action')}</th>
          <th scope="col">{t('system.log.subject')}</th>
          <th scope="col">{t('system.log.detail')}</th>
          <th scope="col">{t('system.log.address')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>
              <time dateTime={new Date(entry.at).toISOString()}>{dateTime(entry.at)}</time>
            </td>
            <td>{entry.user === null ? <span className="quiet">{t('system.log.nobody')}</span> : <Only by="user" what={entry.user} />}</td>
            <td>
              <Only by="action" what={entry.action} />
            </td>
            <td className="words">
              <Only by="subject" what={entry.subject} />
            </td>
            <td className="words">
              <Detail detail={entry.detail} />
            </td>
            <td>{entry.address}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

/** Leads to the entries with the same. */
function Only({ by, what }: { readonly by: keyof Filter; readonly what: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <Link href={`/system/audit?${by}=${encodeURIComponent(what)}`} title={t('system.log.only', { what })}>
      {what}
    </Link>
  );
}

function Detail({ detail }: { readonly detail: Entry['detail'] }): ReactElement {
  return (
    <ul className="plain inline">
      {Object.entries(detail).map(([name, value]) => (
        <li key={name}>
          <span className="quiet">{name}:</span> {textOf(value)}
        </li>
      ))}
    </ul>
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
