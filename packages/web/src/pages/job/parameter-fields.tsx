/** Fields for parameters of all of Jenkins' kinds, from their definitions: of a job's builds, and of an input. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckInput, SelectInput, TextInput } from '../../parts/fields.tsx';

export interface Parameter {
  readonly type: string;
  readonly name: string;
  readonly description?: string | null;
  readonly default?: unknown;
  readonly [more: string]: unknown;
}
export type Values = { readonly [name: string]: string | boolean | File };

export function startOf(parameters: readonly Parameter[]): Values {
  return Object.fromEntries(
    parameters.filter((p) => p.type !== 'file').map((p) => [p.name, p.type === 'boolean' ? p.default === true : String(p.default ?? choicesOf(p)[0] ?? '')]),
  );
}

function choicesOf({ choices }: Parameter): readonly string[] {
  return Array.isArray(choices) ? choices.map(String) : [];
}

/** A password that was not typed is not sent: its default holds. */
export function sentValues(parameters: readonly Parameter[], values: Values): { readonly [name: string]: string | boolean } {
  const secret = new Set(parameters.filter((p) => p.type === 'password').map((p) => p.name));
  const out: { [name: string]: string | boolean } = {};
  for (const [name, value] of Object.entries(values)) if (!(value instanceof File) && !(secret.has(name) && value === '')) out[name] = value;
  return out;
}

/** Files go beside the request, as parts named as their parameters. */
export function triggerBody(parameters: readonly Parameter[], values: Values): unknown {
  const request = { parameters: sentValues(parameters, values) };
  const files = Object.entries(values).filter((entry): entry is [string, File] => entry[1] instanceof File);
  if (files.length === 0) return request;
  const form = new FormData();
  form.append('request', new Blob([JSON.stringify(request)], { type: 'application/json' }));
  for (const [name, file] of files) form.append(name, file, file.name);
  return form;
}

export function ParameterFields({
  parameters,
  values,
  onChange,
}: {
  readonly parameters: readonly Parameter[];
  readonly values: Values;
  readonly onChange: (values: Values) => void;
}): ReactElement {
  return (
    <>
      {parameters.map((p) => (
        <Field key={p.name} parameter={p} value={values[p.name] ?? ''} onChange={(value) => onChange({ ...values, [p.name]: value })} />
      ))}
    </>
  );
}

function Field({
  parameter,
  value,
  onChange,
}: {
  readonly parameter: Parameter;
  readonly value: string | boolean | File;
  readonly onChange: (value: string | boolean | File) => void;
}): ReactElement {
  const { t } = useTranslation();
  const { name, type } = parameter;
  const about = typeof parameter.description === 'string' ? parameter.description : null;
  const text = typeof value === 'string' ? value : '';
  switch (type) {
    case 'boolean':
      return <CheckInput label={name} about={about} value={value === true} onChange={onChange} />;
    case 'choice':
      return <SelectInput label={name} about={about} value={text} onChange={onChange} choices={choicesOf(parameter).map((id) => ({ id, text: id }))} />;
    case 'text':
      return <TextInput label={name} about={about} value={text} onChange={onChange} lines={5} />;
    case 'password':
      return <TextInput label={name} about={about ?? t('job.passwordAbout')} type="password" value={text} onChange={onChange} autoComplete="off" />;
    case 'file':
      return (
        <label className="field">
          {name}
          <input
            type="file"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file !== undefined) onChange(file);
            }}
          />
          {about !== null && <span className="quiet">{about}</span>}
        </label>
      );
    default:
      return <TextInput label={name} about={about} value={text} onChange={onChange} />;
  }
}
