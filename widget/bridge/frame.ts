import { COMMANDS, CONNECT, isToFrame, type ToFrame, type ToPage } from './messages.ts';

/**
 * Waits for the ports of the page and of its commands. Accepts messages only from the parent window,
 * and only while its origin is `origin`, which the Worker allowed to embed the frame.
 */
export function connectPage(
  origin: string | null,
  receive: (message: ToFrame) => void,
  commands: (port: MessagePort) => void,
): (message: ToPage) => void {
  let port: MessagePort | undefined;
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const [newPort] = event.ports;
    if (event.source !== parent || event.origin !== origin || !newPort) return;
    if (event.data === COMMANDS) commands(newPort);
    if (event.data !== CONNECT) return;
    port = newPort;
    port.onmessage = ({ data }) => {
      if (isToFrame(data)) receive(data);
    };
  });
  return (message) => port?.postMessage(message);
}
