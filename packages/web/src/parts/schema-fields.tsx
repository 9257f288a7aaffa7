/** Fields made from the JSON Schema of a template's parameters: the subset that controller/templates/parameter-schema.ts takes. */
import type { ReactElement } from 'react';
import { useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Words } from '../api/shapes.ts';
import { Places } from './actions.tsx';
import { CheckInput, SelectInput, TextInput } from './fields.tsx';

export interface Schema {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly title?: Words;
  readonly description?: Words;
  readonly enum?: readonly (string | number)[];
  readonly default?: unknown;
  readonly format?: string;
  readonly maxLength?: number;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema;
}
export type Values = Readonly<Record<string, unknown>>;

/** In the language of the page, else the one that is there. */
export function wordsIn(words: Words | undefined, language: string): string {
  if (words === undefined || typeof words === 'string') return words ?? '';
  return (language === 'zh-CN' ? (words['zh-CN'] ?? words.en) : (words.en ?? words['zh-CN'])) ?? '';
}

/** `pointer`: of the object in what is sent. What is left empty is not sent, so that its default holds. */
export function SchemaFields({
  schema,
  values,
  onChange,
  pointer,
}: {
  readonly schema: Schema;
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  readonly pointer: string;
}): ReactElement {
  return (
    <>
      {Object.entries(schema.properties ?? {}).map(([name, inner]) => (
        <SchemaField
          key={name}
          name={name}
          schema={inner}
          value={Object.hasOwn(values, name) ? values[name] : undefined}
          required={schema.required?.includes(name) === true && inner.default === undefined}
          pointer={`${pointer}/${name}`}
          onChange={(value) => {
            const { [name]: _, ...others } = values;
            onChange(value === undefined ? others : { ...others, [name]: value });
          }}
        />
      ))}
    </>
  );
}

interface FieldOf {
  readonly name: string;
  readonly schema: Schema;
  readonly value: unknown;
  readonly required: boolean;
  readonly pointer: string;
  readonly onChange: (value: unknown) => void;
}

function SchemaField({ name, schema, value, required, pointer, onChange }: FieldOf): ReactElement {
  const { t, i18n } = useTranslation();
  const places = useContext(Places);
  // What was said of a value holds until that is changed.
  const [seen, setSeen] = useState<typeof places | null>(null);
  const said = places === seen ? [] : places.filter((p) => p.pointer === pointer || (schema.type === 'array' && p.pointer.startsWith(`${pointer}/`)));
  const error = said.length === 0 ? undefined : said.map((p) => p.detail).join(' ');
  const change = (next: unknown): void => {
    setSeen(places);
    onChange(next);
  };
  const label = wordsIn(schema.title, i18n.language) || name;
  const about = wordsIn(schema.description, i18n.language) || (schema.format === 'credentialsId' ? t('templates.credential') : '');
  const fallback = schema.default === undefined ? undefined : String(schema.default);
  const text = { label, error, required, ...(fallback === undefined ? {} : { placeholder: fallback.split('\n')[0] ?? '' }) };
  if (schema.type === 'object')
    return (
      <fieldset className="card">
        <legend>{label}</legend>
        {about !== '' && <p className="quiet">{about}</p>}
        <SchemaFields schema={schema} values={(value ?? {}) as Values} onChange={onChange} pointer={pointer} />
      </fieldset>
    );
  if (schema.type === 'boolean') return <CheckInput label={label} about={about} value={(value ?? schema.default) === true} onChange={change} />;
  if (schema.enum !== undefined) {
    const choices = schema.enum.map((one) => ({ id: String(one), text: String(one) }));
    const isOptional = !required && schema.default === undefined;
    return (
      <SelectInput
        label={label}
        about={error ?? about}
        value={String(value ?? schema.default ?? '')}
        choices={isOptional ? [{ id: '', text: t('templates.unset') }, ...choices] : choices}
        onChange={(id) => change(schema.enum?.find((one) => String(one) === id))}
      />
    );
  }
  if (schema.type === 'array') {
    const list = (value ?? schema.default ?? []) as readonly unknown[];
    return (
      <TextInput
        {...text}
        about={`${about} ${t('templates.item')}`.trim()}
        lines={3}
        value={list.join('\n')}
        onChange={(lines) => change(lines === '' ? [] : lines.split('\n').map((line) => (schema.items?.type === 'string' ? line : numberIn(line))))}
      />
    );
  }
  if (schema.type !== 'string')
    return (
      <TextInput
        {...text}
        about={about}
        type="number"
        value={value === undefined ? '' : String(value)}
        onChange={(typed) => change(typed === '' ? undefined : numberIn(typed))}
      />
    );
  return (
    <TextInput
      {...text}
      about={about}
      value={typeof value === 'string' ? value : ''}
      // A text that is emptied is empty where the default is not.
      onChange={(typed) => change(typed === '' && (schema.default ?? '') === '' ? undefined : typed)}
      {...(schema.format === 'multiline' ? { lines: 4 } : {})}
    />
  );
}

/** What is no number goes as it was typed: the server says what is wrong with it. */
function numberIn(text: string): number | string {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}
