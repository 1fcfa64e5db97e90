import { MIN_PASSWORD_LENGTH } from '../../../protocol/limits.ts';
import { isEmail, trimEmail } from '../../../protocol/text/email.ts';
import { isEmpty } from '../../../protocol/text/text.ts';

export type Beginning = {
  code: string;
  organization: string;
  name: string;
  email: string;
  /** Null where the owner signs in with a passkey. */
  password: string | null;
};

/** What is missing or wrong, by the field's name in the request; the Worker checks the rest. */
export function problemsOf(form: Beginning): Record<string, string> {
  const { code, organization, name, email, password } = form;
  return {
    ...(isEmpty(code) && { code: 'Enter the set-up code.' }),
    ...(isEmpty(organization) && { 'organization.name': 'Enter your organization’s name.' }),
    ...(isEmpty(name) && { 'owner.name': 'Enter your name.' }),
    ...(!isEmail(trimEmail(email)) && {
      'owner.email': 'Enter an e-mail address, like name@example.com.',
    }),
    ...(password !== null &&
      password.length < MIN_PASSWORD_LENGTH && {
        'owner.password': `Use at least ${MIN_PASSWORD_LENGTH} characters.`,
      }),
  };
}
