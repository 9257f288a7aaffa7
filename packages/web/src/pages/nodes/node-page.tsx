/** One node. */
import type { ReactElement, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Problem } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import type { NodeSecret, ShownNode } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { FactsList } from '../../parts/ops/facts-list.tsx';
import { Labels } from '../../parts/ops/labels.tsx';
import { PageHead } from '../../parts/ops/page-head.tsx';
import { Ago } from '../../parts/time.tsx';
import { MONITORS, MonitorValue } from './monitors.tsx';
import { NodeActs } from './node-acts.tsx';
import { useNode } from './node-queries.ts';
import { NodeKind, NodeState } from './node-words.tsx';
import { RunningTable } from './running.tsx';
import { SecretCard } from './secret-card.tsx';

export function NodePage({ name }: { readonly name: string }): ReactElement {
  const { t } = useTranslation();
  const query = useNode(name);
  return (
    <>
      <nav className="crumbs" aria-label={t('nav.crumbs')}>
        <ol>
          <li>
            <Link href="/nodes">{t('nodes.title')}</Link>
          </li>
          <li aria-current="page">{name}</li>
        </ol>
      </nav>
      {query.error instanceof Problem && query.error.status === 404 ? (
        <section className="card">
          <PageHead title={name} />
          <p>{t('nodes.unknown', { name })}</p>
          <Link href="/nodes">{t('nodes.all')}</Link>
        </section>
      ) : (
        <Loaded query={query}>{(node) => <Shown node={node} />}</Loaded>
      )}
    </>
  );
}

function Shown({ node }: { readonly node: ShownNode }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const [made, setMade] = useState<{ readonly secret: NodeSecret; readonly before: number | null } | null>(null);
  return (
    <>
      <PageHead title={node.name}>
        {session.may('administrator') && <NodeActs node={node} onSecret={(secret, before) => setMade({ secret, before })} />}
      </PageHead>
      {made !== null && <SecretCard key={made.secret.secret} made={made.secret} connectedBefore={made.before} close={() => setMade(null)} />}
      <p>
        <NodeKind node={node} /> {node.description}
      </p>
      {node.kind !== 'permanent' && (
        <p className="quiet">{node.kind === 'built-in' ? t('nodes.kindAbout.builtIn') : t('nodes.kindAbout.cloud', { cloud: node.cloud ?? '' })}</p>
      )}
      <section>
        <h2>{t('nodes.running')}</h2>
        <RunningTable node={node} />
      </section>
      <div className="cards">
        <div>
          <section className="card">
            <h2>{t('nodes.state')}</h2>
            <NodeState node={node} />
            <FactsList
              facts={[
                [t('nodes.connectedSince'), node.connectedAt !== null && <Ago at={node.connectedAt} />],
                [t('nodes.idleSince'), node.idleSince !== null && node.running.length === 0 && <Ago at={node.idleSince} />],
              ]}
            />
          </section>
          <section className="card">
            <h2>{t('nodes.monitors')}</h2>
            <Monitors node={node} />
          </section>
          <section className="card">
            <h2>{t('nodes.settings')}</h2>
            <Settings node={node} />
          </section>
        </div>
        <section className="card">
          <h2>{t('nodes.facts')}</h2>
          <Machine node={node} />
        </section>
      </div>
    </>
  );
}

function Monitors({ node }: { readonly node: ShownNode }): ReactElement {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { at, load } = node.monitors;
  if (MONITORS.every((monitor) => typeof node.monitors[monitor] !== 'number')) return <p className="quiet">{t('nodes.notMeasured')}</p>;
  return (
    <FactsList
      facts={[
        ...MONITORS.map((monitor) => [t(`nodes.monitor.${monitor}`), <MonitorValue key={monitor} node={node} monitor={monitor} />] as const),
        [t('nodes.monitor.load'), typeof load === 'number' && number(Math.round(load * 100) / 100)],
        [t('nodes.measured'), typeof at === 'number' && <Ago at={at} />],
      ]}
    />
  );
}

function Settings({ node }: { readonly node: ShownNode }): ReactElement {
  const { t } = useTranslation();
  return (
    <FactsList
      facts={[
        [t('nodes.labels'), <Labels key="labels" labels={node.labels} none={t('nodes.noLabels')} />],
        [t('nodes.executors'), node.executors],
        [t('nodes.mode'), t(`nodes.modes.${node.mode}`)],
        [t('nodes.root'), node.root !== null && <code>{node.root}</code>],
        [t('nodes.env'), <Variables key="env" variables={node.env} />],
      ]}
    />
  );
}

/** In this order; others, of newer agents, come after them under their own names. */
const KNOWN = ['hostname', 'os', 'arch', 'cpus', 'memoryBytes', 'version', 'root', 'pid', 'disk', 'env'] as const;
/** Said by `os`. */
const UNTOLD: ReadonlySet<string> = new Set(['windows']);

function Machine({ node }: { readonly node: ShownNode }): ReactElement {
  const { t } = useTranslation();
  const { bytes } = useFormats();
  const { facts } = node;
  if (Object.keys(facts).length === 0) return <p className="quiet">{t('nodes.noFacts')}</p>;
  const shown = (name: string, value: unknown): ReactNode => {
    if (name === 'memoryBytes' && typeof value === 'number') return bytes(value);
    if (name === 'env' && typeof value === 'object' && value !== null) return <Variables variables={value as Record<string, string>} />;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  };
  const others = Object.keys(facts).filter((name) => !KNOWN.some((known) => known === name) && !UNTOLD.has(name));
  return (
    <FactsList
      facts={[
        ...KNOWN.filter((name) => name in facts).map((name) => [t(`nodes.fact.${name}`), shown(name, facts[name])] as const),
        ...others.map((name) => [name, shown(name, facts[name])] as const),
      ]}
    />
  );
}

function Variables({ variables }: { readonly variables: Readonly<Record<string, string>> }): ReactElement {
  const { t } = useTranslation();
  const all = Object.entries(variables);
  if (all.length === 0) return <span className="quiet">{t('nodes.noEnv')}</span>;
  return (
    <ul className="plain">
      {all.map(([name, value]) => (
        <li key={name}>
          <code className="words">{`${name}=${value}`}</code>
        </li>
      ))}
    </ul>
  );
}
