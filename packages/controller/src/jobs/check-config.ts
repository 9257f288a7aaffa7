/** What of a configuration its shape alone does not tell. */
import type { ErrorPlace, ItemConfig } from '@millrace/protocol';
import { ApiError, folderConfig, freestyleConfig, multibranchConfig, organizationConfig, pipelineConfig } from '@millrace/protocol';
import { nameFilter } from '../branches/name-filter.ts';
import { addressesOf } from '../branches/scan-rows.ts';
import { isTimeZone } from '../config/time-zone.ts';
import { parseLabelExpression } from '../queue/label-expression.ts';
import type { Row } from '../store/schema.ts';
import { triggerProblem } from '../triggers/trigger-problem.ts';

type Kind = Row<'items'>['kind'];

/** Throws MR_REQUEST; MR_JOB_KIND where it is the configuration of another kind. */
export function checkConfig(kind: Kind, config: ItemConfig): void {
  const shape = {
    pipeline: pipelineConfig,
    freestyle: freestyleConfig,
    folder: folderConfig,
    multibranch: multibranchConfig,
    organization: organizationConfig,
  }[kind];
  if (!shape.safeParse(config).success) throw new ApiError('MR_JOB_KIND', `It is not the configuration of a ${kind}.`);
  if ('sources' in config || 'source' in config) checkSources(config);
  if (!('parameters' in config)) return;
  const errors: ErrorPlace[] = [];
  const names = new Set<string>();
  config.parameters.forEach((p, i) => {
    const at = `#/parameters/${i}`;
    if (names.has(p.name)) errors.push({ pointer: `${at}/name`, detail: 'the name comes twice' });
    names.add(p.name);
    if (p.type === 'choice' && (p.choices ?? []).length === 0) errors.push({ pointer: `${at}/choices`, detail: 'a choice needs choices' });
    if (p.type === 'choice' && p.default !== null && !(p.choices ?? []).includes(String(p.default)))
      errors.push({ pointer: `${at}/default`, detail: 'is none of the choices' });
    if (p.type === 'boolean' && p.default !== null && typeof p.default !== 'boolean') errors.push({ pointer: `${at}/default`, detail: 'is true or false' });
    if (p.type !== 'boolean' && typeof p.default === 'boolean') errors.push({ pointer: `${at}/default`, detail: 'is a text' });
  });
  if (config.timeZone !== null && !isTimeZone(config.timeZone)) errors.push({ pointer: '#/timeZone', detail: 'there is no such time zone' });
  config.triggers?.forEach((trigger, i) => {
    const wrong = triggerProblem(trigger);
    if (wrong !== null) errors.push({ pointer: `#/triggers/${i}/${wrong.field}`, detail: wrong.detail });
  });
  if ('label' in config && config.label !== null) {
    try {
      parseLabelExpression(config.label);
    } catch (error) {
      errors.push({ pointer: '#/label', detail: (error as Error).message });
    }
  }
  if (errors.length > 0) throw new ApiError('MR_REQUEST', `${errors[0]?.pointer}: ${errors[0]?.detail}`, { errors });
}

/** Throws MR_REQUEST where a regular expression is none, or an address cannot be made. */
function checkSources(config: Extract<ItemConfig, { sources: unknown } | { source: unknown }>): void {
  const errors: ErrorPlace[] = [];
  const attempt = (pointer: string, act: () => unknown): void => {
    try {
      act();
    } catch (error) {
      errors.push({ pointer, detail: (error as Error).message });
    }
  };
  if ('sources' in config)
    config.sources.forEach((source, i) => {
      attempt(`#/sources/${i}/filter/regex`, () => nameFilter(source.filter));
    });
  else {
    attempt('#/source/filter/regex', () => nameFilter(config.source.filter));
    attempt('#/repositories/regex', () => nameFilter(config.repositories));
  }
  attempt('sources' in config ? '#/sources' : '#/source/apiUrl', () => addressesOf(config));
  if (errors.length > 0) throw new ApiError('MR_REQUEST', `${errors[0]?.pointer}: ${errors[0]?.detail}`, { errors });
}
