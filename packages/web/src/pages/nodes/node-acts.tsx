/** What can be done to a node, by what it is. */
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { NodeSecret, ShownNode } from '../../api/shapes.ts';
import { ConfirmButton, DialogButton, FormBody, useFields } from '../../parts/actions.tsx';
import { MessageForm, OnOffline } from './on-offline.tsx';
import { SettingsFields, settingsOf, settingsText } from './settings-fields.tsx';

/** `onSecret` gets a new secret, and when the agent connected last with the one before. */
export function NodeActs({
  node,
  onSecret,
}: {
  readonly node: ShownNode;
  readonly onSecret: (made: NodeSecret, connectedBefore: number | null) => void;
}): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const { name, kind } = node;
  return (
    <div className="row wrap">
      <OnOffline node={node} />
      {kind !== 'cloud' && (
        <DialogButton text={t('nodes.edit')} title={t('nodes.editTitle', { name })} wide>
          {(close) => <Edit node={node} close={close} />}
        </DialogButton>
      )}
      {kind === 'permanent' && (
        <ConfirmButton
          kind="plain"
          title={t('nodes.newSecretTitle', { name })}
          question={t('nodes.newSecretAbout')}
          yes={t('nodes.newSecret')}
          run={async () => onSecret(await ask<NodeSecret>(['nodes', name, 'secret'], { method: 'POST', body: {} }), node.connectedAt)}
        >
          {t('nodes.newSecret')}
        </ConfirmButton>
      )}
      {kind !== 'built-in' && node.seenAt !== null && (
        <DialogButton text={t('nodes.disconnect')} title={t('nodes.disconnectTitle', { name })}>
          {(close) => (
            <MessageForm
              about={t('nodes.disconnectAbout')}
              yes={t('nodes.disconnect')}
              close={close}
              run={(message) => ask(['nodes', name, 'disconnect'], { method: 'POST', body: { message } })}
            />
          )}
        </DialogButton>
      )}
      {kind !== 'built-in' && (
        <ConfirmButton
          title={t('nodes.deleteTitle', { name })}
          question={t('nodes.deleteAbout')}
          yes={t('nodes.delete')}
          run={async () => {
            await ask(['nodes', name], { method: 'DELETE', headers: { 'if-match': `"${node.revision}"` } });
            navigate('/nodes');
            client.removeQueries({ queryKey: [...keys.nodes, 'one', name] });
          }}
        >
          {t('nodes.delete')}
        </ConfirmButton>
      )}
    </div>
  );
}

function Edit({ node, close }: { readonly node: ShownNode; readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  // What others change meanwhile is refused here, and not overwritten.
  const [revision] = useState(node.revision);
  const [fields, set] = useFields(settingsText(node));
  return (
    <FormBody
      yes={t('save')}
      close={close}
      run={() => ask(['nodes', node.name], { method: 'PATCH', body: settingsOf(fields), headers: { 'if-match': `"${revision}"` } })}
    >
      <SettingsFields fields={fields} set={set} autoFocus />
    </FormBody>
  );
}
