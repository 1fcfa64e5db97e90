import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_URL_LENGTH } from '../../../protocol/limits.ts';
import { widgetSession } from '../../../protocol/resources.ts';
import { newVisitorId, readVisitorToken, signTokens } from '../../auth/visitors.ts';
import { databaseOf, originOf, type WidgetEnv } from '../../context.ts';
import { described } from '../../describe.ts';
import { FoyerError } from '../../errors.ts';
import { isAllowedOrigin } from '../../origins.ts';
import { findOpenForVisitor } from '../../store/conversations/one.ts';
import { findWidget, listOpenDepartments } from '../../store/organizations.ts';
import { validated } from '../../validated.ts';

const text = z.string().max(MAX_URL_LENGTH);

const request = z.object({
  key: z.string().max(100),
  visitorToken: z.string().max(2_000).nullish(),
  page: z
    .object({ url: text.nullish(), title: text.nullish(), referrer: text.nullish() })
    .default({}),
  /** The embedding page's origin; where origins are restricted it must be among them. */
  origin: text.nullish(),
  locale: z.string().max(100).nullish(),
  timezone: z.string().max(100).nullish(),
});

/**
 * `POST /`: opens a session. Stateless: nothing is written until a department is picked (P1). A
 * visitor token that is valid here keeps its visitor; any other gets a fresh one, and no error,
 * since there is nothing that its bearer could do about it.
 */
export const sessions = new Hono<WidgetEnv>().post(
  '/',
  described('Opens a session for a visitor.', { 201: widgetSession }),
  validated('json', request),
  async (context) => {
    const { key, visitorToken, page, origin } = context.req.valid('json');
    const db = databaseOf(context);
    const widget = await findWidget(db, key);
    if (!widget) throw new FoyerError('not_found', { message: 'No widget has this key.' });
    const claims = [origin ?? page.url, context.req.header('origin')];
    if (!isAllowedOrigin(widget.allowed_origins, originOf(context.req.raw), claims)) {
      throw new FoyerError('origin_not_allowed');
    }
    const { organization_id } = widget;
    const { FOYER_SECRET } = context.env;
    const known = await readVisitorToken(FOYER_SECRET, organization_id, visitorToken);
    const visitor_id = known ?? newVisitorId();
    const [tokens, departments, open_conversation] = await Promise.all([
      signTokens(FOYER_SECRET, { organization_id, visitor_id }),
      listOpenDepartments(db, organization_id),
      known ? findOpenForVisitor(db, organization_id, known) : null,
    ]);
    const { settings } = widget;
    return context.json({ ...tokens, visitor_id, departments, settings, open_conversation }, 201);
  },
);
