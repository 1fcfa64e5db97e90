import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** Visitors and agents without a browser, who fill an inbox that is to be looked at. */

export type Talk = {
  id: string;
  say(body: string): Promise<void>;
  end(): Promise<void>;
};

export type AgentClient = {
  /** For a browser that is to be signed in as this agent. */
  cookie: { name: string; value: string };
  reply(conversation: string, body: string): Promise<void>;
  note(conversation: string, body: string): Promise<void>;
  claim(conversation: string): Promise<void>;
  close(conversation: string): Promise<void>;
};

const session = z.object({
  sessionToken: z.string(),
  departments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      pre_chat_fields: z.array(z.object({ id: z.string(), label: z.string() })),
    }),
  ),
});
const started = z.object({ conversation: z.object({ id: z.string() }) });

/** A new visitor of Acme who picks a department; `answers` by the labels of its form. */
export async function startTalk(
  origin: string,
  departmentName: string,
  answers: Readonly<Record<string, string>> = {},
  from: { url: string; userAgent?: string } = { url: 'https://shop.example/' },
): Promise<Talk> {
  const headers = {
    'content-type': 'application/json',
    ...(from.userAgent && { 'user-agent': from.userAgent }),
  };
  const { sessionToken, departments } = session.parse(
    await send(`${origin}/api/widget/sessions`, 'POST', headers, {
      key: 'wk_demo',
      page: { url: from.url, title: 'A shop', referrer: '' },
      locale: 'en-GB',
      timezone: 'Europe/Stockholm',
    }),
  );
  const department = departments.find(({ name }) => name === departmentName);
  if (!department) throw new Error(`There is no department ${departmentName}.`);
  const preChatData = Object.fromEntries(
    Object.entries(answers).map(([label, answer]) => {
      const field = department.pre_chat_fields.find((each) => each.label === label);
      if (!field) throw new Error(`${departmentName} does not ask for ${label}.`);
      return [field.id, answer];
    }),
  );
  const conversations = `${origin}/api/widget/conversations`;
  const authorized = { ...headers, authorization: `Bearer ${sessionToken}` };
  const { conversation } = started.parse(
    await send(conversations, 'POST', authorized, {
      sessionToken,
      departmentId: department.id,
      preChatData,
      customerData: {},
      page: { url: from.url, referrer: '' },
    }),
  );
  const address = `${conversations}/${conversation.id}`;
  return {
    id: conversation.id,
    async say(body) {
      await send(`${address}/messages`, 'POST', authorized, { id: randomUUID(), body });
    },
    async end() {
      await send(`${address}/close`, 'POST', authorized, {});
    },
  };
}

/** One of the demo's agents. */
export async function signInByApi(origin: string, email: string): Promise<AgentClient> {
  const headers = { 'content-type': 'application/json', origin };
  const response = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password: 'foyer-demo' }),
  });
  const [pair = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
  if (!response.ok || pair === '') throw new Error(`${email} cannot sign in: ${response.status}`);
  const signedIn = { ...headers, cookie: pair };
  const addressOf = (conversation: string) => `${origin}/api/admin/conversations/${conversation}`;
  const write = async (conversation: string, kind: 'text' | 'note', body: string) => {
    const message = { id: randomUUID(), body, kind };
    await send(`${addressOf(conversation)}/messages`, 'POST', signedIn, message);
  };
  const [name = '', ...value] = pair.split('=');
  return {
    cookie: { name, value: value.join('=') },
    reply: (conversation, body) => write(conversation, 'text', body),
    note: (conversation, body) => write(conversation, 'note', body),
    async claim(conversation) {
      await send(`${addressOf(conversation)}/claim`, 'POST', signedIn, {});
    },
    async close(conversation) {
      const change = { status: 'closed', closedReason: 'resolved' };
      await send(addressOf(conversation), 'PATCH', signedIn, change);
    },
  };
}

async function send(
  address: string,
  method: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<unknown> {
  const response = await fetch(address, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${address}: ${await response.text()}`);
  return await response.json();
}
