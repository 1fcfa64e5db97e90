import { Hono } from 'hono';
import { z } from 'zod';
import { recordNow } from '../../activity/record-store.ts';
import { actorOf } from '../../auth/principal.ts';
import { readTranscript } from '../../conversation/calls/transcript.ts';
import { sessionOf } from '../../conversation/who.ts';
import { transcriptMail } from '../../email/mails.ts';
import { needsInternationalMail } from '../../email/mime.ts';
import { canSendMail, sendMail } from '../../email/send.ts';
import { databaseOf, type WidgetEnv } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { limitMail, requireVisitor } from '../../http/guards.ts';
import { email } from '../../http/input/fields.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { findForVisitor } from '../conversations/store/one.ts';
import {
  countMail,
  mailboxOf,
  TRANSCRIPTS_OF_CONVERSATION,
  TRANSCRIPTS_OF_RECIPIENT,
} from '../mail-quota/mail-quota.ts';
import { mustBeAdmitted } from '../visitor-sessions/store.ts';

const request = z.object({ email });

/**
 * The transcript by e-mail. The address is whatever the visitor gives, so it is sent only of a
 * conversation in which an agent has answered, and few times a minute and a day: nobody can use it to
 * write to strangers.
 */
export const transcript = new Hono<WidgetEnv>()
  .use('/:id/transcript', requireVisitor)
  .post(
    '/:id/transcript',
    described('Mails the transcript to an address.', { 204: null }),
    validated('param', idParam),
    validated('json', request),
    async (context) => {
      const { visitor } = context.var;
      const { id } = context.req.valid('param');
      const { email } = context.req.valid('json');
      const { organization_id } = visitor;
      const db = databaseOf(context);
      const session = sessionOf(visitor);
      await mustBeAdmitted(db, organization_id, session);
      const item = await findForVisitor(db, organization_id, session.visitor_ids, id);
      if (!item) throw new FoyerError('not_found');
      if (!canSendMail(context.env)) {
        throw new FoyerError('unavailable', { message: "This chat can't send e-mail." });
      }
      await limitMail(context.env, visitor.visitor_id);
      const messages = await readTranscript(context.env, visitor, id);
      if (!messages.some(({ sender }) => sender.kind === 'agent')) {
        throw new FoyerError('conflict', { message: 'Nobody has answered yet.' });
      }
      const permit = await countMail(
        db,
        context.env.FOYER_SECRET,
        [
          { quota: TRANSCRIPTS_OF_RECIPIENT, subject: mailboxOf(email) },
          { quota: TRANSCRIPTS_OF_CONVERSATION, subject: `${organization_id}/${id}` },
        ],
        Date.now(),
      );
      if (!permit.ok) {
        const message = 'This transcript was sent several times today. Try again tomorrow.';
        throw new FoyerError('rate_limited', { message, retryAfter: permit.retryAfter });
      }
      const mail = transcriptMail(email, { department: item.department.name, messages });
      if (!(await sendMail(context.env, mail))) {
        await permit.undo();
        if (!needsInternationalMail(email)) throw new FoyerError('unavailable');
        const message = 'The mail service could not deliver to this address. Enter another one.';
        throw new FoyerError('validation_failed', { message, fields: { email: message } });
      }
      const actor = actorOf(visitor, item.widget_customer_id ?? '');
      const what = { kind: 'transcript.sent', subject: { id } } as const;
      await recordNow(db, { organization_id, actor }, what);
      return context.body(null, 204);
    },
  );
