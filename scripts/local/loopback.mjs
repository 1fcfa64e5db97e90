import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Explained } from '../install.mjs';

/** The two addresses of this machine itself: wrangler listens on one only, browsers try both. */

/** What a system without IPv6 answers. */
const NO_IPV6 = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];
const FREE_WITHIN_MS = 2_000;

/**
 * Throws `Explained` unless a port is free, or soon is, on both addresses.
 * @param {number} port
 */
export async function assertFree(port) {
  const until = Date.now() + FREE_WITHIN_MS;
  for (;;) {
    const error = (await whyNot(port, '127.0.0.1')) ?? (await whyNot(port, '::1'));
    if (error === null) return;
    if (error.code === 'EADDRINUSE' && Date.now() < until) {
      await sleep(100);
      continue;
    }
    const why = error.code === 'EADDRINUSE' ? 'is used by another program' : `: ${error.message}`;
    throw new Explained(
      `Port ${port} ${why}. End that program, or use another port: PORT=${port + 1} npm start`,
    );
  }
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<NodeJS.ErrnoException | null>}
 */
function whyNot(port, host) {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      done(host === '::1' && NO_IPV6.includes(error.code ?? '') ? null : error),
    );
    server.listen({ port, host, ipv6Only: host === '::1' }, () => server.close(() => done(null)));
  });
}

/**
 * Passes on what comes to [::1] to 127.0.0.1, at the same port; without IPv6 it does nothing.
 * @param {number} port
 * @returns {Promise<() => void>} ends that, with its connections
 */
export async function answerOnIpv6(port) {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (from) => {
    const to = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    for (const [source, target] of /** @type {const} */ ([
      [from, to],
      [to, from],
    ])) {
      sockets.add(source);
      source.on('error', () => target.destroy());
      source.on('close', () => sockets.delete(source));
      source.pipe(target);
    }
  });
  const listens = await new Promise((done) => {
    server.once('error', () => done(false));
    server.listen({ port, host: '::1', ipv6Only: true }, () => done(true));
  });
  return () => {
    if (listens) server.close();
    for (const socket of sockets) socket.destroy();
  };
}
