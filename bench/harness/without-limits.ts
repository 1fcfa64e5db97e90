/**
 * The main module around any version of the Worker (`worker.js`), with limits that are never reached and
 * cost nothing. Miniflare asks a Worker of its own for each request that is counted; Cloudflare counts
 * beside the Worker.
 */
export const WITHOUT_LIMITS = `
  import worker from './worker.js';
  export * from './worker.js';
  const limit = { limit: async () => ({ success: true }) };
  let bindings;
  const withoutLimits = (env) => (bindings ??= Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, name.endsWith('_LIMIT') ? limit : value]),
  ));
  export default {
    ...worker,
    fetch: (request, env, context) => worker.fetch(request, withoutLimits(env), context),
  };
`;
