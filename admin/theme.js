// Runs before the first paint, so that nothing flashes in the other theme; `lib/theme.ts` keeps it.
try {
  const theme = localStorage.getItem('foyer:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is denied: the device decides.
}
