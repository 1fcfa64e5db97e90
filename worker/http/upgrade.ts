import { FoyerError } from '../kernel/errors.ts';
import { isUpgrade } from './guards.ts';

/** @throws FoyerError validation_failed for a request that does not ask for a WebSocket */
export function mustUpgrade(request: Request): void {
  if (isUpgrade(request)) return;
  throw new FoyerError('validation_failed', { message: 'This address accepts WebSockets only.' });
}
