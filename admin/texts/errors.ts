import { part } from './languages/part.ts';

/** Why a request failed, where the server did not say. */
export const t = part('errors', {
  timeout: 'The server took too long to respond.',
  network: 'Couldn’t reach the server.',
  unknown: 'Something went wrong. Try again.',
});
