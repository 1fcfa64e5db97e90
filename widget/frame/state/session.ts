import { RequestError, type RequestOptions, request } from '../../../protocol/client/http.ts';
import { MAX_URL_LENGTH } from '../../../protocol/limits.ts';
import { SUBPROTOCOL } from '../../../protocol/version.ts';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import type { PageInfo } from '../../bridge/messages.ts';

export type SessionOptions = {
  /** The organization's public key, `wk_…`. */
  key: string;
  /** The language that the page or the browser names. */
  locale: string;
  /** The embedding page's origin; the Worker checks it. */
  origin: string | null;
  /** Where the visitor is now. */
  page(): PageInfo;
  /** The visitor token that the page keeps, null for a new visitor; the newest from then on. */
  visitorToken: string | null;
  /** The token in which the site's server vouches for the visitor. */
  identity?: string | undefined;
  /** A visitor token to keep from now on. */
  keepVisitorToken(token: string): void;
};

/** The visitor's session. Its token stays in memory; it is asked for anew when it has expired. */
export function createSession(options: SessionOptions) {
  let sessionToken = '';
  let visitorId: string | undefined;
  let opening: Promise<WidgetSession> | null = null;

  async function ask(): Promise<WidgetSession> {
    const { url, title, referrer } = options.page();
    const cut = (text: string) => text.slice(0, MAX_URL_LENGTH);
    const session = await request<WidgetSession>('/api/widget/sessions', {
      method: 'POST',
      body: {
        key: options.key,
        visitorToken: options.visitorToken ?? undefined,
        identity: options.identity,
        origin: options.origin ?? undefined,
        page: { url: cut(url), title: cut(title), referrer: cut(referrer) },
        locale: options.locale,
      },
    });
    // Forgotten meanwhile: the new document begins as whoever the page knows by now.
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

  /** A fresh session; asked for once, however many wait for it. */
  function open(): Promise<WidgetSession> {
    opening ??= ask().finally(() => {
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
     * Asks the widget's API: with a fresh session when the old one has expired, and once the visitor
     * has passed the human check that the Worker asks for.
     */
    call,
    /** Subprotocols for a socket; `renew` gets a fresh session first. */
    async protocols(renew: boolean): Promise<string[]> {
      if (renew) await open();
      return [SUBPROTOCOL, sessionToken];
    },
  };
}

export type Session = ReturnType<typeof createSession>;
