import { Hono } from 'hono';
import { z } from 'zod';
import type { VisitorConversationItem } from '../../../protocol/conversation/visitor-conversation.ts';
import { MAX_IDENTITY_TOKEN_LENGTH, MAX_URL_LENGTH } from '../../../protocol/limits.ts';
import type { Department } from '../../../protocol/resources/department.ts';
import { isTimeZone } from '../../../protocol/resources/schedule.ts';
import { widgetSession } from '../../../protocol/widget/widget-session.ts';
import {
  type Identity,
  identitySecret,
  type Verdict,
  verifyIdentity,
} from '../../auth/identity.ts';
import { newVisitorId, readVisitorToken, signTokens } from '../../auth/visitors.ts';
import { visitorIdsOf } from '../../conversation/who.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { afterwards } from '../../http/afterwards.ts';
import { asVisitor, databaseOf, originOf, type WidgetEnv } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { differenceFrom, isAllowedOrigin } from '../../http/headers/origins.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { dueLine } from '../../kernel/log/line-limit.ts';
import { log } from '../../kernel/log/log.ts';
import { findOpenForVisitor } from '../conversations/store/one.ts';
import { findByVisitors } from '../customers/store.ts';
import { arriveIn, receive } from '../departments/reception.ts';
import { humanCheckOf } from '../human-check/config.ts';
import { listIdentitySecrets } from '../identity/store.ts';
import { wantedLanguages } from '../pages/frame-language.ts';
import { addressKey } from '../quotas/address-key.ts';
import { mustNotBeRefused } from '../quotas/addresses.ts';
import { findWidget } from '../settings/store.ts';
import { inVisitorsLanguage } from '../translations/own-texts.ts';
import { noteInstallation } from './installation.ts';
import { isForgotten } from './standing.ts';

const text = z.string().max(MAX_URL_LENGTH);

const request = z.object({
  key: z.string().max(100),
  visitorToken: z.string().max(2_000).nullish(),
  page: z
    .object({ url: text.nullish(), title: text.nullish(), referrer: text.nullish() })
    .default({}),
  /** The embedding page's origin; where origins are restricted it must be among them. */
  origin: text.nullish(),
  /** A token by which the site's own server vouches for the visitor's identity. */
  identity: z.string().max(MAX_IDENTITY_TOKEN_LENGTH).nullish(),
  locale: z.string().max(100).nullish(),
  /** The browser's IANA time zone; one that is unknown here is left out. */
  timezone: z.string().max(100).nullish(),
});

/**
 * `POST /`: opens a session. Stateless: nothing of the visitor is written until a department is picked
 * (P1). A visitor token that is valid here keeps its visitor; any other gets a fresh one, and no
 * error, since there is nothing that its bearer could do about it. So it is with an identity: the
 * session still opens, and the answer says what became of it.
 */
