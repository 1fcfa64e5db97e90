import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { agentCookies } from '../../auth/agents-session.ts';
import { ERRORS } from '../../kernel/errors.ts';
import { call, ORIGIN } from '../../test/world.ts';

test('O7 A27: the description has security, tags, names, uploads, codes and the one refusal', async () => {
  const { json } = await call('GET', '/api/openapi.json');
  expect(json.paths['/admin/customers.csv'].get).toBeDefined();
  expect(json.paths['/admin/me/picture'].put.requestBody.content['image/png']).toBeDefined();
  const names = new Set<string>();
  const { Refusal, ErrorCode } = json.components.schemas;
  expect(Refusal.properties.error.properties.code.$ref).toBe('#/components/schemas/ErrorCode');
  expect(ErrorCode.enum).toEqual(Object.keys(ERRORS));
  for (const [path, operations] of Object.entries<object>(json.paths)) {
    for (const operation of Object.values(operations)) {
      expect(operation.tags, path).toHaveLength(1);
      expect(operation.security, path).toEqual(
        path.startsWith('/admin/') ? [{ agent: [] }] : expect.any(Array),
      );
      expect(names.has(operation.operationId), operation.operationId).toBe(false);
      names.add(operation.operationId);
      const { content } = operation.responses.default;
      expect(content['application/json'].schema.$ref).toBe('#/components/schemas/Refusal');
      expect(operation.responses['400']?.content ?? content).toEqual(content);
    }
  }
});

test('O7: each error code has a sentence for people and another one for developers', async () => {
  const { json } = await call('GET', '/api/openapi.json');
  const { ErrorCode } = json.components.schemas;
  for (const [code, [status, people, developers]] of Object.entries(ERRORS)) {
    expect(developers.length, code).toBeGreaterThan(30);
    expect(developers).not.toBe(people);
    expect(ErrorCode.description).toContain(`- \`${code}\` (${status}): ${people} ${developers}`);
    expect(ErrorCode['x-errors'][code]).toEqual({ status, people, developers });
  }
});

test('O7: the description has the five paths of /api/auth with bodies, answers and refusals', async () => {
  const { json } = await call('GET', '/api/openapi.json');
  const bodies: Record<string, string[]> = {
    '/auth/sign-in/email': ['email', 'password'],
    '/auth/two-factor/verify-totp': ['code'],
    '/auth/two-factor/verify-backup-code': ['code'],
  };
  for (const [path, fields] of Object.entries(bodies)) {
    const { requestBody, responses } = json.paths[path].post;
    const { schema } = requestBody.content['application/json'];
    expect(schema.required, path).toEqual(fields);
    expect(schema.additionalProperties, path).toBe(false);
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '429', 'default']),
    );
  }
  expect(json.paths['/auth/sign-out'].post.responses['200']).toBeDefined();
  const { anyOf } =
    json.paths['/auth/get-session'].get.responses['200'].content['application/json'].schema;
  expect(anyOf.map(({ type }: { type: string }) => type)).toEqual(['object', 'null']);
});

test('O7: the description says where a token may travel', async () => {
  const { json } = await call('GET', '/api/openapi.json');
  const { agent, visitor } = json.components.securitySchemes;
  expect(agent.name).toBe(agentCookies({ secret: env.FOYER_SECRET, origin: ORIGIN }).name);
  expect(agent.description).toContain('WebSocket');
  expect(visitor.description).toContain('the field sessionToken of its body');
  expect(visitor.description).toContain('second subprotocol, after foyer.v1');
});
