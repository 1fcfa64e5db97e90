import { Hono } from 'hono';
import { recordActivity } from '../../activity/record-store.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf, publishRecords } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { removeSecondFactor } from '../accounts/people-store.ts';
import { tellPersonAndOwners } from '../notices/notices.ts';
import { resettable, subjectOf } from './managed-members.ts';
import { countMemberships } from './store.ts';

/** For who has lost the phone and the backup codes. */
export const memberSecondFactor = new Hono<AdminEnv>().delete(
  '/:id/second-factor',
  permit('members.manage'),
  described('Removes a member’s second factor and tells them and the owners by e-mail.', {
    204: null,
  }),
  validated('param', idParam),
  async (context) => {
    const member = await resettable(context, context.req.valid('param').id);
    const db = databaseOf(context);
    // As with a new password: who is elsewhere, too, would be given into this organization's hands.
    if ((await countMemberships(db, member.user_id)) > 1) {
      throw new FoyerError('conflict', {
        message:
          'This person also belongs to another organization, so they must switch it off themselves.',
      });
    }
    const what = { kind: 'second_factor.removed', subject: subjectOf(member) } as const;
    await removeSecondFactor(db, member.user_id, () => recordActivity(db, byOf(context), what));
    await publishRecords(dashboardsOf(context), 'members', [member.id]);
    const { agent, signedIn } = context.var;
    tellPersonAndOwners(
      context,
      { organization: signedIn.organization, member: member.user_id, by: agent.id },
      { kind: 'factor_removed', by: agent.name },
    );
    return context.body(null, 204);
  },
);
