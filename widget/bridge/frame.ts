import { COMMANDS, CONNECT, isToFrame, type ToFrame, type ToPage } from './messages.ts';

/**
 * Waits for the page's ports: its own, and that of its commands. Only the parent window counts, and
 * only while it is a document of `origin`, the one that the Worker let frame us.
 */
export function connectPage(
  origin: string | null,
  receive: (message: ToFrame) => void,
  commands: (port: MessagePort) => void,
): (message: ToPage) => void {
  let port: MessagePort | undefined;
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const [added] = event.ports;
    if (event.source !== parent || event.origin !== origin || !added) return;
    if (event.data === COMMANDS) commands(added);
    if (event.data !== CONNECT) return;
    port = added;
    port.onmessage = ({ data }) => {
      if (isToFrame(data)) receive(data);
    };
  });
  return (message) => port?.postMessage(message);
}
