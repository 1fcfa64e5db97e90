import { CONNECT, isToPage, type ToFrame, type ToPage } from './messages.ts';

/**
 * Hands one end of a new port to the frame; only a document of `origin` can receive it.
 *
 * @returns a function that sends a message to the frame
 */
export function connectFrame(
  frame: HTMLIFrameElement,
  origin: string,
  receive: (message: ToPage) => void,
): (message: ToFrame) => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    if (isToPage(data)) receive(data);
  };
  frame.contentWindow?.postMessage(CONNECT, origin, [port2]);
  return (message) => port1.postMessage(message);
}
