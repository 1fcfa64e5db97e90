import type { Catalogue } from '../catalogue.ts';

export const common: Catalogue['common'] = {
  tryAgain: 'Reintentar',
  reload: 'Recargar',
  remove: 'Eliminar',
  confirmRemove: '¿Eliminar para siempre?',
  dismiss: 'Cerrar',
  email: 'Correo electrónico',
  password: 'Contraseña',
  loading: (what) => `Cargando ${what}`,
  couldNotLoad: (what) => `No se pudo cargar: ${what}`,
  couldNotLoadPage: 'No se pudo cargar esta página',
  couldNotLoadDashboard: 'No se pudo cargar el panel',
  somethingWrong: 'Algo salió mal',
  draftsSaved:
    'Tus borradores y los mensajes sin enviar están guardados en este navegador. Recarga la página para continuar.',
  stillSignedIn: (why) => `La sesión sigue abierta. ${why}`,
  notSaved: (why) => `No se guardó. ${why}`,
  newConversation: (customer) => `Nueva conversación de ${customer}`,
  newConversationIn: (customer, department) => `Nueva conversación de ${customer} en ${department}`,
  menuNotLoaded: 'No se pudo cargar el menú. Recarga la página; tus borradores están guardados.',
  menusOffline: 'Los menús no están disponibles sin conexión.',
  actionNotLoaded: 'No se pudo cargar esta acción. Comprueba tu conexión.',
};
