/** Credentials of the installation, or of a folder with those from above. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { CredentialList as List } from '../../api/shapes.ts';
import { ConfirmButton, DialogButton } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Ago } from '../../parts/time.tsx';
import { AddCredential, EditCredential } from './credential-form.tsx';
import { CredentialUses } from './credential-uses.tsx';
import { credentialWords } from './credential-words.ts';

type Entry = List['credentials'][number];

export function CredentialList({
  folder,
  heading,
}: {
  readonly folder: string | null;
  readonly heading: (add: ReactElement | null) => ReactElement;
}): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const mayChange = session.may('administrator', folder ?? undefined);
  const query = useQuery({ queryKey: keys.credentials(folder), queryFn: () => ask<List>(credentialWords(folder)) });
  const add = mayChange ? (
    <DialogButton kind="main" text={t('credentials.add')} title={t('credentials.add')} wide>
      {(close) => <AddCredential folder={folder} close={close} />}
    </DialogButton>
  ) : null;
  return (
    <>
      {heading(add)}
      <p className="quiet">{t(folder === null ? 'credentials.about' : 'credentials.aboutFolder')}</p>
      <Loaded query={query}>
        {({ credentials, away }) => (
          <>
            {away.map((one) => (
              <p key={one.provider} className="problem" role="alert">
                {t('credentials.away', one)}
              </p>
            ))}
            {credentials.length === 0 ? <p className="card">{t('credentials.none')}</p> : <Table all={credentials} folder={folder} mayChange={mayChange} />}
          </>
        )}
      </Loaded>
    </>
  );
}

function Table({ all, folder, mayChange }: { readonly all: readonly Entry[]; readonly folder: string | null; readonly mayChange: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <DataTable caption={t('credentials.title')}>
      <thead>
        <tr>
          <th scope="col">{t('credentials.id')}</th>
          <th scope="col">{t('credentials.kind')}</th>
          <th scope="col">{t('credentials.place')}</th>
          <th scope="col">{t('credentials.shown')}</th>
          <th scope="col">{t('credentials.used')}</th>
          <th scope="col">{t('credentials.description')}</th>
          {mayChange && (
            <th scope="col">
              <span className="hidden">{t('credentials.acts')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {all.map((one) => (
          <tr key={one.id}>
            <th scope="row">{one.id}</th>
            <td>
              <KindText type={one.type} />
            </td>
            <td>{one.provider === 'database' ? (one.folder ?? t('credentials.installation')) : one.provider}</td>
            <td className="words">
              {Object.entries(one.shown)
                .flatMap(([name, value]) => (name === 'usernameSecret' ? [] : [value]))
                .join(', ')}
            </td>
            <td>{one.usedAt === null ? <span className="quiet">{t('credentials.never')}</span> : <Ago at={one.usedAt} />}</td>
            <td className="words">{one.description}</td>
            {mayChange && <td className="narrow">{one.provider === 'database' && one.folder === folder && <Acts one={one} />}</td>}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

export function KindText({ type }: { readonly type: string }): ReactElement {
  const { t, i18n } = useTranslation();
  return <>{i18n.exists(`credentials.kinds.${type}`) ? t(`credentials.kinds.${type}` as 'credentials.kinds.string') : type}</>;
}

function Acts({ one: { id, folder } }: { readonly one: Entry }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="row">
      <DialogButton
        text={
          <>
            {t('credentials.edit')} <span className="hidden">{id}</span>
          </>
        }
        title={t('credentials.editTitle', { id })}
        wide
      >
        {(close) => <EditCredential id={id} folder={folder} close={close} />}
      </DialogButton>
      <DialogButton
        text={
          <>
            {t('credentials.uses')} <span className="hidden">{id}</span>
          </>
        }
        title={t('credentials.usesTitle', { id })}
        wide
      >
        {() => <CredentialUses id={id} />}
      </DialogButton>
      <ConfirmButton
        title={t('credentials.deleteTitle', { id })}
        question={t('credentials.deleteAbout')}
        yes={t('credentials.delete')}
        run={() => ask([...credentialWords(folder), id], { method: 'DELETE' })}
      >
        {t('credentials.delete')} <span className="hidden">{id}</span>
      </ConfirmButton>
    </div>
  );
}
