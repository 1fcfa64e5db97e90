import { Hono } from 'hono';
import { z } from 'zod';
import { readSessionToken, readVisitorToken, renewToken } from '../../auth/visitors.ts';
import { sessionOf } from '../../conversation/who.ts';
import { addressOf, asVisitor, databaseOf, type WidgetEnv } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { bearer, limitVisitor } from '../../http/guards.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { mustBeAdmitted } from '../visitor-sessions/store.ts';
import { humanCheckOf } from './config.ts';
import { CHECK_LASTS, checkRequired } from './proof.ts';
import { isSolved } from './siteverify.ts';

const request = z.object({
  /** Turnstile's, which has at most 2,048 characters. */
  token: z.string().min(1).max(2_048),
  /** The visitor's, which then remembers the check, too. */
  visitorToken: z.string().max(2_000).nullish(),
});

/** The address as siteverify takes it; wrangler says other things of a local request. */
const ip = z.union([z.ipv4(), z.ipv6()]);

/**
 * `POST /`: a visitor shows that they are a person. The session's tokens are made again with the
 * proof, and are as old and end as soon as before: a session that was ended stays so.
 */
export const humanCheck = new Hono<WidgetEnv>().post(
  '/',
  described(
    'Takes a token of Cloudflare Turnstile, made with the action `foyer` and the visitor_id as cData. Answers new tokens, with which no check is needed for an hour. 404 where no check is configured, 403 human_check_required where the token does not count.',
    { 200: z.object({ sessionToken: z.string(), visitorToken: z.string().nullable() }) },
  ),
  validated('json', request),
  async (context) => {
    const { FOYER_SECRET } = context.env;
    const bearerToken = bearer(context.req.header('authorization'));
    const session = await readSessionToken(FOYER_SECRET, bearerToken);
    const { organization_id, visitor_id } = session;
    await limitVisitor(context.env, visitor_id);
    await mustBeAdmitted(databaseOf(context), organization_id, sessionOf(asVisitor(session)));
    const check = humanCheckOf(context.env);
    if (!check) throw new FoyerError('not_found');
    const { token, visitorToken } = context.req.valid('json');
    const solved = await isSolved(check, {
      token,
      remoteip: ip.safeParse(addressOf(context.req.raw)).data,
      hostname: new URL(context.req.url).hostname,
      visitor_id,
    });
    if (!solved) throw checkRequired(check);
    const proof = { suspected: false, checked_until: Date.now() + CHECK_LASTS };
    const browser = await readVisitorToken(FOYER_SECRET, organization_id, visitorToken);
    const isOwn = browser?.visitor_id === visitor_id;
    const [renewed, storedResult] = await Promise.all([
      renewToken(FOYER_SECRET, 'session', { ...session, ...proof }),
      browser && isOwn ? renewToken(FOYER_SECRET, 'visitor', { ...browser, ...proof }) : null,
    ]);
    return context.json({ sessionToken: renewed, visitorToken: storedResult }, 200);
  },
);
