/** The own API tokens. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { CreatedToken, Tokens as TokenList } from '../../api/shapes.ts';
import { ConfirmButton, DialogButton } from '../../parts/actions.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { CopyText } from '../../parts/ops/copy-text.tsx';
import { Labels } from '../../parts/ops/labels.tsx';
import { Until } from '../../parts/ops/until.tsx';
import { Ago } from '../../parts/time.tsx';
import { NewToken } from './new-token.tsx';

type Token = TokenList['tokens'][number];

export function Tokens(): ReactElement {
  const { t } = useTranslation();
  const [made, setMade] = useState<CreatedToken | null>(null);
  const query = useQuery({ queryKey: keys.tokens, queryFn: () => ask<TokenList>(['tokens']), staleTime: 0 });
  return (
    <section>
      <div className="row wrap">
        <h2>{t('system.own.tokens')}</h2>
        <span className="space" />
        <DialogButton kind="main" text={t('system.own.add')} title={t('system.own.add')}>
          {(close) => <NewToken close={close} done={setMade} />}
        </DialogButton>
      </div>
      <p className="quiet">{t('system.own.tokensAbout')}</p>
      {made !== null && <Made key={made.id} made={made} close={() => setMade(null)} />}
      <Loaded query={query}>
        {({ tokens }) => (tokens.length === 0 ? <p className="quiet">{t('system.own.noTokens')}</p> : <TokenTable tokens={tokens} />)}
      </Loaded>
    </section>
  );
}

function Made({ made, close }: { readonly made: CreatedToken; readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="card" role="status">
      <h3>{t('system.own.madeTitle', { name: made.name })}</h3>
      <p>{t('system.own.madeOnce')}</p>
      <CopyText text={made.value} what={t('system.own.value')} />
      <div className="row end">
        <Button className="button main" onPress={close}>
          {t('system.own.done')}
        </Button>
      </div>
    </section>
  );
}

function TokenTable({ tokens }: { readonly tokens: readonly Token[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <DataTable caption={t('system.own.tokens')}>
      <thead>
        <tr>
          <th scope="col">{t('system.own.tokenName')}</th>
          <th scope="col">{t('system.own.scopes')}</th>
          <th scope="col">{t('system.own.created')}</th>
          <th scope="col">{t('system.own.expires')}</th>
          <th scope="col">{t('system.own.used')}</th>
          <th scope="col">
            <span className="hidden">{t('system.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <th scope="row">{token.name}</th>
            <td>
              <Labels labels={token.scopes.map((scope) => t(`system.own.scope.${scope}`))} none="" />
            </td>
            <td>
              <Ago at={token.createdAt} />
            </td>
            <td>{token.expiresAt === null ? t('system.own.never') : <Until at={token.expiresAt} past={t('system.own.expired')} />}</td>
            <td>{token.usedAt === null ? <span className="quiet">{t('system.own.unused')}</span> : <Ago at={token.usedAt} />}</td>
            <td className="narrow">
              <ConfirmButton
                kind="plain"
                title={t('system.own.deleteTitle', { name: token.name })}
                question={t('system.own.deleteAbout')}
                yes={t('system.own.delete')}
                run={() => ask(['tokens', token.id], { method: 'DELETE' })}
              >
                {t('system.own.delete')} <span className="hidden">{token.name}</span>
              </ConfirmButton>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
