/** Takes a node offline, with a message for all, or back. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import type { ShownNode } from '../../api/shapes.ts';
import { ActButton, DialogButton, FormBody, useFields } from '../../parts/actions.tsx';
import { TextInput } from '../../parts/fields.tsx';

/** `named`: one of many such buttons, so each says which node it is for. */
export function OnOffline({ node, named = false }: { readonly node: ShownNode; readonly named?: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const name = named ? <span className="hidden">{node.name}</span> : null;
  if (node.offline !== null) {
    // The cloud ends it: there is no way back.
    if (node.kind === 'cloud' && node.offline.by === null) return null;
    return (
      <ActButton run={() => ask(['nodes', node.name, 'online'], { method: 'POST', body: {} })}>
        {t('nodes.bringOnline')} {name}
      </ActButton>
    );
  }
  return (
    <DialogButton
      title={t('nodes.offlineTitle', { name: node.name })}
      text={
        <>
          {t('nodes.takeOffline')} {name}
        </>
      }
    >
      {(close) => (
        <MessageForm
          about={t('nodes.offlineAbout')}
          yes={t('nodes.takeOffline')}
          close={close}
          run={(message) => ask(['nodes', node.name, 'offline'], { method: 'POST', body: { message } })}
        />
      )}
    </DialogButton>
  );
}

export function MessageForm({
  about,
  yes,
  close,
  run,
}: {
  readonly about: string;
  readonly yes: string;
  readonly close: () => void;
  readonly run: (message: string) => Promise<unknown>;
}): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ message: '' });
  return (
    <FormBody yes={yes} close={close} run={() => run(fields.message)}>
      <p>{about}</p>
      <TextInput label={t('nodes.why')} value={fields.message} onChange={set('message')} autoFocus />
    </FormBody>
  );
}
