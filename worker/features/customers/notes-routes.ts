import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_NOTE_LENGTH, MAX_NOTES_EACH } from '../../../protocol/limits.ts';
import { customerNote } from '../../../protocol/resources/customer.ts';
import { may } from '../../auth/permissions.ts';
import { checkLimit, line } from '../../http/admin-parts.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam, uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { createNote, listNotes, removeNote } from './notes-store.ts';
import { mustSeeCustomer } from './seen-customer.ts';

const request = z.object({ body: line(MAX_NOTE_LENGTH) });
const noteParam = idParam.extend({ note: uuid });

/** Notes on a customer. Whoever wrote one may remove it, and who manages notes, anyone's. */
export const customerNotes = new Hono<AdminEnv>()
  .get(
    '/:id/notes',
    permit('customer.read'),
    described('Notes on a customer, newest first.', { 200: pageOf(customerNote) }),
    validated('param', idParam),
    async (context) => {
      const { agent } = context.var;
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      await mustSeeCustomer(db, agent, id);
      const items = await listNotes(db, agent.organization_id, id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .post(
    '/:id/notes',
    permit('customer.note'),
    described('Adds a note on a customer.', { 201: z.object({ note: customerNote }) }),
    validated('param', idParam),
    validated('json', request),
    async (context) => {
      const { agent } = context.var;
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      await mustSeeCustomer(db, agent, id);
      const notes = await listNotes(db, agent.organization_id, id);
      checkLimit(notes.length, MAX_NOTES_EACH, 'notes');
      const { body } = context.req.valid('json');
      const note = await createNote(db, agent.organization_id, id, { author: agent, body });
      return context.json({ note }, 201);
    },
  )
  .delete(
    '/:id/notes/:note',
    permit('customer.note'),
    described('Removes a note on a customer; 404 for another agent’s note.', { 204: null }),
    validated('param', noteParam),
    async (context) => {
      const { agent, signedIn } = context.var;
      const { id, note } = context.req.valid('param');
      const author = may(signedIn.role, 'customer.notes.manage') ? null : agent.id;
      const db = databaseOf(context);
      await mustSeeCustomer(db, agent, id);
      if (!(await removeNote(db, agent.organization_id, id, note, author, byOf(context)))) {
        throw new FoyerError('not_found');
      }
      return context.body(null, 204);
    },
  );
