import type { Catalogue } from '../catalogue.ts';

export const empty: Catalogue['empty'] = {
  queues: {
    unassigned: {
      title: 'Todo al día',
      text: 'Las conversaciones nuevas aparecen aquí hasta que alguien las toma.',
    },
    mine: {
      title: 'No tienes nada asignado',
      text: 'Las conversaciones que tomas o respondes aparecen aquí.',
    },
    mentions: {
      title: 'Aún no hay menciones',
      text: 'Aquí aparecen las conversaciones en las que alguien del equipo te menciona en una nota privada.',
    },
    all: {
      title: 'No hay conversaciones abiertas',
      text: 'Aquí aparecen todas las conversaciones abiertas, asignadas o no.',
    },
    snoozed: {
      title: 'No hay nada pospuesto',
      text: 'Pulsa s para posponer. Las conversaciones vuelven a su hora o cuando el visitante responde.',
    },
    closed: {
      title: 'No hay conversaciones cerradas',
      text: 'Las conversaciones cerradas aparecen aquí. Puedes volver a abrirlas.',
    },
  },
  unanswered: {
    title: 'No hay nada sin responder',
    text: 'Las conversaciones sin respuesta aparecen aquí.',
  },
  noDepartment: {
    title: 'No hay departamentos',
    text: 'Los visitantes podrán escribiros cuando haya un departamento que puedan elegir.',
  },
  createDepartment: 'Crear un departamento',
  testChat: 'Abrir un chat de prueba',
  inDepartment: (title, name) => `${title} en ${name}`,
  withLabel: (title, name) => `${title} con la etiqueta ${name}`,
  noResults: (query) => `Sin resultados para «${query}»`,
  searchText:
    'Se busca en los nombres, las direcciones de correo y los últimos mensajes de esta cola. Pulsa Intro para buscar en todo.',
  whole: 'Mostrar toda la cola',
  removed: {
    view: {
      label: 'Esta vista ya no funciona. Se eliminó su etiqueta.',
      department: 'Esta vista ya no funciona. Se eliminó su departamento.',
      colleague: 'Esta vista ya no funciona. La persona dejó el equipo.',
    },
    list: {
      label: 'Se eliminó esta etiqueta.',
      department: 'Se eliminó este departamento.',
      colleague: 'Esta persona dejó el equipo.',
    },
    without: {
      label: 'Mostrar sin la etiqueta',
      department: 'Mostrar sin el departamento',
    },
    deleteView: 'Eliminar esta vista',
  },
};
