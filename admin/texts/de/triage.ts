import type { Catalogue } from '../catalogue.ts';

export const triage: Catalogue['triage'] = {
  undo: 'Rückgängig',
  open: 'Öffnen',
  closed: 'Als gelöst geschlossen.',
  closedAsSpam: 'Als Spam geschlossen.',
  snoozedUntil: (time) => `Zurückgestellt bis ${time}.`,
  snoozedUntilReply: 'Zurückgestellt, bis der Besucher antwortet.',
  assignedTo: (name) => `${name} zugewiesen.`,
  unassigned: 'Zuweisung aufgehoben.',
  moved: 'Verschoben.',
  notSent: 'Ihre Antwort wurde nicht gesendet, daher bleibt die Unterhaltung offen.',
  snooze: {
    later: 'Später heute',
    tomorrow: 'Morgen früh',
    monday: 'Montagmorgen',
    week: 'In einer Woche',
    reply: 'Bis zur Antwort',
    pick: 'Datum und Uhrzeit wählen…',
  },
  labels: { none: 'Noch keine Labels', hint: 'Legen Sie Labels in den Einstellungen an.' },
};
