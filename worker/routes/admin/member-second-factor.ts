import { Hono } from 'hono';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described } from '../../describe.ts';
import { FoyerError } from '../../errors.ts';
import { tellPersonAndOwners } from '../../features/notices/notices.ts';
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
  described('Takes a member’s second factor away, and tells them and the owners by mail.', {
    204: null,
  }),
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
    const { agent, signedIn } = context.var;
    tellPersonAndOwners(
      context,
      { organization: signedIn.organization, member: member.user_id, by: agent.id },
      { kind: 'factor_removed', by: agent.name },
    );
    return context.body(null, 204);
  },
);
