import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { talks } from '../../drizzle/demo/talks.ts';
import { startFoyer } from '../support/foyer.ts';

test('the first start creates demo conversations, and the next one leaves them alone', async () => {
  // What these variables are missing or hold shows that the Worker gets them.
  const vars = { FOYER_QUOTAS: '{', FOYER_TURNSTILE_SITE_KEY: 'a key without a secret' };
  const foyer = await startFoyer({ vars });
  onTestFinished(foyer.dispose);
  const counts = () =>
    foyer.query(`SELECT count(*) AS conversations, sum(status = 'closed') AS closed,
      sum(message_count) AS messages FROM conversations`);
  const expected = {
    conversations: talks.length,
    closed: talks.filter((talk) => 'closed' in talk).length,
    messages: talks.flatMap(({ lines }) => lines.filter(([who]) => who !== 'n')).length,
  };
  await expect.poll(counts).toEqual([expected]);
  const health = await (await fetch(`${foyer.origin}/api/health`)).json();
  expect(health).toMatchObject({
    problems: expect.arrayContaining(['quotas_invalid', 'human_check_incomplete']),
  });
  await foyer.stop();
  await foyer.start();
  expect(await counts()).toEqual([expected]);
  // O12: the folder has data and no traces of requests.
  const kinds = [
    ...['cache', 'd1', 'do', 'flagship', 'foyer.json', 'kv', 'queues', 'r2', 'ratelimit'],
    // Running jobs.
    'workflows',
  ];
  expect(kinds).toEqual(expect.arrayContaining(readdirSync(join(foyer.folder, 'v3'))));
});
