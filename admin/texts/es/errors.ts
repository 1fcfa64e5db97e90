import type { Catalogue, Translation } from '../catalogue.ts';

export const errors: Catalogue['errors'] = {
  timeout: 'El servidor tardó demasiado en responder.',
  network: 'No se pudo conectar con el servidor.',
  unknown: 'Algo salió mal. Inténtalo de nuevo.',
};

export const refusals: Translation['refusals'] = {
  malformed_json: 'La solicitud no es válida.',
  validation_failed: 'Hay algo incorrecto en el formulario.',
  file_empty: 'Este archivo está vacío.',
  file_program: 'No se pueden enviar programas.',
  unauthorized: 'Inicia sesión.',
  session_expired: 'Esta sesión ha terminado. Abre una nueva.',
  forbidden: 'No tienes permiso para hacer esto.',
  origin_not_allowed: 'Este sitio web no puede usar este widget.',
  blocked: 'Este chat no está disponible para ti.',
  human_check_required: 'Confirma que eres una persona y vuelve a intentarlo.',
  not_found: 'No encontrado.',
  conflict: 'Esto no coincide con el estado actual. Recarga y vuelve a intentarlo.',
  already_claimed: 'Esta conversación está asignada a otra persona.',
  too_late: 'Esto ya no se puede cambiar.',
  conversation_closed: 'Esta conversación está cerrada.',
  payload_too_large: 'Es demasiado grande.',
  rate_limited: 'Demasiadas solicitudes. Espera un momento y vuelve a intentarlo.',
  internal: 'Algo salió mal de nuestro lado. Inténtalo de nuevo.',
  files_unavailable: 'Este chat no admite archivos.',
  unavailable: 'No está disponible ahora. Inténtalo de nuevo en un momento.',
  malformed_frame: 'La solicitud no es válida.',
  unknown_type: 'La solicitud es de un tipo desconocido.',
  frame_too_large: 'La solicitud es demasiado grande.',
};
