/** Credentials to add or change. What is secret is typed here and never shown: in a change an empty field stays as it is. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { ShownCredential } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { FormBody, useFields } from '../../parts/actions.tsx';
import { CheckInput, SelectInput, TextInput } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { credentialWords } from './credential-words.ts';

/** The fields of each kind, as the form asks for them. */
const KINDS = {
  usernamePassword: ['username', 'password', 'usernameSecret'],
  string: ['secret'],
  file: ['fileName', 'contentBase64'],
  sshUserPrivateKey: ['username', 'privateKey', 'passphrase', 'usernameSecret'],
  certificate: ['keyStoreBase64', 'password'],
  aws: ['accessKey', 'secretKey'],
  gitHubApp: ['appId', 'owner', 'repositories', 'apiUrl', 'privateKey'],
} as const;
type Kind = keyof typeof KINDS;
type Field = (typeof KINDS)[Kind][number];
type Values = Readonly<Partial<Record<Field, string>>>;

const OPEN: ReadonlySet<Field> = new Set<Field>(['username', 'usernameSecret', 'fileName', 'accessKey', 'appId', 'owner', 'repositories', 'apiUrl']);
/** They may stay empty. */
const OPTIONAL: ReadonlySet<Field> = new Set<Field>(['passphrase', 'owner', 'repositories', 'apiUrl']);

const ABOUT = {
  owner: 'credentials.fieldAbout.owner',
  repositories: 'credentials.fieldAbout.repositories',
  apiUrl: 'credentials.fieldAbout.apiUrl',
} as const;

interface Allow {
  readonly jobs: string;
  readonly users: string;
  readonly builds: boolean;
}

interface Place {
  readonly folder: string | null;
  readonly close: () => void;
}

export function AddCredential({ folder, close }: Place): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ id: '', kind: 'usernamePassword' as Kind, description: '' });
  const [values, setValues] = useState<Values>({});
  const [allow, setAllow] = useState<Allow>({ jobs: '', users: '', builds: true });
  return (
    <FormBody
      yes={t('credentials.addYes')}
      close={close}
      run={() =>
        ask(credentialWords(folder), {
          method: 'POST',
          body: {
            id: fields.id.trim(),
            description: fields.description,
            allow: sentAllow(allow),
            secrets: { type: fields.kind, fields: sent(fields.kind, values) },
          },
        })
      }
    >
      <TextInput label={t('credentials.id')} about={t('credentials.idAbout')} value={fields.id} onChange={set('id')} required autoFocus autoComplete="off" />
      <SelectInput
        label={t('credentials.kind')}
        value={fields.kind}
        onChange={(kind) => {
          set('kind')(kind as Kind);
          setValues({});
        }}
        choices={(Object.keys(KINDS) as Kind[]).map((id) => ({ id, text: t(`credentials.kinds.${id}`) }))}
      />
      <SecretFields kind={fields.kind} values={values} change={setValues} isNew />
      <TextInput label={t('credentials.description')} value={fields.description} onChange={set('description')} autoComplete="off" />
      <AllowFields allow={allow} change={setAllow} />
    </FormBody>
  );
}

export function EditCredential({ id, folder, close }: Place & { readonly id: string }): ReactElement {
  const query = useQuery({ queryKey: [...keys.credentials(folder), id], queryFn: () => ask<ShownCredential>([...credentialWords(folder), id]), gcTime: 0 });
  return <Loaded query={query}>{(one) => <Edit one={one} close={close} />}</Loaded>;
}

