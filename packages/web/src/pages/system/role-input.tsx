import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../api/session.ts';
import { SelectInput } from '../../parts/fields.tsx';
import { ROLES } from './user-words.tsx';

/** `none`: whether it may be no role at all. */
export function RoleInput({
  label,
  about,
  value,
  onChange,
  none = false,
}: {
  readonly label: string;
  readonly about?: string;
  readonly value: Role | null;
  readonly onChange: (role: Role | null) => void;
  readonly none?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const choices = [...(none ? [{ id: 'none', text: t('system.user.roles.none') }] : []), ...ROLES.map((id) => ({ id, text: t(`system.user.roles.${id}`) }))];
  return (
    <SelectInput label={label} about={about} value={value ?? 'none'} onChange={(id) => onChange(ROLES.find((role) => role === id) ?? null)} choices={choices} />
  );
}
