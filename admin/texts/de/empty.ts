import type { Catalogue } from '../catalogue.ts';

export const empty: Catalogue['empty'] = {
  queues: {
    unassigned: {
      title: 'Alles erledigt',
      text: 'Neue Unterhaltungen erscheinen hier, bis jemand sie übernimmt.',
    },
    mine: {
      title: 'Dir ist nichts zugewiesen',
      text: 'Unterhaltungen, die du übernimmst oder beantwortest, erscheinen hier.',
    },
    mentions: {
      title: 'Noch keine Erwähnungen',
      text: 'Hier erscheinen Unterhaltungen, in deren Notizen dich jemand aus dem Team erwähnt.',
    },
    all: {
      title: 'Keine offenen Unterhaltungen',
      text: 'Alle offenen Unterhaltungen erscheinen hier, zugewiesen oder nicht.',
    },
    snoozed: {
      title: 'Nichts ist zurückgestellt',
      text: 'Mit s stellst du zurück. Unterhaltungen kommen pünktlich wieder, oder wenn der Besucher antwortet.',
    },
    closed: {
      title: 'Keine geschlossenen Unterhaltungen',
      text: 'Geschlossene Unterhaltungen erscheinen hier. Du kannst sie wieder öffnen.',
    },
  },
  unanswered: {
    title: 'Nichts ist unbeantwortet',
    text: 'Unterhaltungen ohne Antwort erscheinen hier.',
  },
  noDepartment: {
    title: 'Keine Abteilungen',
    text: 'Besucher können euch schreiben, sobald es eine Abteilung gibt, die sie wählen können.',
  },
  createDepartment: 'Abteilung anlegen',
  testChat: 'Testchat öffnen',
  inDepartment: (title, name) => `${title} in ${name}`,
  withLabel: (title, name) => `${title} mit dem Label ${name}`,
  noResults: (query) => `Keine Treffer für „${query}“`,
  searchText:
    'Gesucht wird in Namen, E-Mail-Adressen und letzten Nachrichten dieser Warteschlange. Enter durchsucht alles.',
  whole: 'Ganze Warteschlange zeigen',
  removed: {
    view: {
      label: 'Diese Ansicht geht nicht mehr: Ihr Label wurde entfernt.',
      department: 'Diese Ansicht geht nicht mehr: Ihre Abteilung wurde entfernt.',
      colleague: 'Diese Ansicht geht nicht mehr: Ihr Teammitglied ist nicht mehr da.',
    },
    list: {
      label: 'Dieses Label wurde entfernt.',
      department: 'Diese Abteilung wurde entfernt.',
      colleague: 'Dieses Teammitglied ist nicht mehr da.',
    },
    without: {
      label: 'Ohne das Label zeigen',
      department: 'Ohne die Abteilung zeigen',
    },
    deleteView: 'Ansicht löschen',
  },
};
