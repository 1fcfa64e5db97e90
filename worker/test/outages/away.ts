import { env } from 'cloudflare:workers';
import type { Env } from '../../env.ts';

const lost = () => {
  throw new Error('D1_ERROR: Network connection lost.');
};

/** Bindings whose database answers nothing any more, whichever it is. */
export const away: Env = { ...env, ...(env.HYPERDRIVE ? postgres(env.HYPERDRIVE) : d1(env.DB)) };

function d1(database: D1Database): Partial<Env> {
  return { DB: new Proxy(database, { get: () => lost }) };
}

function postgres(hyperdrive: Hyperdrive): Partial<Env> {
  const { connectionString } = hyperdrive;
  const get = (_: Hyperdrive, key: string | symbol) =>
    key === 'connectionString' ? connectionString : lost;
  return { HYPERDRIVE: new Proxy(hyperdrive, { get }) };
}
