import { z } from 'zod';

/** The HTTP side of the Foyer that is tried, and what the command line says of it. */
export type Target = {
  /** `https://chat.example`. */
  url: string;
  /** The widget's key. */
  key: string;
  /** The key of another organization of the same Foyer. */
  otherKey?: string | undefined;
  /** An agent's session cookie, `name=value`, of the first organization. */
  agentCookie?: string | undefined;
  /** Milliseconds to wait for an answer or a frame. */
  timeout: number;
};

export type Answer = { status: number; headers: Headers; body: unknown };

/** Sends a request and reads its JSON; a body that is none is answered as text. */
export async function send(
  target: Target,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  const response = await fetch(target.url + path, {
    method,
    headers,
    ...(body !== undefined && { body }),
    redirect: 'manual',
    signal: AbortSignal.timeout(target.timeout),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @throws Error with a sentence, where no Foyer answers */
export async function mustAnswer(target: Target): Promise<void> {
  const answer = await send(target, 'GET', '/api/health').catch(() => null);
  const isFoyer = answer?.headers.has('x-request-id') === true;
  if (!isFoyer) throw new Error(`No Foyer answers at ${target.url}.`);
}

const secondFactor = z.object({ second_factor: z.literal(true) });

/**
 * Signs an agent in and answers the session's cookie.
 *
 * @throws Error with a sentence that says why not
 */
export async function signIn(target: Target, email: string, password: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: target.url };
  const body = JSON.stringify({ email, password });
  const answer = await send(target, 'POST', '/api/auth/sign-in/email', headers, body);
  if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${codeOf(answer)}.`);
  if (secondFactor.safeParse(answer.body).success) {
    throw new Error(`${email} has a second factor: give --agent-cookie in place of a password.`);
  }
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  const session = cookies.find((cookie) => cookie.includes('session_token='));
  if (!session) throw new Error('The sign-in has set no session cookie.');
  return session;
}

const refusal = z.object({ error: z.object({ code: z.string() }) });

/** The code of an error's answer, or its status. */
export function codeOf({ status, body }: Answer): string {
  return refusal.safeParse(body).data?.error.code ?? `status ${status}`;
}
