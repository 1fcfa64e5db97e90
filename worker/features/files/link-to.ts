import { callConversation } from '../../conversation/calls/call-conversation.ts';
import type { Who } from '../../conversation/who.ts';
import type { Env } from '../../env.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { log } from '../../kernel/log/log.ts';
import { keyOf } from './key.ts';
import { signLink } from './link.ts';

/**
 * A link to the file of a message, for a person who may read it.
 *
 * @throws FoyerError not_found for what is not theirs, and for a message without a file
 */
export async function linkTo(
  env: Env,
  person: Who,
  conversationId: string,
  seq: number,
): Promise<{ url: string; expires_at: string }> {
  const { file } = await callConversation(env, person, conversationId, (object) =>
    object.message(person, seq),
  );
  if (!file) throw new FoyerError('not_found');
  const key = keyOf(person.organization_id, conversationId, file.id);
  return signLink(env.FOYER_SECRET, key, file);
}

/** Takes a file's bytes away with the message that carried it; what fails here, the sweep does. */
export async function forgetFile(
  env: Env,
  organizationId: string,
  conversationId: string,
  fileId: string,
): Promise<void> {
  try {
    await env.FILES?.delete(keyOf(organizationId, conversationId, fileId));
  } catch (error) {
    log.warn('file_not_deleted', {
      organization: organizationId,
      conversation: conversationId,
      error,
    });
  }
}
