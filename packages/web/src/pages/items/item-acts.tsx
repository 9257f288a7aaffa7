/** What can be done to a folder or a job as a whole. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ask } from '../../api/client.ts';
import type { Item } from '../../api/shapes.ts';
import { ActButton, DialogButton, FormBody, useFields } from '../../parts/actions.tsx';
import { CheckInput, TextInput } from '../../parts/fields.tsx';
import { itemAddress } from '../../paths.ts';

export function ItemActs({ item }: { readonly item: Item }): ReactElement {
  const { t } = useTranslation();
  const one = ['items', item.path] as const;
  const match = { headers: { 'if-match': `"${item.revision}"` } };
  return (
    <div className="row wrap">
      <DialogButton text={t('acts.describe')} title={t('acts.describe')}>
        {(close) => <Describe item={item} close={close} />}
      </DialogButton>
      {item.kind !== 'folder' && (
        <ActButton run={() => ask(one, { method: 'PATCH', body: { disabled: !item.disabled }, ...match })}>
          {item.disabled ? t('acts.enable') : t('acts.disable')}
        </ActButton>
      )}
      {item.branch === null && <Places item={item} />}
      <DialogButton text={t('acts.delete')} title={t('acts.deleteTitle', { name: item.name })} kind="danger">
        {(close) => <Delete item={item} close={close} />}
      </DialogButton>
    </div>
  );
}

/** A branch's job is called what its branch is, and stays with the others. */
function Places({ item }: { readonly item: Item }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <DialogButton text={t('acts.rename')} title={t('acts.rename')}>
        {(close) => <Rename item={item} close={close} />}
      </DialogButton>
      <DialogButton text={t('acts.move')} title={t('acts.move')}>
        {(close) => <Place item={item} close={close} what="move" />}
      </DialogButton>
      <DialogButton text={t('acts.copy')} title={t('acts.copy')}>
        {(close) => <Place item={item} close={close} what="copy" />}
      </DialogButton>
    </>
  );
}

function isHolder({ kind }: Item): boolean {
  return kind !== 'pipeline' && kind !== 'freestyle';
}

interface Props {
  readonly item: Item;
  readonly close: () => void;
}

function Describe({ item, close }: Props): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ description: item.description });
  return (
    <FormBody yes={t('save')} close={close} run={() => ask(['items', item.path], { method: 'PATCH', body: fields })}>
      <TextInput label={t('items.description')} value={fields.description} onChange={set('description')} lines={4} autoFocus />
    </FormBody>
  );
}

function Rename({ item, close }: Props): ReactElement {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [fields, set] = useFields({ name: item.name });
  return (
    <FormBody
      yes={t('acts.rename')}
      close={close}
      run={() => ask<Item>(['items', item.path, 'rename'], { method: 'POST', body: fields })}
      done={(renamed) => navigate(itemAddress((renamed as Item).path))}
    >
      <TextInput label={t('items.name')} value={fields.name} onChange={set('name')} required autoFocus />
    </FormBody>
  );
}

function Place({ item, close, what }: Props & { readonly what: 'move' | 'copy' }): ReactElement {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const names = item.path.split('/').slice(0, -1).join('/');
  const [fields, set] = useFields({ folder: names, name: what === 'copy' ? `${item.name}-copy` : item.name });
  const folder = fields.folder === '' ? null : fields.folder;
  return (
    <FormBody
      yes={t(`acts.${what}`)}
      close={close}
      run={() => ask<Item>(['items', item.path, what], { method: 'POST', body: what === 'copy' ? { folder, name: fields.name } : { folder } })}
      done={(placed) => navigate(itemAddress((placed as Item).path))}
    >
      <TextInput label={t('acts.folder')} about={t('acts.folderAbout')} value={fields.folder} onChange={set('folder')} autoFocus />
      {what === 'copy' && <TextInput label={t('items.name')} value={fields.name} onChange={set('name')} required />}
    </FormBody>
  );
}

function Delete({ item, close }: Props): ReactElement {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [isSure, setSure] = useState(false);
  const parent = item.path.split('/').slice(0, -1).join('/');
  return (
    <FormBody
      yes={t('acts.delete')}
      close={close}
      run={() => ask(['items', item.path], { method: 'DELETE', query: { recursive: isSure, abort: isSure } })}
      done={() => navigate(parent === '' ? '/' : itemAddress(parent))}
    >
      <p>{isHolder(item) ? t('acts.deleteFolder') : t('acts.deleteJob')}</p>
      <CheckInput label={isHolder(item) ? t('acts.recursive') : t('acts.abortBuilds')} value={isSure} onChange={setSure} />
    </FormBody>
  );
}
