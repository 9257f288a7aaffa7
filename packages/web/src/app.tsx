/** The whole: who is not signed in is asked to, at the same address; then the pages, each in a file of its own that is read when it is needed. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { lazy, Suspense, useEffect } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { onSessionEnd } from './api/client.ts';
import { keys } from './api/keys.ts';
import { followLive } from './api/live.ts';
import { fetchWhoami } from './api/session.ts';
import { Frame } from './frame.tsx';
import { Login } from './pages/login.tsx';
import { NotFound } from './pages/not-found.tsx';
import { NewPassword } from './pages/password.tsx';
import { FaultBoundary } from './parts/fault-boundary.tsx';
import { Loaded } from './parts/loaded.tsx';

const Home = lazy(() => import('./pages/home.tsx'));
const Item = lazy(() => import('./pages/item.tsx'));
const NewItem = lazy(() => import('./pages/new-item.tsx'));
const Queue = lazy(() => import('./pages/queue.tsx'));
const Nodes = lazy(() => import('./pages/nodes.tsx'));
const Clouds = lazy(() => import('./pages/clouds.tsx'));
const Templates = lazy(() => import('./pages/templates.tsx'));
const System = lazy(() => import('./pages/system.tsx'));

export function App(): ReactElement {
  const { language } = useTranslation().i18n;
  const [, navigate] = useLocation();
  return (
    <I18nProvider locale={language}>
      <RouterProvider navigate={(to) => navigate(to)}>
        <SignedIn />
      </RouterProvider>
    </I18nProvider>
  );
}

function SignedIn(): ReactElement {
  const client = useQueryClient();
  const [at] = useLocation();
  const who = useQuery({ queryKey: keys.whoami, queryFn: fetchWhoami, staleTime: Number.POSITIVE_INFINITY });
  useEffect(() => {
    onSessionEnd(() => void client.invalidateQueries({ queryKey: keys.whoami }));
  }, [client]);
  return (
    <Loaded query={who}>
      {({ user, role, grants, mustChange }) => {
        const seesNothing = role === null && grants.length === 0;
        if (user === null && (seesNothing || at === '/login')) return <Login />;
        if (mustChange) return <NewPassword isFirst />;
        return <Pages key={user} />;
      }}
    </Loaded>
  );
}

function Pages(): ReactElement {
  const client = useQueryClient();
  const { t } = useTranslation();
  const [at] = useLocation();
  useEffect(() => followLive(client), [client]);
  return (
    <Frame>
      <FaultBoundary at={at}>
        <Suspense fallback={<p className="loading">{t('loading')}</p>}>
          <Switch>
            <Route path="/" component={Home} />
            <Route path="/new" component={NewItem} />
            <Route path="/job/*" component={Item} />
            <Route path="/queue" component={Queue} />
            <Route path="/nodes/*?" component={Nodes} />
            <Route path="/clouds" component={Clouds} />
            <Route path="/templates/*?" component={Templates} />
            <Route path="/system/*?" component={System} />
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      </FaultBoundary>
    </Frame>
  );
}
