import type { Catalogue } from '../catalogue.ts';

export const session: Catalogue['session'] = {
  signIn: 'Iniciar sesión',
  signingIn: 'Iniciando sesión…',
  signInTitle: 'Iniciar sesión en Foyer',
  signInText: 'Atiende a tus clientes en equipo.',
  oneMoreStep: 'Un paso más',
  enterCodeFor: (email) => `Introduce el código para ${email}.`,
  enterEmailAndPassword: 'Introduce tu correo y tu contraseña.',
  enterCode: 'Introduce un código.',
  enterValidEmail: 'Introduce un correo electrónico válido.',
  enterEmailFirst: 'Introduce primero tu correo electrónico.',
  entriesKept: 'Lo que escribiste se conserva.',
  tryAgainInSeconds: (seconds) => `Reintentar en ${seconds} s`,
  tryAgainInMinutes: (minutes) => `Reintentar en ${minutes} min`,
  code: 'Código',
  codeHint: 'El código de 6 dígitos de tu aplicación de autenticación o un código de respaldo.',
  forgotPassword: '¿Olvidaste tu contraseña?',
  newHere: '¿Es tu primera vez?',
  setUp: 'Configurar Foyer',
  codeExpired: '¿El código caducó o no eres tú?',
  startOver: 'Empezar de nuevo',
  lostPhone:
    '¿Perdiste el teléfono y los códigos de respaldo? Pide a un propietario o administrador que desactive la verificación en dos pasos.',

  usePasskey: 'Usar una llave de acceso',
  waitingForPasskey: 'Esperando tu llave de acceso…',
  sendLink: 'Enviarme un enlace',
  sending: 'Enviando…',
  linkSent: (email, minutes) =>
    `Si ${email} es la dirección confirmada de una cuenta, enviamos un enlace. Sirve durante ${minutes} minutos.`,
  linkIncomplete: 'Este enlace está incompleto. Ábrelo desde el correo.',
  signingInAs: (email) =>
    `Vas a iniciar sesión como ${email}. Continúa solo si pediste este enlace.`,
  signInAnotherWay: 'Iniciar sesión de otra forma',

  join: 'Unirse',
  joining: 'Uniéndote…',
  joinTeam: 'Unirse a un equipo',
  joinOrganization: (organization) => `Unirse a ${organization}`,
  invited: (by, email) => `${by} invitó a ${email}.`,
  loadingInvitation: 'Cargando tu invitación…',
  yourName: 'Tu nombre',
  yourPassword: 'Tu contraseña de Foyer',
  passkey: 'Llave de acceso',
  passkeyComing:
    'Tu dispositivo pedirá una llave de acceso cuando pulses el botón de abajo. La usarás para iniciar sesión en lugar de una contraseña.',
  choosePassword: 'Mejor elegir una contraseña',
  choosePasskey: 'Usar una llave de acceso en lugar de una contraseña',
  createAccount: 'Mejor crear una cuenta nueva',
  haveAccount: 'Ya tengo una cuenta de Foyer',
  alreadyJoined: '¿Ya te uniste?',
  joinCreates: (email) => `Se creará una cuenta para ${email}.`,
  joinCreatesHere: (email, organization) =>
    `Se creará una cuenta solo para ${organization}. Iniciarás sesión como ${email} y confirmarás la dirección en tu perfil.`,
  joinUnconfirmed: (email) =>
    `Hay una cuenta para ${email} cuya dirección nunca se confirmó. Si es tuya, introduce su contraseña.`,
  joinExisting: (email) =>
    `${email} ya tiene una cuenta de Foyer. Introduce su contraseña para unirte.`,
  joinConfirmed: (email) => `Únete con tu cuenta de ${email}, si confirmaste esa dirección.`,

  newPassword: 'Contraseña nueva',
  chooseNewPassword: 'Elige una contraseña nueva',
  oldPasswordStops: 'La contraseña anterior dejará de funcionar.',
  linkByEmail: 'Te enviaremos un enlace por correo.',
  passwordChanged: 'Contraseña cambiada. Cerramos tu sesión en todos los demás lugares.',
  resetLinkSent: 'Si esta dirección tiene una cuenta, enviamos un enlace. Sirve durante una hora.',
  setPassword: 'Guardar contraseña',
  sendResetLink: 'Enviar enlace',
  passwordHint: (length) =>
    `Al menos ${length} caracteres. No uses una contraseña común, ni tu nombre, tu dirección o tu organización.`,

  confirmTitle: 'Confirmar una dirección',
  confirmHeading: 'Confirma tu correo electrónico',
  confirmOnlyIf:
    'Confirma solo si pediste este enlace, en un navegador en el que hayas iniciado sesión.',
  confirmAddress: 'Confirmar dirección',
  confirming: 'Confirmando…',
  confirmed: 'Dirección confirmada',
  signInAs: (email) =>
    `Ahora inicias sesión como ${email}. Los correos de Foyer llegarán a esa dirección.`,
  openProfile: 'Abrir tu perfil',

  notFound: 'No encontrado',
  pageNotFound: 'Página no encontrada',
  checkAddress: 'Revisa la dirección o vuelve a tu bandeja de entrada.',
  openInbox: 'Abrir la bandeja de entrada',
};
