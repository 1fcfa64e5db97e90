import type { Catalogue } from '../catalogue.ts';

export const triage: Catalogue['triage'] = {
  undo: 'Deshacer',
  open: 'Abrir',
  closed: 'Cerrada como resuelta.',
  closedAsSpam: 'Cerrada como spam.',
  snoozedUntil: (time) => `Pospuesta hasta ${time}.`,
  snoozedUntilReply: 'Pospuesta hasta que el visitante responda.',
  assignedTo: (name) => `Asignada a ${name}.`,
  unassigned: 'Sin asignar.',
  moved: 'Movida.',
  notSent: 'Tu respuesta no se envió, así que la conversación sigue abierta.',
  snooze: {
    later: 'Más tarde hoy',
    tomorrow: 'Mañana por la mañana',
    monday: 'El lunes por la mañana',
    week: 'En una semana',
    reply: 'Hasta que respondan',
    pick: 'Elegir fecha y hora…',
  },
  labels: { none: 'Aún no hay etiquetas', hint: 'Crea etiquetas en los ajustes.' },
};
