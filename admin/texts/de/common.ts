import type { Catalogue } from '../catalogue.ts';

export const common: Catalogue['common'] = {
  tryAgain: 'Erneut versuchen',
  reload: 'Neu laden',
  remove: 'Entfernen',
  confirmRemove: 'Endgültig entfernen?',
  dismiss: 'Schließen',
  email: 'E-Mail',
  password: 'Passwort',
  loading: (what) => `${what} wird geladen`,
  couldNotLoad: (what) => `Laden fehlgeschlagen: ${what}`,
  couldNotLoadPage: 'Diese Seite konnte nicht geladen werden',
  couldNotLoadDashboard: 'Das Dashboard konnte nicht geladen werden',
  somethingWrong: 'Etwas ist schiefgelaufen',
  draftsSaved:
    'Ihre Entwürfe und nicht gesendeten Nachrichten sind in diesem Browser gespeichert. Laden Sie die Seite neu, um fortzufahren.',
  stillSignedIn: (why) => `Sie sind noch angemeldet. ${why}`,
  notSaved: (why) => `Nicht gespeichert. ${why}`,
  newConversation: (customer) => `Neue Unterhaltung von ${customer}`,
  newConversationIn: (customer, department) => `Neue Unterhaltung von ${customer} in ${department}`,
  menuNotLoaded:
    'Das Menü konnte nicht geladen werden. Laden Sie die Seite neu; Ihre Entwürfe sind gespeichert.',
  menusOffline: 'Menüs sind offline nicht verfügbar.',
  actionNotLoaded: 'Diese Aktion konnte nicht geladen werden. Prüfen Sie Ihre Verbindung.',
};