function Edit({ one, close }: { readonly one: ShownCredential; readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  const kind = one.type as Kind;
  const [description, setDescription] = useState(one.description);
  const [values, setValues] = useState<Values>(one.shown as Values);
  const [allow, setAllow] = useState<Allow>({ jobs: one.allow.jobs?.join('\n') ?? '', users: one.allow.users?.join('\n') ?? '', builds: one.allow.builds });
  return (
    <FormBody
      yes={t('save')}
      close={close}
      run={() =>
        ask([...credentialWords(one.folder), one.id], {
          method: 'PUT',
          headers: { 'if-match': `"${one.revision}"` },
          body: { description, allow: sentAllow(allow), secrets: { type: kind, fields: sent(kind, values) } },
        })
      }
    >
      <SecretFields kind={kind} values={values} change={setValues} isNew={false} />
      <TextInput label={t('credentials.description')} value={description} onChange={setDescription} autoComplete="off" />
      <AllowFields allow={allow} change={setAllow} />
    </FormBody>
  );
}

function SecretFields({
  kind,
  values,
  change,
  isNew,
}: {
  readonly kind: Kind;
  readonly values: Values;
  readonly change: (values: Values) => void;
  readonly isNew: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const set = (name: Field) => (value: string) => change({ ...values, [name]: value });
  return (
    <>
      {KINDS[kind].map((name: Field) => {
        const label = t(`credentials.fields.${name}`);
        const about = name in ABOUT ? t(ABOUT[name as keyof typeof ABOUT]) : isNew || OPEN.has(name) ? null : t('credentials.keep');
        const value = values[name] ?? '';
        if (name === 'usernameSecret')
          return <CheckInput key={name} label={label} value={value === 'true'} onChange={(on) => set(name)(on ? 'true' : 'false')} />;
        if (name.endsWith('Base64'))
          return (
            <FileField
              key={name}
              label={label}
              kept={!isNew}
              change={(base64, file) => change({ ...values, [name]: base64, ...(kind === 'file' && !values.fileName ? { fileName: file } : {}) })}
            />
          );
        if (name === 'privateKey') return <TextInput key={name} label={label} about={about} value={value} onChange={set(name)} lines={6} autoComplete="off" />;
        const type = OPEN.has(name) ? 'text' : 'password';
        return (
          <TextInput
            key={name}
            label={label}
            about={about}
            type={type}
            value={value}
            onChange={set(name)}
            required={!OPTIONAL.has(name) && (isNew || OPEN.has(name))}
            autoComplete={type === 'password' ? 'new-password' : 'off'}
          />
        );
      })}
    </>
  );
}

function FileField({
  label,
  kept,
  change,
}: {
  readonly label: string;
  readonly kept: boolean;
  readonly change: (base64: string, name: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [chosen, setChosen] = useState<{ readonly name: string; readonly bytes: number } | null>(null);
  const read = async (files: FileList | null): Promise<void> => {
    const file = files?.[0];
    if (file === undefined) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (let i = 0; i < bytes.length; i += 8_192) text += String.fromCharCode(...bytes.subarray(i, i + 8_192));
    setChosen({ name: file.name, bytes: bytes.length });
    change(btoa(text), file.name);
  };
  return (
    <div className="field">
      <FileTrigger onSelect={(files) => void read(files)}>
        <Button className="button">
          {label}: {t('credentials.file')}…
        </Button>
      </FileTrigger>
      <span className="quiet" role="status">
        {chosen === null ? kept && t('credentials.fileKept') : t('credentials.fileChosen', { name: chosen.name, bytes: number(chosen.bytes) })}
      </span>
    </div>
  );
}

function AllowFields({ allow, change }: { readonly allow: Allow; readonly change: (allow: Allow) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('credentials.allow')}</summary>
      <TextInput
        label={t('credentials.jobs')}
        about={t('credentials.jobsAbout')}
        value={allow.jobs}
        onChange={(jobs) => change({ ...allow, jobs })}
        lines={3}
      />
      <TextInput
        label={t('credentials.users')}
        about={t('credentials.usersAbout')}
        value={allow.users}
        onChange={(users) => change({ ...allow, users })}
        lines={2}
      />
      <CheckInput
        label={t('credentials.builds')}
        about={t('credentials.buildsAbout')}
        value={allow.builds}
        onChange={(builds) => change({ ...allow, builds })}
      />
    </details>
  );
}

/** A secret that was not typed is not sent. */
function sent(kind: Kind, values: Values): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of KINDS[kind] as readonly Field[]) {
    const value = values[name];
    if (value !== undefined && (value !== '' || (OPEN.has(name) && name !== 'usernameSecret'))) fields[name] = value;
  }
  return fields;
}

function sentAllow({ jobs, users, builds }: Allow): ShownCredential['allow'] {
  const lines = (text: string): string[] | null => {
    const all = text
      .split(/[\n,]/)
      .map((one) => one.trim())
      .filter((one) => one !== '');
    return all.length === 0 ? null : all;
  };
  return { jobs: lines(jobs), users: lines(users), builds };
}
