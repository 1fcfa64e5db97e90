import { Hono } from 'hono';
import { messages } from '../features/conversations/widget-messages-routes.ts';
import { conversations } from '../features/conversations/widget-routes.ts';
import { socket } from '../features/conversations/widget-socket-routes.ts';
import { customer } from '../features/customers/widget-routes.ts';
import { files } from '../features/files/widget-routes.ts';
import { humanCheck } from '../features/human-check/routes.ts';
import { transcript } from '../features/transcripts/routes.ts';
import { sessions } from '../features/visitor-sessions/opening-routes.ts';
import { forget } from '../features/visitor-sessions/routes.ts';
import { withoutSessionToken } from '../features/visitor-sessions/session-token.ts';
import type { WidgetEnv } from './context.ts';

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
