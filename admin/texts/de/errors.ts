import type { Catalogue, Translation } from '../catalogue.ts';

export const errors: Catalogue['errors'] = {
  timeout: 'Der Server hat zu lange nicht geantwortet.',
  network: 'Der Server ist nicht erreichbar.',
  unknown: 'Etwas ist schiefgelaufen. Versuchen Sie es erneut.',
};

export const refusals: Translation['refusals'] = {
  malformed_json: 'Die Anfrage ist fehlerhaft.',
  validation_failed: 'Etwas im Formular stimmt nicht.',
  file_empty: 'Diese Datei ist leer.',
  file_program: 'Programme können nicht gesendet werden.',
  unauthorized: 'Melden Sie sich an.',
  session_expired: 'Diese Sitzung ist beendet. Öffnen Sie eine neue.',
  forbidden: 'Dafür haben Sie keine Berechtigung.',
  origin_not_allowed: 'Diese Website darf das Widget nicht verwenden.',
  blocked: 'Dieser Chat steht Ihnen nicht zur Verfügung.',
  human_check_required: 'Bestätigen Sie, dass Sie ein Mensch sind, und versuchen Sie es erneut.',
  not_found: 'Nicht gefunden.',
  conflict: 'Das passt nicht zum aktuellen Stand. Laden Sie neu und versuchen Sie es erneut.',
  already_claimed: 'Diese Unterhaltung ist jemand anderem zugewiesen.',
  too_late: 'Das lässt sich nicht mehr ändern.',
  conversation_closed: 'Diese Unterhaltung ist geschlossen.',
  payload_too_large: 'Das ist zu groß.',
  rate_limited: 'Zu viele Anfragen. Warten Sie einen Moment und versuchen Sie es erneut.',
  internal: 'Bei uns ist etwas schiefgelaufen. Versuchen Sie es erneut.',
  files_unavailable: 'Dieser Chat nimmt keine Dateien an.',
  unavailable: 'Das ist gerade nicht verfügbar. Versuchen Sie es gleich noch einmal.',
  malformed_frame: 'Die Anfrage ist fehlerhaft.',
  unknown_type: 'Die Anfrage hat einen unbekannten Typ.',
  frame_too_large: 'Die Anfrage ist zu groß.',
};
