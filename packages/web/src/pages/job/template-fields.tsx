/** A job's template: which one, at which version, and its parameters. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { PipelineConfig, Template, TemplateList } from '../../api/shapes.ts';
import { SelectInput, TextInput } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import type { Schema } from '../../parts/schema-fields.tsx';
import { SchemaFields, wordsIn } from '../../parts/schema-fields.tsx';

type TemplateDefinition = Extract<PipelineConfig['definition'], { kind: 'template' }>;

export function TemplateFields({
  definition,
  folder,
  onChange,
}: {
  readonly definition: TemplateDefinition;
  readonly folder: string | null;
  readonly onChange: (definition: TemplateDefinition) => void;
}): ReactElement {
  const { t, i18n } = useTranslation();
  const { library, template, version } = definition;
  const list = useQuery({ queryKey: keys.templates(folder), queryFn: () => ask<TemplateList>(['templates'], { query: { folder } }) });
  const shown = useQuery({
    queryKey: keys.template(library, template, { folder, version }),
    queryFn: () => ask<Template>(['templates', library, template], { query: { folder, version } }),
    enabled: template !== '',
    retry: false,
  });
  return (
    <Loaded query={list}>
      {({ libraries }) => {
        const choices = libraries.flatMap((l) =>
          l.templates.map((one) => ({ id: `${l.library}/${one.name}`, text: `${wordsIn(one.title, i18n.language)} (${l.library}/${one.name})` })),
        );
        const here = `${library}/${template}`;
        if (template !== '' && !choices.some((c) => c.id === here)) choices.push({ id: here, text: here });
        const byDefault = libraries.find((l) => l.library === library)?.version;
        return (
          <>
            <SelectInput
              label={t('templates.template')}
              value={template === '' ? '' : here}
              choices={template === '' ? [{ id: '', text: t('templates.choose') }, ...choices] : choices}
              onChange={(id) => {
                const at = id.indexOf('/');
                if (at > 0 && id !== here) onChange({ ...definition, library: id.slice(0, at), template: id.slice(at + 1), version: null });
              }}
            />
            {template !== '' && (
              <TextInput
                label={t('templates.version')}
                about={t('templates.versionAbout', { version: byDefault ?? t('templates.libraryVersion') })}
                value={version ?? ''}
                onChange={(typed) => onChange({ ...definition, version: typed === '' ? null : typed })}
              />
            )}
            {shown.error !== null && <ProblemView error={shown.error} again={() => void shown.refetch()} />}
            {shown.data !== undefined && (
              <>
                <p className="quiet">{wordsIn(shown.data.description, i18n.language)}</p>
                <SchemaFields
                  schema={shown.data.schema as unknown as Schema}
                  values={definition.parameters}
                  onChange={(parameters) => onChange({ ...definition, parameters })}
                  pointer="#/definition/parameters"
                />
              </>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
