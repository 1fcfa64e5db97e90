import type { Catalogue } from '../catalogue.ts';

export const profile: Catalogue['profile'] = {
  preferences: {
    title: 'Darstellung und Benachrichtigungen',
    text: 'Änderungen werden automatisch gespeichert.',
    theme: 'Design',
    themes: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    matchBrowser: 'Wie der Browser',
    notifyOf: 'Benachrichtigen über',
    scopes: {
      all: 'Alle Unterhaltungen',
      mine_and_unassigned: 'Meine und nicht zugewiesene',
      mentions: 'Nur Erwähnungen',
    },
    afterClosing: 'Nach dem Schließen, Zurückstellen oder Verschieben',
    afterClosingChoices: {
      next: 'Nächste Unterhaltung öffnen',
      previous: 'Vorherige Unterhaltung öffnen',
      stay: 'Bei der Unterhaltung bleiben',
    },
    singleKeys: 'Kürzel mit einer Taste',
    singleKeysHint: 'Tasten wie c für Schließen. Ohne sie findet Strg K weiterhin jede Aktion.',
    awayAfter: 'Abwesend ohne Eingabe nach',
    never: 'Nie',
    minutes: (count) => `${count} Minuten`,
    hours: (count) => (count === 1 ? '1 Stunde' : `${count} Stunden`),
    titleCount: 'Anzahl der ungelesenen im Browser-Tab',
    titleCountHint: 'Wie viele Unterhaltungen Sie brauchen, in Titel und Symbol des Tabs.',
    sound: 'Ton',
    soundHint: 'Ein kurzer Ton bei neuen Nachrichten.',
    notifications: 'Browser-Benachrichtigungen',
    notificationsHint: 'Wenn dieser Tab nicht zu sehen ist. Ihr Browser fragt nach der Erlaubnis.',
    notificationsBlocked:
      'Ihr Browser blockiert Benachrichtigungen dieser Seite. Erlauben Sie sie in seinen Einstellungen.',
  },
};
