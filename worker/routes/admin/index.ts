import { Hono } from 'hono';
import type { AdminEnv } from '../../context.ts';
import { customerEntries } from '../../features/customer-entries/routes.ts';
import { passkeys } from '../../features/passkeys/routes.ts';
import { customerSessions } from '../../features/visitor-sessions/routes.ts';
import { requireAgent } from '../../guards.ts';
import { bulk } from './bulk.ts';
import { cannedResponses } from './canned-responses.ts';
import { conversations } from './conversations.ts';
import { customerBlock } from './customer-block.ts';
import { customerNotes } from './customer-notes.ts';
import { customers, customersFile } from './customers.ts';
import { departments } from './departments.ts';
import { files } from './files.ts';
import { identitySecrets } from './identity-secrets.ts';
import { invitations } from './invitations.ts';
import { labels } from './labels.ts';
import { me } from './me.ts';
import { memberSecondFactor } from './member-second-factor.ts';
import { members } from './members.ts';
import { messages } from './messages.ts';
import { myAddress } from './my-address.ts';
import { mySessions } from './my-sessions.ts';
import { picture } from './picture.ts';
import { search } from './search.ts';
import { security } from './security.ts';
import { settings } from './settings.ts';
import { sockets } from './sockets.ts';
import { team } from './team.ts';
import { views } from './views.ts';

/** What the dashboard asks, as an agent. */
export const admin = new Hono<AdminEnv>()
  .use(requireAgent)
  .route('/members', members)
  .route('/members', memberSecondFactor)
  .route('/invitations', invitations)
  .route('/team', team)
  .route('/me', me)
  .route('/me', myAddress)
  .route('/me', security)
  .route('/me/sessions', mySessions)
  .route('/me/picture', picture)
  .route('/me/passkeys', passkeys)
  .route('/', sockets)
  .route('/conversations', bulk)
  .route('/conversations', messages)
  .route('/conversations', files)
  .route('/conversations', conversations)
  .route('/', customersFile)
  .route('/customers', customers)
  .route('/search', search)
  .route('/customers', customerNotes)
  .route('/customers', customerEntries)
  .route('/customers', customerBlock)
  .route('/customers', customerSessions)
  .route('/departments', departments)
  .route('/settings', settings)
  .route('/identity-secrets', identitySecrets)
  .route('/canned-responses', cannedResponses)
  .route('/labels', labels)
  .route('/views', views);
