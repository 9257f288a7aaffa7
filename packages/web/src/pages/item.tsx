/** Below `/job/`: a folder, a job or a build, as its address says. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { lazy } from 'react';
import { useLocation } from 'wouter';
import { ask } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import type { Item } from '../api/shapes.ts';
import { Loaded } from '../parts/loaded.tsx';
import { readItemAddress } from '../paths.ts';
import { FolderPage } from './items/folder-page.tsx';
import { JobPage } from './job/job-page.tsx';
import { NotFound } from './not-found.tsx';

const BuildPage = lazy(() => import('./build/build-page.tsx'));
const BranchesConfigure = lazy(() => import('./branches/branches-configure.tsx'));
const FolderConfigure = lazy(() => import('./items/folder-configure.tsx'));
const ConfigurePage = lazy(() => import('./job/configure-page.tsx'));

export default function ItemPage(): ReactElement {
  // The router has decoded its address once already, and `%2F` in a name is not `/`: it tells when to look, the browser where.
  useLocation();
  const place = readItemAddress(window.location.pathname);
  if (place === null) return <NotFound />;
  if (place.number !== null)
    return <BuildPage key={`${place.path} ${place.number}`} path={place.path} number={place.number} view={place.view} rest={place.rest} />;
  return <OneItem key={place.path} path={place.path} view={place.view} />;
}

function OneItem({ path, view }: { readonly path: string; readonly view: string }): ReactElement {
  const item = useQuery({ queryKey: keys.item(path), queryFn: () => ask<Item>(['items', path]) });
  return (
    <Loaded query={item}>
      {(data) => {
        if (data.kind === 'multibranch' || data.kind === 'organization')
          return view === 'configure' && data.branch === null ? <BranchesConfigure item={data} /> : <FolderPage folder={data} />;
        if (data.kind === 'folder') return view === 'configure' ? <FolderConfigure folder={data} /> : <FolderPage folder={data} />;
        return view === 'configure' ? <ConfigurePage job={data} /> : <JobPage job={data} />;
      }}
    </Loaded>
  );
}
