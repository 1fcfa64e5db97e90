import { Hono } from 'hono';
import { me } from '../features/accounts/me-routes.ts';
import { myAddress } from '../features/accounts/my-address-routes.ts';
import { mySessions } from '../features/accounts/my-sessions-routes.ts';
import { avatar } from '../features/accounts/own-avatar-routes.ts';
import { security } from '../features/accounts/security-routes.ts';
import { activity } from '../features/activity/routes.ts';
import { cannedResponses } from '../features/canned-responses/routes.ts';
import { messages } from '../features/conversations/admin-messages-routes.ts';
import { conversations } from '../features/conversations/admin-routes.ts';
import { bulk } from '../features/conversations/bulk-routes.ts';
import { customerEntries } from '../features/customer-entries/routes.ts';
import { customerBlock } from '../features/customers/block-routes.ts';
import { customerNotes } from '../features/customers/notes-routes.ts';
import { customers, customersFile } from '../features/customers/routes.ts';
import { departments } from '../features/departments/routes.ts';
import { files } from '../features/files/admin-routes.ts';
import { getStarted } from '../features/get-started/routes.ts';
import { identitySecrets } from '../features/identity/routes.ts';
import { jobs } from '../features/jobs/routes.ts';
import { labels } from '../features/labels/routes.ts';
import { sockets } from '../features/live/routes.ts';
import { passkeys } from '../features/passkeys/routes.ts';
import { schedules } from '../features/schedules/routes.ts';
import { search } from '../features/search/routes.ts';
import { organization } from '../features/settings/organization-routes.ts';
import { settings } from '../features/settings/routes.ts';
import { invitations } from '../features/team/invitations-routes.ts';
import { members } from '../features/team/members-routes.ts';
import { team } from '../features/team/routes.ts';
import { memberSecondFactor } from '../features/team/second-factor-routes.ts';
import { views } from '../features/views/routes.ts';
import { customerSessions } from '../features/visitor-sessions/routes.ts';
import type { AdminEnv } from './context.ts';
import { requireAgent } from './guards.ts';

/** What the dashboard asks, as an agent. */
export const admin = new Hono<AdminEnv>()
  .use(requireAgent)
  .route('/members', members)
  .route('/members', memberSecondFactor)
  .route('/invitations', invitations)
  .route('/team', team)
  .route('/organization', organization)
  .route('/me', me)
  .route('/me', myAddress)
  .route('/me', security)
  .route('/me/sessions', mySessions)
  .route('/me/picture', avatar)
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
  .route('/get-started', getStarted)
  .route('/identity-secrets', identitySecrets)
  .route('/canned-responses', cannedResponses)
  .route('/labels', labels)
  .route('/schedules', schedules)
  .route('/views', views)
  .route('/jobs', jobs)
  .route('/activity', activity);
