/** Why it was started, with what, and which builds belong to it. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Build } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { StatusIcon, statusOfBuild } from '../../parts/status.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { buildAddress, itemAddress } from '../../paths.ts';

export function BuildInfo({ build }: { readonly build: Build }): ReactElement {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const parameters = Object.entries(build.parameters);
  const times = [
    ['queued', build.queuedAt],
    ['started', build.startedAt],
    ['ended', build.endedAt],
  ] as const;
  return (
    <>
      <section>
        <h2>{t('info.causes')}</h2>
        <ul>
          {build.causes.map((cause) => (
            <li key={`${cause.type} ${cause.text}`}>{cause.text}</li>
          ))}
          {build.origin.replayOf !== null && <li>{t('info.replayOf', { number: build.origin.replayOf })}</li>}
          {build.origin.rebuildOf !== null && <li>{t('info.rebuildOf', { number: build.origin.rebuildOf })}</li>}
          {build.origin.restart !== null && <li>{t('info.restartOf', build.origin.restart)}</li>}
        </ul>
      </section>
      <section>
        <h2>{t('info.parameters')}</h2>
        {parameters.length === 0 ? (
          <p className="quiet">{t('info.noParameters')}</p>
        ) : (
          <dl>
            {parameters.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="pre">{value === null ? '••••••' : typeof value === 'object' ? value.file : String(value)}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <Links title={t('info.upstream')} links={build.upstream} />
      <Links title={t('info.downstream')} links={build.downstream} />
      <section>
        <h2>{t('info.times')}</h2>
        <dl>
          {times.map(([name, at]) => (
            <div key={name}>
              <dt>{t(`info.${name}`)}</dt>
              <dd>{at === null ? '–' : dateTime(at)}</dd>
            </div>
          ))}
          <div>
            <dt>{t('info.controller')}</dt>
            <dd>{build.owner ?? '–'}</dd>
          </div>
        </dl>
        <Timeline entries={build.timeline} />
      </section>
    </>
  );
}

function Links({ title, links }: { readonly title: string; readonly links: Build['upstream'] }): ReactElement | null {
  if (links.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="plain">
        {links.map((link) => (
          <li key={link.id}>
            <StatusIcon status={statusOfBuild(link)} size={16} />{' '}
            <Link href={link.number === null ? itemAddress(link.job) : buildAddress(link.job, link.number)}>
              {link.number === null ? link.job : `${link.job} #${link.number}`}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
