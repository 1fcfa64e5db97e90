import { RequestError, type RequestOptions, request } from '../../../protocol/client/http.ts';
import { MAX_URL_LENGTH } from '../../../protocol/limits.ts';
import { SUBPROTOCOL } from '../../../protocol/version.ts';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import type { PageInfo } from '../../bridge/messages.ts';

export type SessionOptions = {
  /** The organization's public key, `wk_…`. */
  key: string;
  /** The language of the page or the browser. */
  locale: string;
  /** The embedding page's origin; the Worker checks it. */
  origin: string | null;
  /** Where the visitor is now. */
  page(): PageInfo;
  /** The page's visitor token, null for a new visitor; updated with each session. */
  visitorToken: string | null;
  /** The identity token from the site's server. */
  identity?: string | undefined;
  /** Called with a new visitor token to store. */
  keepVisitorToken(token: string): void;
};

/** The visitor's session. Its token stays in memory; an expired session is opened again. */
export function createSession(options: SessionOptions) {
  let sessionToken = '';
  let visitorId: string | undefined;
  let opening: Promise<WidgetSession> | null = null;

  async function requestSession(): Promise<WidgetSession> {
    const { url, title, referrer } = options.page();
    const truncate = (text: string) => text.slice(0, MAX_URL_LENGTH);
    const session = await request<WidgetSession>('/api/widget/sessions', {
      method: 'POST',
      body: {
        key: options.key,
        visitorToken: options.visitorToken ?? undefined,
        identity: options.identity,
        origin: options.origin ?? undefined,
        page: { url: truncate(url), title: truncate(title), referrer: truncate(referrer) },
        locale: options.locale,
        timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
    });
    // The browser was forgotten in another tab: a new document starts with the page's current token.
    visitorId ??= session.visitor_id;
    if (visitorId !== session.visitor_id) {
      location.reload();
      await new Promise(() => {});
    }
    sessionToken = session.sessionToken;
    if (options.visitorToken !== session.visitorToken) {
      options.visitorToken = session.visitorToken;
      options.keepVisitorToken(session.visitorToken);
    }
    return session;
  }

  /** Opens a new session, with one request however many callers wait for it. */
  function open(): Promise<WidgetSession> {
    opening ??= requestSession().finally(() => {
      opening = null;
    });
    return opening;
  }

  async function call<Body>(path: string, init?: RequestOptions, again?: true): Promise<Body> {
    try {
      return await request<Body>(`/api/widget/${path}`, {
        ...init,
        headers: { authorization: `Bearer ${sessionToken}` },
      });
    } catch (error) {
      const refusal: Partial<RequestError> = error instanceof RequestError && !again ? error : {};
      const siteKey = refusal.details?.site_key;
      if (refusal.status === 401) await open();
      else {
        if (!siteKey) throw error;
        const check = await import('../forms/lazy/human-check.tsx');
        if (!(await check.default(siteKey))) throw error;
      }
      return call(path, init, true);
    }
  }

  return {
    options,
    open,
    /**
     * Calls the widget's API. Repeats the request with a new session when the old one has expired, and
     * after the human check when the Worker requires it.
     */
    call,
    /** Subprotocols for a socket; `renew` opens a new session first. */
    async protocols(renew: boolean): Promise<string[]> {
      if (renew) await open();
      return [SUBPROTOCOL, sessionToken];
    },
  };
}

export type Session = ReturnType<typeof createSession>;
