import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import type { NodeSecret } from '../../api/shapes.ts';
import { FormBody, useFields } from '../../parts/actions.tsx';
import { TextInput } from '../../parts/fields.tsx';
import { SettingsFields, settingsOf, settingsText } from './settings-fields.tsx';

/** Makes a permanent node. `done` gets its secret, which is told this once. */
export function AddAgent({ close, done }: { readonly close: () => void; readonly done: (made: NodeSecret) => void }): ReactElement {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [fields, set] = useFields(settingsText(null));
  return (
    <section className="card" aria-labelledby="add-agent">
      <h2 id="add-agent">{t('nodes.addTitle')}</h2>
      <p>{t('nodes.addAbout')}</p>
      <FormBody
        yes={t('nodes.addYes')}
        close={close}
        run={async () => {
          done(await ask<NodeSecret>(['nodes'], { method: 'POST', body: { name: name.trim(), ...settingsOf(fields) } }));
        }}
      >
        <TextInput label={t('nodes.nameField')} about={t('nodes.nameAbout')} value={name} onChange={setName} required autoFocus autoComplete="off" />
        <SettingsFields fields={fields} set={set} />
      </FormBody>
    </section>
  );
}
