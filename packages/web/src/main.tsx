import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/client.ts';
import { App } from './app.tsx';
import { startLanguages } from './i18n/index.ts';
import './look/base.css';
import './look/parts.css';
import './look/pages.css';
import { showTheme } from './look/theme.ts';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // Events say what is old; see api/live.ts.
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (times, error) => error instanceof Problem && (error.status === 0 || error.status >= 500) && times < 5,
    },
  },
});

showTheme();
await startLanguages();
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
