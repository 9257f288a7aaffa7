/** What stands around every page: where one may go, whether what is shown is live, language, theme, and who one is. */
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useState } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { ask, setCsrf } from './api/client.ts';
import { keys } from './api/keys.ts';
import { useLiveness } from './api/live.ts';
import { useSession } from './api/session.ts';
import type { Language } from './i18n/index.ts';
import { changeLanguage, LANGUAGES } from './i18n/index.ts';
import type { Theme } from './look/theme.ts';
import { keepTheme, THEMES, theme } from './look/theme.ts';
import { SearchPalette } from './parts/search-palette.tsx';

export function Frame({ children }: { readonly children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const live = useLiveness();
  return (
    <>
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <header className="top">
        <Link href="/" className="brand">
          <img src="/icon.svg" alt="" width="24" height="24" /> Millrace
        </Link>
        <nav aria-label={t('nav.label')}>
          <Tab to="/" text={t('nav.jobs')} also="/job/" />
          <Tab to="/queue" text={t('nav.queue')} />
          <Tab to="/nodes" text={t('nav.nodes')} also="/nodes" />
          <Tab to="/clouds" text={t('nav.clouds')} />
          <Tab to="/templates" text={t('nav.templates')} also="/templates/" />
          <Tab to="/system" text={t('nav.system')} also="/system" />
        </nav>
        <span className="space" />
        <span className={`live live-${live}`} role="status">
          {live === 'behind' ? t('live.behind') : live === 'live' ? t('live.live') : t('live.connecting')}
        </span>
        <SearchPalette />
        <SettingsMenu />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function Tab({ to, text, also }: { readonly to: string; readonly text: string; readonly also?: string }): ReactElement {
  const [at] = useLocation();
  const isHere = at === to || (also !== undefined && at.startsWith(also));
  return (
    <Link href={to} className="tab" {...(isHere ? { 'aria-current': 'page' as const } : {})}>
      {text}
    </Link>
  );
}

/** Also before the login, without a user. */
export function SettingsMenu(): ReactElement {
  const { t, i18n } = useTranslation();
  const { who } = useSession();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [shown, setShown] = useState<Theme>(theme);
  const act = (id: string): void => {
    if (id in LANGUAGES) void changeLanguage(id as Language);
    else if (THEMES.some((one) => one === id)) {
      keepTheme(id as Theme);
      setShown(id as Theme);
    } else if (id === 'account') navigate('/system/account');
    else if (id === 'login') navigate('/login');
    else
      void ask(['logout'], { method: 'POST', body: {} }).finally(() => {
        setCsrf(null);
        client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.whoami[0] });
        void client.invalidateQueries({ queryKey: keys.whoami });
      });
  };
  return (
    <MenuTrigger>
      <Button className="button">
        {who.user === null ? t('nav.settings') : who.fullName || who.user} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <Menu className="menu" onAction={(key) => act(String(key))}>
          <MenuSection>
            <Header className="quiet">{t('nav.language')}</Header>
            {Object.entries(LANGUAGES).map(([id, name]) => (
              <MenuItem key={id} id={id} className="menu-item" textValue={name}>
                <span lang={id}>{name}</span> {i18n.language === id && '✓'}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator />
          <MenuSection>
            <Header className="quiet">{t('nav.theme')}</Header>
            {THEMES.map((id) => (
              <MenuItem key={id} id={id} className="menu-item" textValue={t(`theme.${id}`)}>
                {t(`theme.${id}`)} {shown === id && '✓'}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator />
          {who.user === null ? (
            <MenuItem id="login" className="menu-item">
              {t('login.button')}
            </MenuItem>
          ) : (
            <MenuSection aria-label={who.user}>
              <MenuItem id="account" className="menu-item">
                {t('nav.account')}
              </MenuItem>
              <MenuItem id="logout" className="menu-item">
                {t('nav.logout')}
              </MenuItem>
            </MenuSection>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
