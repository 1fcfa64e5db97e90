import { Hono } from 'hono';
import { z } from 'zod';
import type { AdminEnv } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { limitAttempts } from '../../http/guards.ts';
import { accountEmail } from '../../http/input/fields.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { sendAddressLink } from '../addresses/send-link.ts';
import { currentPassword, proven } from './proof.ts';

const changeRequest = z.object({ email: accountEmail, password: currentPassword });

/** One's own e-mail address: what one signs in with, and where mails go. */
export const myAddress = new Hono<AdminEnv>()
  .post(
    '/address',
    described('Mails a link to your new address. The address changes when the link is opened.', {
      202: null,
    }),
    validated('json', changeRequest),
    async (context) => {
      const { user } = context.var.signedIn;
      const { email, password } = context.req.valid('json');
      await proven(context, password, 'password');
      if (email === user.email) {
        const message = 'This is already your address.';
        throw new FoyerError('validation_failed', { message, fields: { email: message } });
      }
      // Only a person who reads mail at the address learns whether an account has it.
      await sendAddressLink(context, user, email);
      return context.body(null, 202);
    },
  )
  .post(
    '/confirm-address',
    described('Mails a link that confirms your address.', { 202: null }),
    async (context) => {
      const { user } = context.var.signedIn;
      await limitAttempts(context.env, `confirm:${user.id}`);
      await sendAddressLink(context, user);
      return context.body(null, 202);
    },
  );
