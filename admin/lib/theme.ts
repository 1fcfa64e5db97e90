import type { Theme } from '../../protocol/resources/preference-choices.ts';
import { withStorage } from './storage.ts';

/** Applies a theme, and stores it for the first paint of the next visit. */
export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'auto') delete dataset.theme;
  else dataset.theme = theme;
  withStorage((storage) => storage.setItem('foyer:theme', theme), undefined);
}
