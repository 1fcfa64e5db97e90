const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
const plain = link?.href ?? '';

const badge = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#2f5bd7"/><path d="M7 20v-9.5A2.5 2.5 0 0 1 9.5 8h9a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-2.5 2.5H11z" fill="#fff"/><circle cx="22" cy="22" r="10" fill="#c7251b" stroke="#fff" stroke-width="1.5"/><text x="22" y="26.5" font-family="system-ui,sans-serif" font-size="${text.length > 1 ? 11 : 13}" font-weight="700" fill="#fff" text-anchor="middle">${text}</text></svg>`;

/** Shows a number on the tab's icon, or none for 0. */
export function showOnIcon(count: number): void {
  if (!link) return;
  const text = count > 9 ? '9+' : String(count);
  link.href = count === 0 ? plain : `data:image/svg+xml,${encodeURIComponent(badge(text))}`;
}
