import { Hono } from 'hono';
import { z } from 'zod';
import { me } from '../../../protocol/resources/team.ts';
import { recorderOfChange } from '../../activity/record-store.ts';
import { refuseDuplicate } from '../../http/admin-parts.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { personName, slugField } from '../../http/input/fields.ts';
import { validated } from '../../http/input/validated.ts';
import { published } from './published.ts';
import { renameOrganization } from './store.ts';

const changeRequest = z.object({ name: personName, slug: slugField }).partial();
const answer = z.object({ organization: me.shape.organization });

/** What an organization is called: visitors and mails see its name, the command line its short name. */
export const organization = new Hono<AdminEnv>().patch(
  '/',
  permit('settings.manage'),
  described('Changes the organization’s name or short name; 409 when the short name is taken.', {
    200: answer,
  }),
  validated('json', changeRequest),
  async (context) => {
    const { id, name, slug } = context.var.signedIn.organization;
    const before = { name, slug };
    const wanted = context.req.valid('json');
    const after = { name: wanted.name ?? name, slug: wanted.slug ?? slug };
    if (after.name !== name || after.slug !== slug) {
      const db = databaseOf(context);
      const record = recorderOfChange(db, byOf(context), {
        kind: 'organization.renamed',
        before,
        after,
      });
      await refuseDuplicate('slug', 'Another organization has this short name.', () =>
        renameOrganization(db, id, after, record),
      );
      // Their record has the name.
      await published(context);
    }
    return context.json({ organization: { id, ...after } }, 200);
  },
);
