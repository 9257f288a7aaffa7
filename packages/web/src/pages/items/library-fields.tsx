/** The shared libraries of a folder, as fields of its form. */
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { FolderConfig } from '../../api/shapes.ts';
import { CheckInput, LinesInput, TextInput } from '../../parts/fields.tsx';

type Library = FolderConfig['libraries'][number];
const NEW: Library = {
  name: '',
  url: '',
  credentialsId: null,
  version: null,
  implicit: false,
  allowVersionOverride: true,
  includeInChangesets: true,
  libraryPath: '',
  caching: null,
};

export function LibraryFields({
  libraries,
  onChange,
}: {
  readonly libraries: readonly Library[];
  readonly onChange: (libraries: Library[]) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <fieldset className="card">
      <legend>{t('libraries.title')}</legend>
      <p className="quiet">{t('libraries.about')}</p>
      {libraries.map((library, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is being typed
        <fieldset key={i} className="card">
          <legend>{library.name === '' ? t('libraries.new') : library.name}</legend>
          <OneLibrary library={library} onChange={(next) => onChange(libraries.map((one, at) => (at === i ? next : one)))} />
          <Button className="button" onPress={() => onChange(libraries.filter((_, at) => at !== i))}>
            {t('libraries.remove', { name: library.name === '' ? String(i + 1) : library.name })}
          </Button>
        </fieldset>
      ))}
      <Button className="button" onPress={() => onChange([...libraries, NEW])}>
        {t('libraries.add')}
      </Button>
    </fieldset>
  );
}

function OneLibrary({ library, onChange }: { readonly library: Library; readonly onChange: (library: Library) => void }): ReactElement {
  const { t } = useTranslation();
  const { caching } = library;
  const orNull = (text: string): string | null => (text === '' ? null : text);
  return (
    <>
      <TextInput label={t('items.name')} about={t('libraries.nameAbout')} value={library.name} onChange={(name) => onChange({ ...library, name })} required />
      <TextInput label={t('config.url')} value={library.url} onChange={(url) => onChange({ ...library, url })} required />
      <TextInput
        label={t('config.credentials')}
        about={t('config.credentialsAbout')}
        value={library.credentialsId ?? ''}
        onChange={(id) => onChange({ ...library, credentialsId: orNull(id) })}
      />
      <TextInput
        label={t('libraries.version')}
        about={t('libraries.versionAbout')}
        value={library.version ?? ''}
        onChange={(version) => onChange({ ...library, version: orNull(version) })}
      />
      <TextInput
        label={t('libraries.path')}
        about={t('libraries.pathAbout')}
        value={library.libraryPath}
        onChange={(libraryPath) => onChange({ ...library, libraryPath })}
      />
      <CheckInput label={t('libraries.implicit')} value={library.implicit} onChange={(implicit) => onChange({ ...library, implicit })} />
      <CheckInput
        label={t('libraries.override')}
        value={library.allowVersionOverride}
        onChange={(allowVersionOverride) => onChange({ ...library, allowVersionOverride })}
      />
      <CheckInput
        label={t('libraries.changes')}
        value={library.includeInChangesets}
        onChange={(includeInChangesets) => onChange({ ...library, includeInChangesets })}
      />
      <CheckInput
        label={t('libraries.caching')}
        about={t('libraries.cachingAbout')}
        value={caching !== null}
        onChange={(isOn) => onChange({ ...library, caching: isOn ? { refreshMinutes: 60, excludedVersions: [] } : null })}
      />
      {caching !== null && (
        <>
          <TextInput
            label={t('libraries.refresh')}
            about={t('libraries.refreshAbout')}
            type="number"
            value={String(caching.refreshMinutes)}
            onChange={(text) => onChange({ ...library, caching: { ...caching, refreshMinutes: Number(text) } })}
          />
          <LinesInput
            label={t('libraries.excluded')}
            value={caching.excludedVersions}
            onChange={(excludedVersions) => onChange({ ...library, caching: { ...caching, excludedVersions } })}
          />
        </>
      )}
    </>
  );
}
