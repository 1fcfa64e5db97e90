import { Hono } from 'hono';
import { getStarted as answer } from '../../../protocol/resources/get-started.ts';
import { type AdminEnv, databaseOf, originOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { isAllowedOrigin } from '../../http/headers/origins.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { readSettings } from '../settings/store.ts';
import { readProgress } from './store.ts';

/** How far an organization is with its first steps: all of them in one request. */
export const getStarted = new Hono<AdminEnv>()
  .use(permit('settings.read'))
  .get(
    '/',
    described('Which of the first steps an organization has done.', { 200: answer }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const db = databaseOf(context);
      const [settings, progress] = await Promise.all([
        readSettings(db, organization_id),
        readProgress(db, organization_id),
      ]);
      if (!settings) throw new FoyerError('not_found');
      const { public_key, accent, position, launcher, launcher_text, seen } = settings;
      const widget = { public_key, accent, position, launcher, launcher_text, seen };
      const own = originOf(context.req.raw);
      const test_page = isAllowedOrigin(settings.allowed_origins, own, [own]);
      return context.json({ widget, test_page, ...progress }, 200);
    },
  )
  .get(
    '/test-chat',
    described('Leads to a page that shows the organization’s widget.', { 302: null }),
    async (context) => {
      const settings = await readSettings(databaseOf(context), context.var.agent.organization_id);
      if (!settings) throw new FoyerError('not_found');
      return context.redirect(`/test-widget.html?key=${settings.public_key}`);
    },
  );
