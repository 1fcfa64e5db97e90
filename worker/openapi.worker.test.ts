import { expect, test } from 'vitest';
import { ERRORS } from './errors.ts';
import { call } from './test/world.ts';

test('O7 A27: the description has security, tags, names, uploads, codes and the one refusal', async () => {
  const { json } = await call('GET', '/api/openapi.json');
  expect(json.paths['/admin/customers.csv'].get).toBeDefined();
  expect(json.paths['/admin/me/picture'].put.requestBody.content['image/png']).toBeDefined();
  const names = new Set<string>();
  for (const [path, operations] of Object.entries<object>(json.paths)) {
    for (const one of Object.values(operations)) {
      expect(one.tags, path).toHaveLength(1);
      expect(one.security, path).toEqual(
        path.startsWith('/admin/') ? [{ agent: [] }] : expect.any(Array),
      );
      expect(names.has(one.operationId), one.operationId).toBe(false);
      names.add(one.operationId);
      const refusal = one.responses['400'] ?? one.responses.default;
      expect(refusal).toEqual(one.responses.default);
      expect(JSON.stringify(refusal)).toContain(Object.keys(ERRORS)[0]);
    }
  }
});

test('O7: the description says where a token may travel', async () => {
  const { json } = await call('GET', '/api/openapi.json');
  const { agent, visitor } = json.components.securitySchemes;
  expect(agent.description).toContain('WebSocket');
  expect(visitor.description).toContain('the field sessionToken of its body');
  expect(visitor.description).toContain('second subprotocol, after foyer.v1');
});
