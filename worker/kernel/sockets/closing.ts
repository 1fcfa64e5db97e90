/** Service Restart (IANA's registry of close codes): not fatal, so that the browser connects again. */
export const COME_BACK = 1012;

/** Codes that a browser is shown where none came over the wire; no Close frame may bear them. */
const NO_CODE = [1005, 1006, 1015];

/**
 * Completes the closing handshake that a browser began. For a hibernating socket workerd
 * (1.20261102.1) does not, though the compatibility date turns web_socket_auto_reply_to_close on:
 * the browser would stay in CLOSING until its own patience ends. Where the runtime has answered,
 * this does nothing.
 */
export function answerClose(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(NO_CODE.includes(code) ? 1000 : code, reason);
  } catch {
    // Closed already, or with a code that is not ours to repeat.
  }
}
