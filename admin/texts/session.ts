import { part } from './languages/part.ts';

/** The pages for people who are not signed in. */
export const t = part('session', {
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signInTitle: 'Sign in to Foyer',
  signInText: 'Answer your customers, together.',
  oneMoreStep: 'One more step',
  enterCodeFor: (email: string) => `Enter the code for ${email}.`,
  enterEmailAndPassword: 'Enter your e-mail and password.',
  enterCode: 'Enter a code.',
  enterValidEmail: 'Enter a valid e-mail address.',
  enterEmailFirst: 'Enter your e-mail address first.',
  entriesKept: 'Your entries are kept.',
  tryAgainInSeconds: (seconds: number) => `Try again in ${seconds} s`,
  tryAgainInMinutes: (minutes: number) => `Try again in ${minutes} min`,
  code: 'Code',
  codeHint: 'The 6-digit code from your authenticator app, or a backup code.',
  forgotPassword: 'Forgot your password?',
  newHere: 'New here?',
  setUp: 'Set up Foyer',
  codeExpired: 'Code expired, or not you?',
  startOver: 'Start over',
  lostPhone:
    'Lost your phone and backup codes? Ask an owner or admin to turn off two-step sign-in.',

  usePasskey: 'Use a passkey',
  waitingForPasskey: 'Waiting for your passkey…',
  sendLink: 'E-mail me a link',
  sending: 'Sending…',
  linkSent: (email: string, minutes: number) =>
    `If ${email} is the confirmed address of an account, we sent a link. It works for ${minutes} minutes.`,
  linkIncomplete: 'This link is incomplete. Open it from the e-mail.',
  signingInAs: (email: string) =>
    `You’re signing in as ${email}. Continue only if you asked for this link.`,
  signInAnotherWay: 'Sign in another way',

  join: 'Join',
  joining: 'Joining…',
  joinTeam: 'Join a team',
  joinOrganization: (organization: string) => `Join ${organization}`,
  invited: (by: string, email: string) => `${by} invited ${email}.`,
  loadingInvitation: 'Loading your invitation…',
  yourName: 'Your name',
  yourPassword: 'Your Foyer password',
  passkey: 'Passkey',
  passkeyComing:
    'Your device will ask for a passkey when you click the button below. You’ll sign in with it instead of a password.',
  choosePassword: 'Choose a password instead',
  choosePasskey: 'Use a passkey instead of a password',
  createAccount: 'Create a new account instead',
  haveAccount: 'I have a Foyer account',
  alreadyJoined: 'Already joined?',
  joinCreates: (email: string) => `This creates an account for ${email}.`,
  joinCreatesHere: (email: string, organization: string) =>
    `This creates an account for ${organization} only. You’ll sign in as ${email} and confirm the address in your profile.`,
  joinUnconfirmed: (email: string) =>
    `There’s an account for ${email} whose address was never confirmed. If it’s yours, enter its password.`,
  joinExisting: (email: string) =>
    `${email} already has a Foyer account. Enter its password to join.`,
  joinConfirmed: (email: string) =>
    `Join with your account for ${email}, if you have confirmed that address.`,

  newPassword: 'New password',
  chooseNewPassword: 'Choose a new password',
  oldPasswordStops: 'Your old password will stop working.',
  linkByEmail: 'We’ll e-mail you a link.',
  passwordChanged: 'Password changed. We signed you out everywhere else.',
  resetLinkSent: 'If this address has an account, we sent a link. It works for one hour.',
  setPassword: 'Set password',
  sendResetLink: 'Send link',
  passwordHint: (length: number) =>
    `At least ${length} characters. Don’t use a common password, or your name, address or organization.`,

  confirmTitle: 'Confirm an address',
  confirmHeading: 'Confirm your e-mail address',
  confirmOnlyIf: 'Confirm only if you asked for this link, in a browser where you’re signed in.',
  confirmAddress: 'Confirm address',
  confirming: 'Confirming…',
  confirmed: 'Address confirmed',
  signInAs: (email: string) => `You now sign in as ${email}. E-mails from Foyer go there.`,
  openProfile: 'Open your profile',

  notFound: 'Not found',
  pageNotFound: 'Page not found',
  checkAddress: 'Check the address, or go back to your inbox.',
  openInbox: 'Open the inbox',
});
