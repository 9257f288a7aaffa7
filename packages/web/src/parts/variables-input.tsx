/** Environment variables, `NAME=value` a line. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { LinesInput } from './fields.tsx';

export function VariablesInput({
  value,
  onChange,
}: {
  readonly value: Readonly<Record<string, string>>;
  readonly onChange: (value: Record<string, string>) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <LinesInput
      label={t('config.environment')}
      about={t('config.environmentAbout')}
      value={Object.entries(value).map(([name, text]) => `${name}=${text}`)}
      meant={(line) => variable(line).join('=')}
      onChange={(lines) => onChange(Object.fromEntries(lines.map(variable)))}
    />
  );
}

/** A line that has no `=` yet is a name. */
function variable(line: string): [string, string] {
  const at = line.indexOf('=');
  return at === -1 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1)];
}
