import { CONNECT, isToFrame, type ToFrame, type ToPage } from './messages.ts';

/**
 * Waits for the page's port. Only the parent window counts, and only while it is a document of
 * `origin`, the one that the Worker let frame us.
 */
export function connectPage(
  origin: string | null,
  receive: (message: ToFrame) => void,
): (message: ToPage) => void {
  let port: MessagePort | undefined;
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== parent || event.origin !== origin || event.data !== CONNECT) return;
    port = event.ports[0];
    if (!port) return;
    port.onmessage = ({ data }) => {
      if (isToFrame(data)) receive(data);
    };
  });
  return (message) => port?.postMessage(message);
}
