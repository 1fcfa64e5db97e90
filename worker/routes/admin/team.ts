import { Hono } from 'hono';
import { team as answer } from '../../../protocol/team.ts';
import type { AdminEnv } from '../../context.ts';
import { described } from '../../describe.ts';
import { canSendMail } from '../../email/send.ts';
import { permit } from '../../guards.ts';

/** What holds for all of the organization's agents. */
export const team = new Hono<AdminEnv>().get(
  '/',
  permit('members.read'),
  described('Whether mails are sent.', { 200: answer }),
  (context) => context.json({ sends_mail: canSendMail(context.env) }, 200),
);
