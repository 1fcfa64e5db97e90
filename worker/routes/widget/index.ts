import { Hono } from 'hono';
import type { WidgetEnv } from '../../context.ts';
import { humanCheck } from '../../features/human-check/routes.ts';
import { forget } from '../../features/visitor-sessions/routes.ts';
import { conversations } from './conversations.ts';
import { customer } from './customer.ts';
import { files } from './files.ts';
import { messages } from './messages.ts';
import { withoutSessionToken } from './session-token.ts';
import { sessions } from './sessions.ts';
import { socket } from './socket.ts';
import { transcript } from './transcript.ts';

/** What the widget asks, as a visitor. The sockets stand first: their token is no header. */
export const widget = new Hono<WidgetEnv>()
  .use(withoutSessionToken)
  .route('/sessions', sessions)
  .route('/human-check', humanCheck)
  .route('/customer', customer)
  .route('/customer', forget)
  .route('/conversations', socket)
  .route('/conversations', messages)
  .route('/conversations', files)
  .route('/conversations', transcript)
  .route('/conversations', conversations);
