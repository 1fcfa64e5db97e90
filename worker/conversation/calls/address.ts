import type { Env } from '../../env.ts';

/**
 * The conversation's object. The organization is part of its name, so another tenant's id leads
 * to an object that nobody created, which answers 404 (P6).
 */
export function conversationObject(env: Env, organizationId: string, conversationId: string) {
  return env.CONVERSATIONS.getByName(`${organizationId}/${conversationId}`);
}
