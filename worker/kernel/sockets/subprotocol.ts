import { CHANGES, SUBPROTOCOL } from '../../../protocol/version.ts';

/** The subprotocols that a socket offers, in order; none for a request that names none. */
export function subprotocols({ headers }: Request): string[] {
  const offered = headers.get('sec-websocket-protocol') ?? '';
  return offered.split(',').flatMap((protocol) => protocol.trim() || []);
}

/**
 * The header that names our subprotocol, where the socket offers it: a browser closes a socket on
 * which another one is selected than it offered (RFC 6455, section 4.1). It is the same on the way
 * to an object, which learns of the offer by it, and in the answer.
 */
export function selectedProtocol(request: Request): Record<string, string> {
  return subprotocols(request).includes(SUBPROTOCOL)
    ? { 'sec-websocket-protocol': SUBPROTOCOL }
    : {};
}

/** The header that hands what the socket offers of ours on to an object, which is to know all of it. */
export function knownProtocols(request: Request): Record<string, string> {
  const offered = subprotocols(request).filter((name) => name === SUBPROTOCOL || name === CHANGES);
  return offered.length > 0 ? { 'sec-websocket-protocol': offered.join(', ') } : {};
}
