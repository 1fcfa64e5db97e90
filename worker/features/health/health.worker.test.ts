import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import type { Env } from '../../env.ts';
import { app } from '../../http/app.ts';
import { settleWorld } from '../../test/world.ts';

async function deploymentOf(bindings: Env): Promise<unknown> {
  const request = new Request('https://chat.example/api/health');
  const context = createExecutionContext();
  const answer = await app.fetch(request, bindings, context);
  const { deployment } = await answer.json<{ deployment: unknown }>();
  await waitOnExecutionContext(context);
  return deployment;
}

test('O14: health names the deployment that answers, and none where nothing was deployed', async () => {
  await settleWorld();
  const id = '7e1a4a7c-9d0b-4f0e-8a35-3e4f2a9a1c55';
  const CF_VERSION_METADATA = { id, tag: '', timestamp: '2026-11-28T12:00:00Z' };
  expect(await deploymentOf({ ...env, CF_VERSION_METADATA })).toBe(id);
  expect(await deploymentOf(env)).toBe(null);
});
