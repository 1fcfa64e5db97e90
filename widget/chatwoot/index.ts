/**
 * Provides the names of Chatwoot's snippet, so that a site can switch by changing one address: BASE_URL
 * becomes Foyer's, and websiteToken Foyer's public key. Served at /packs/js/sdk.js, where the snippet
 * expects it; only migrated sites load it.
 */

type Settings = {
  position?: string;
  locale?: string;
  useBrowserLanguage?: boolean;
  hideMessageBubble?: boolean;
  /** `expanded_bubble` shows the title beside the launcher's icon. */
  type?: string;
  launcherTitle?: string;
  /** The domain whose subdomains share the visitor, with or without a dot before it. */
  baseDomain?: string;
};
type User = {
  name?: string;
  email?: string;
  phone_number?: string;
  /** An identity token of Foyer's. Chatwoot's own hash is not accepted, since it never expires. */
  identifier_hash?: string;
};
type Run = { websiteToken: string; baseUrl: string };

const page: {
  Foyer?: unknown;
  chatwootSettings?: Settings;
  chatwootSDK?: unknown;
  $chatwoot?: unknown;
} = Object(window);
const nonce = document.currentScript?.nonce;

/** Calls a command. Before Foyer's script has loaded, commands go into the queue. */
function foyer(...words: unknown[]): void {
  if (typeof page.Foyer === 'function') page.Foyer(...words);
}

const announce = (name: string, detail?: unknown) =>
  dispatchEvent(new CustomEvent(`chatwoot:${name}`, { detail }));

const unsupported = (name: string) => () =>
  console.warn(`Foyer: $chatwoot.${name} has no counterpart and does nothing.`);

function queueUntilLoaded(): void {
  if (page.Foyer) return;
  const waiting: { (...words: unknown[]): void; q: unknown[][] } = (...words) => {
    waiting.q.push(words);
  };
  waiting.q = [];
  page.Foyer = waiting;
}

function run({ websiteToken, baseUrl }: Run): void {
  if (page.$chatwoot) return;
  const settings = page.chatwootSettings ?? {};
  queueUntilLoaded();
  const chatwoot = {
    baseUrl,
    websiteToken,
    locale: settings.locale,
    position: settings.position ?? 'right',
    hasLoaded: false,
    isOpen: false,
    toggle: (state?: string) =>
      foyer(state === 'open' ? 'open' : state === 'close' ? 'close' : 'toggle'),
    toggleBubbleVisibility: (state: string) => foyer(state === 'hide' ? 'hide' : 'show'),
    popoutChatWindow: () => foyer('open'),
    setUser(identifier: string | number, user: User = {}) {
      const { name, email, phone_number: phone, identifier_hash: token } = user;
      const proven = token?.split('.').length === 3;
      if (token && !proven) {
        console.warn('Foyer: identifier_hash is no Foyer token; the visitor is not verified.');
      }
      foyer('identify', { name, email, phone, ...(proven && { token }) });
      if (!proven) foyer('update', { identifier: `${identifier}` });
    },
    setCustomAttributes: (fields: object) => foyer('update', fields),
    setConversationCustomAttributes: (fields: object) => foyer('update', fields),
    setLocale: (locale: string) => foyer('setLocale', locale.replace('_', '-')),
    reset: () => foyer('shutdown'),
    deleteCustomAttribute: unsupported('deleteCustomAttribute'),
    deleteConversationCustomAttribute: unsupported('deleteConversationCustomAttribute'),
    setLabel: unsupported('setLabel'),
    removeLabel: unsupported('removeLabel'),
    setColorScheme: unsupported('setColorScheme'),
  };
  page.$chatwoot = chatwoot;
  if (settings.hideMessageBubble) foyer('hide');
  foyer('on', 'ready', () => {
    chatwoot.hasLoaded = true;
    announce('ready');
  });
  foyer('on', 'open', () => {
    chatwoot.isOpen = true;
    announce('opened');
  });
  foyer('on', 'close', () => {
    chatwoot.isOpen = false;
    announce('closed');
  });
  foyer('on', 'conversation_started', (detail: unknown) =>
    announce('on-start-conversation', detail),
  );
  foyer('on', 'message', (message: { id: string; text: string; from: string; sentAt: string }) =>
    announce('on-message', {
      id: message.id,
      content: message.text,
      message_type: message.from === 'visitor' ? 0 : 1,
      created_at: Math.floor(Date.parse(message.sentAt) / 1_000),
    }),
  );

  const script = document.createElement('script');
  script.async = true;
  if (nonce) script.nonce = nonce;
  script.dataset.key = websiteToken;
  script.dataset.position = chatwoot.position;
  if (settings.locale && !settings.useBrowserLanguage) {
    script.dataset.locale = settings.locale.replace('_', '-');
  }
  if (settings.type === 'expanded_bubble') {
    script.dataset.text = settings.launcherTitle ?? 'Chat with us';
  }
  if (settings.baseDomain) script.dataset.cookieDomain = settings.baseDomain.replace(/^\./, '');
  script.onerror = () => announce('error');
  script.src = `${baseUrl}/foyer.js`;
  document.head.append(script);
}

page.chatwootSDK = { run };