export const sessions = new Hono<WidgetEnv>().post(
  '/',
  described('Opens a session for a visitor.', { 201: widgetSession }),
  validated('json', request),
  async (context) => {
    const request = context.req.valid('json');
    const { key, visitorToken, page, origin, identity: token, locale } = request;
    const db = databaseOf(context);
    const widget = await findWidget(db, key);
    if (!widget) throw new FoyerError('not_found', { message: 'No widget has this key.' });
    const own = originOf(context.req.raw);
    const claims = [origin ?? page.url, context.req.header('origin')];
    if (!isAllowedOrigin(widget.allowed_origins, own, claims)) {
      const { organization_id: organization } = widget;
      const reason = differenceFrom(widget.allowed_origins, claims);
      const due = dueLine(`origin ${organization} ${reason}`);
      if (due) log.warn('origin_refused', { organization, reason, role: 'visitor', ...due });
      throw new FoyerError('origin_not_allowed');
    }
    const { organization_id } = widget;
    const { FOYER_SECRET } = context.env;
    const proven = await readVisitorToken(FOYER_SECRET, organization_id, visitorToken);
    const verdict = token ? await judge(context.env, db, organization_id, token) : null;
    const identity = verdict?.state === 'verified' ? verdict.identity : undefined;
    const before = idsOf(organization_id, proven?.visitor_id, identity);
    const languages = {
      wanted: wantedLanguages(locale, context.req.header('accept-language')),
      original: widget.settings.locale,
    };
    const openOf = (ids: readonly string[]) =>
      ids.length > 0 ? findOpenForVisitor(db, organization_id, ids) : null;
    const check = humanCheckOf(context.env);
    // A visitor with a proven identity does not count as new, however many come from there. A browser that came
    // under suspicion and passed no check since has proven nothing.
    const isNew = !identity && (!proven || (check !== undefined && proven.suspected));
    const keyOfAddress = () => addressKey(context.env, organization_id, context.req.raw);
    const address = isNew ? await keyOfAddress() : undefined;
    const customers =
      before.length > 0 ? findByVisitors(db, organization_id, before) : Promise.resolve([]);
    // Whoever was forgotten is somebody new, of whom no address is known.
    const hasAddress = async () =>
      Boolean(identity?.email) ||
      (await customers).some(
        (customer) =>
          customer.email !== null &&
          !(customer.visitor_id === proven?.visitor_id && isForgotten(customer, proven.issued_at)),
      );
    const [records, { departments, closed, verdict: arrival }, record] = await Promise.all([
      customers,
      receive(context.env, db, widget, languages, {
        address,
        zone: zoneOf(request.timezone, context.req.raw),
        hasAddress,
      }),
      openOf(before),
    ]);
    if (records.some(({ blocked_at }) => blocked_at)) throw new FoyerError('blocked');
    const customer = records.find(({ visitor_id }) => visitor_id === proven?.visitor_id);
    // Whoever was forgotten is somebody new, who has only what the site vouches for.
    const forgotten = proven && customer && isForgotten(customer, proven.issued_at);
    const provenIdentity = forgotten ? null : proven;
    const traffic =
      forgotten && !identity && !isNew
        ? (await arriveIn(context.env, organization_id, await keyOfAddress())).verdict
        : arrival;
    if (!check) mustNotBeRefused(traffic);
    const visitor_id = provenIdentity?.visitor_id ?? newVisitorId();
    const open_conversation = forgotten
      ? await openOf(idsOf(organization_id, undefined, identity))
      : record;
    const suspected = traffic.state !== 'fine';
    const checked_until = provenIdentity?.checked_until;
    const session = { organization_id, visitor_id, identity, suspected, checked_until };
    const tokens = await signTokens(FOYER_SECRET, session);
    afterwards(context, noteInstallation(context.env, widget, origin ?? page.url, own));
    return context.json(
      {
        ...tokens,
        visitor_id,
        departments,
        closed,
        settings: {
          ...widget.settings,
          greeting:
            inVisitorsLanguage(widget.translations, languages)?.greeting ||
            widget.settings.greeting,
        },
        customer:
          provenIdentity && customer
            ? { full_name: customer.full_name, email: customer.email, phone: customer.phone }
            : null,
        open_conversation: open_conversation && inOwnLanguage(open_conversation, departments),
        identity: verdict?.state ?? null,
      },
      201,
    );
  },
);

/** The visitor's time zone: as the browser gives it, or as Cloudflare derives it from the address. */
function zoneOf(timezone: string | null | undefined, { cf }: Request): string | undefined {
  const name = timezone ?? located.safeParse(cf).data?.timezone;
  return name && isTimeZone(name) ? name : undefined;
}

const located = z.object({ timezone: z.string() });

/** The visitor_ids of a browser and of whom the site vouches for; none for somebody new. */
function idsOf(
  organization_id: string,
  visitorId: string | undefined,
  identity: Identity | undefined,
): string[] {
  const visitor = asVisitor({ organization_id, visitor_id: visitorId ?? '', identity });
  return visitorIdsOf(visitor).filter((id) => id !== '');
}

/** A conversation under its department's name as this session has it. */
function inOwnLanguage(item: VisitorConversationItem, departments: readonly Department[]) {
  const { id, name } =
    departments.find((department) => department.id === item.department_id) ?? item.department;
  return { ...item, department: { id, name } };
}

async function judge(
  { FOYER_SECRET }: Env,
  db: Database,
  organizationId: string,
  token: string,
): Promise<Verdict> {
  const active = await listIdentitySecrets(db, organizationId);
  const secrets = active.map(async ({ id }) => ({
    id,
    secret: await identitySecret(FOYER_SECRET, organizationId, id),
  }));
  return verifyIdentity(token, await Promise.all(secrets));
}
