import type { Catalogue } from '../catalogue.ts';

export const profile: Catalogue['profile'] = {
  preferences: {
    title: 'Apariencia y notificaciones',
    text: 'Los cambios se guardan automáticamente.',
    theme: 'Tema',
    themes: { auto: 'Como el sistema', light: 'Claro', dark: 'Oscuro' },
    language: 'Idioma',
    matchBrowser: 'Como el navegador',
    notifyOf: 'Notificarme sobre',
    scopes: {
      all: 'Todas las conversaciones',
      mine_and_unassigned: 'Las mías y las sin asignar',
      mentions: 'Solo menciones',
    },
    afterClosing: 'Después de cerrar, posponer o mover',
    afterClosingChoices: {
      next: 'Abrir la conversación siguiente',
      previous: 'Abrir la conversación anterior',
      stay: 'Quedarse en la conversación',
    },
    singleKeys: 'Atajos de una sola tecla',
    singleKeysHint:
      'Teclas como c para cerrar. Sin ellas, Ctrl K sigue encontrando todas las acciones.',
    awayAfter: 'Ausente sin actividad después de',
    never: 'Nunca',
    minutes: (count) => `${count} minutos`,
    hours: (count) => (count === 1 ? '1 hora' : `${count} horas`),
    titleCount: 'Número de no leídas en la pestaña',
    titleCountHint: 'Cuántas conversaciones te necesitan, en el título y el icono de la pestaña.',
    sound: 'Sonido',
    soundHint: 'Un sonido breve con cada mensaje nuevo.',
    notifications: 'Notificaciones del navegador',
    notificationsHint: 'Cuando esta pestaña no está visible. El navegador te pedirá permiso.',
    notificationsBlocked:
      'El navegador bloquea las notificaciones de esta página. Permítelas en su configuración.',
  },
};
