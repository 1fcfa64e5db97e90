import type { Catalogue } from '../catalogue.ts';

export const session: Catalogue['session'] = {
  signIn: 'Anmelden',
  signingIn: 'Anmeldung läuft…',
  signInTitle: 'Bei Foyer anmelden',
  signInText: 'Beantworten Sie Ihre Kunden gemeinsam.',
  oneMoreStep: 'Noch ein Schritt',
  enterCodeFor: (email) => `Geben Sie den Code für ${email} ein.`,
  enterEmailAndPassword: 'Geben Sie E-Mail und Passwort ein.',
  enterCode: 'Geben Sie einen Code ein.',
  enterValidEmail: 'Geben Sie eine gültige E-Mail-Adresse ein.',
  enterEmailFirst: 'Geben Sie zuerst Ihre E-Mail-Adresse ein.',
  entriesKept: 'Ihre Eingaben bleiben erhalten.',
  tryAgainInSeconds: (seconds) => `Erneut versuchen in ${seconds} s`,
  tryAgainInMinutes: (minutes) => `Erneut versuchen in ${minutes} Min.`,
  code: 'Code',
  codeHint: 'Der 6-stellige Code aus Ihrer Authenticator-App oder ein Backup-Code.',
  forgotPassword: 'Passwort vergessen?',
  newHere: 'Neu hier?',
  setUp: 'Foyer einrichten',
  codeExpired: 'Code abgelaufen, oder nicht Sie?',
  startOver: 'Von vorn beginnen',
  lostPhone:
    'Telefon und Backup-Codes verloren? Bitten Sie einen Inhaber oder Admin, die Anmeldung in zwei Schritten auszuschalten.',

  usePasskey: 'Passkey verwenden',
  waitingForPasskey: 'Warten auf Ihren Passkey…',
  sendLink: 'Link per E-Mail senden',
  sending: 'Wird gesendet…',
  linkSent: (email, minutes) =>
    `Wenn ${email} die bestätigte Adresse eines Kontos ist, haben wir einen Link gesendet. Er gilt ${minutes} Minuten.`,
  linkIncomplete: 'Dieser Link ist unvollständig. Öffnen Sie ihn aus der E-Mail.',
  signingInAs: (email) =>
    `Sie melden sich als ${email} an. Fahren Sie nur fort, wenn Sie diesen Link angefordert haben.`,
  signInAnotherWay: 'Anders anmelden',

  join: 'Beitreten',
  joining: 'Beitritt läuft…',
  joinTeam: 'Einem Team beitreten',
  joinOrganization: (organization) => `${organization} beitreten`,
  invited: (by, email) => `${by} hat ${email} eingeladen.`,
  loadingInvitation: 'Ihre Einladung wird geladen…',
  yourName: 'Ihr Name',
  yourPassword: 'Ihr Foyer-Passwort',
  passkey: 'Passkey',
  passkeyComing:
    'Ihr Gerät fragt nach einem Passkey, wenn Sie unten klicken. Damit melden Sie sich statt mit einem Passwort an.',
  choosePassword: 'Lieber ein Passwort wählen',
  choosePasskey: 'Passkey statt Passwort verwenden',
  createAccount: 'Lieber ein neues Konto erstellen',
  haveAccount: 'Ich habe ein Foyer-Konto',
  alreadyJoined: 'Schon beigetreten?',
  joinCreates: (email) => `Damit wird ein Konto für ${email} erstellt.`,
  joinCreatesHere: (email, organization) =>
    `Damit wird ein Konto nur für ${organization} erstellt. Sie melden sich als ${email} an und bestätigen die Adresse in Ihrem Profil.`,
  joinUnconfirmed: (email) =>
    `Es gibt ein Konto für ${email}, dessen Adresse nie bestätigt wurde. Wenn es Ihres ist, geben Sie sein Passwort ein.`,
  joinExisting: (email) =>
    `${email} hat schon ein Foyer-Konto. Geben Sie dessen Passwort ein, um beizutreten.`,
  joinConfirmed: (email) =>
    `Treten Sie mit Ihrem Konto für ${email} bei, wenn Sie diese Adresse bestätigt haben.`,

  newPassword: 'Neues Passwort',
  chooseNewPassword: 'Neues Passwort wählen',
  oldPasswordStops: 'Ihr altes Passwort gilt dann nicht mehr.',
  linkByEmail: 'Wir senden Ihnen einen Link per E-Mail.',
  passwordChanged: 'Passwort geändert. Überall sonst haben wir Sie abgemeldet.',
  resetLinkSent:
    'Wenn es für diese Adresse ein Konto gibt, haben wir einen Link gesendet. Er gilt eine Stunde.',
  setPassword: 'Passwort speichern',
  sendResetLink: 'Link senden',
  passwordHint: (length) =>
    `Mindestens ${length} Zeichen. Kein verbreitetes Passwort, nicht Ihr Name, Ihre Adresse oder Organisation.`,

  confirmTitle: 'Adresse bestätigen',
  confirmHeading: 'E-Mail-Adresse bestätigen',
  confirmOnlyIf:
    'Bestätigen Sie nur, wenn Sie diesen Link angefordert haben, in einem Browser, in dem Sie angemeldet sind.',
  confirmAddress: 'Adresse bestätigen',
  confirming: 'Wird bestätigt…',
  confirmed: 'Adresse bestätigt',
  signInAs: (email) => `Sie melden sich jetzt als ${email} an. E-Mails von Foyer gehen dorthin.`,
  openProfile: 'Profil öffnen',

  notFound: 'Nicht gefunden',
  pageNotFound: 'Seite nicht gefunden',
  checkAddress: 'Prüfen Sie die Adresse oder gehen Sie zurück zum Posteingang.',
  openInbox: 'Posteingang öffnen',
};
