import { Hono } from 'hono';
import { afterwards } from '../../afterwards.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described } from '../../describe.ts';
import { lostFactorMail } from '../../email/mails.ts';
import { sendMail } from '../../email/send.ts';
import { FoyerError } from '../../errors.ts';
import { permit } from '../../guards.ts';
import { countMemberships } from '../../store/members.ts';
import { removeSecondFactor } from '../../store/people.ts';
import { validated } from '../../validated.ts';
import { idParam } from '../params.ts';
import { resettable } from './members.ts';
import { announce } from './setup-parts.ts';

/** For who has lost the phone and the backup codes. */
export const memberSecondFactor = new Hono<AdminEnv>().delete(
  '/:id/second-factor',
  permit('members.manage'),
  described('Takes a member’s second factor away, and tells them by mail.', { 204: null }),
  validated('param', idParam),
  async (context) => {
    const member = await resettable(context, context.req.valid('param').id);
    const db = databaseOf(context);
    // As with a new password: who is elsewhere, too, would be given into this organization's hands.
    if ((await countMemberships(db, member.user_id)) > 1) {
      throw new FoyerError('conflict', {
        message: 'This person is a member elsewhere, too, and must switch it off themselves.',
      });
    }
    await removeSecondFactor(db, member.user_id);
    announce(context, 'members');
    const mail = lostFactorMail(member.email, context.var.agent.name);
    afterwards(context, sendMail(context.env, mail, { user: member.user_id }));
    return context.body(null, 204);
  },
);
