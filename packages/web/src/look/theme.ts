/** Light, dark, or as the system has it. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEPT_AS = 'millrace.theme';

export function theme(): Theme {
  const kept = localStorage.getItem(KEPT_AS);
  return THEMES.find((t) => t === kept) ?? 'system';
}

export function keepTheme(next: Theme): void {
  localStorage.setItem(KEPT_AS, next);
  showTheme();
}

export function showTheme(): void {
  const now = theme();
  if (now === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = now;
}
