import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_MESSAGE_LENGTH, MAX_SHORTCUT_LENGTH } from '../../../protocol/limits.ts';
import {
  cannedResponse,
  MAX_CANNED_RESPONSES,
} from '../../../protocol/resources/canned-response.ts';
import { CANNED_SHORTCUT } from '../../../protocol/resources/canned-shortcut.ts';
import { changeVersion } from '../../../protocol/resources/live.ts';
import { checkLimit, line, refuseDuplicate } from '../../http/admin-parts.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf, publishRecords } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import {
  createCannedResponse,
  listCannedResponses,
  removeCannedResponse,
  updateCannedResponse,
} from './store.ts';

const request = z.object({
  /** What follows the slash: letters, digits, hyphens and underscores, kept in small letters. */
  shortcut: line(MAX_SHORTCUT_LENGTH)
    .overwrite((value) => value.toLowerCase())
    .refine((value) => CANNED_SHORTCUT.test(value), {
      message: 'Use letters, digits, hyphens and underscores, without spaces.',
    }),
  body: line(MAX_MESSAGE_LENGTH),
});
const answer = z.object({ canned_response: cannedResponse, version: changeVersion });
const TAKEN = 'Another response has this shortcut.';

/** Texts that agents use again; everyone reads them, since everyone answers. */
export const cannedResponses = new Hono<AdminEnv>()
  .get(
    '/',
    permit('canned_responses.read'),
    described('All canned responses, by shortcut.', { 200: pageOf(cannedResponse) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const items = await listCannedResponses(databaseOf(context), organization_id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .post(
    '/',
    permit('canned_responses.manage'),
    described('Adds a canned response; 409 when the shortcut is taken.', { 201: answer }),
    validated('json', request),
    async (context) => {
      const { organization_id } = context.var.agent;
      const db = databaseOf(context);
      const { length } = await listCannedResponses(db, organization_id);
      checkLimit(length, MAX_CANNED_RESPONSES, 'canned responses');
      const created = await refuseDuplicate('shortcut', TAKEN, () =>
        createCannedResponse(db, byOf(context), context.req.valid('json')),
      );
      const dashboards = dashboardsOf(context);
      const { version } = await publishRecords(dashboards, 'canned_responses', [created.id]);
      return context.json({ canned_response: created, version }, 201);
    },
  )
  .put(
    '/:id',
    permit('canned_responses.manage'),
    described('Replaces a canned response; 409 when the shortcut is taken.', { 200: answer }),
    validated('param', idParam),
    validated('json', request),
    async (context) => {
      const { id } = context.req.valid('param');
      const changed = await refuseDuplicate('shortcut', TAKEN, () =>
        updateCannedResponse(databaseOf(context), byOf(context), id, context.req.valid('json')),
      );
      if (!changed) throw new FoyerError('not_found');
      const dashboards = dashboardsOf(context);
      const { items, version } = await publishRecords(dashboards, 'canned_responses', [id]);
      return context.json({ canned_response: items[0] ?? changed, version }, 200);
    },
  )
  .delete(
    '/:id',
    permit('canned_responses.manage'),
    described('Removes a canned response.', { 204: null }),
    validated('param', idParam),
    async (context) => {
      const { id } = context.req.valid('param');
      if (!(await removeCannedResponse(databaseOf(context), byOf(context), id))) {
        throw new FoyerError('not_found');
      }
      await publishRecords(dashboardsOf(context), 'canned_responses', [id]);
      return context.body(null, 204);
    },
  );
