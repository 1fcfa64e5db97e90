import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { conversationObject } from '../conversation/calls/address.ts';
import type { ConversationObject } from '../conversation/object.ts';
import type { Projection } from '../conversation/projection/store.ts';
import { organizationObject } from '../organization/address.ts';
import type { InboxObject } from '../organization/object.ts';

/**
 * Puts another way to write rows under a conversation and its organization's object.
 *
 * @param write gets the real one, too
 * @returns puts the real one back
 */
export async function projectBy(
  organizationId: string,
  conversationId: string,
  write: (real: Projection) => Projection['write'],
): Promise<() => Promise<void>> {
  // Made each time: a stub does not outlive its object's death.
  const conversation = () => conversationObject(env, organizationId, conversationId);
  const organization = () => organizationObject(env, organizationId);
  const ofConversation = await runInDurableObject(
    conversation(),
    (instance: ConversationObject) => {
      const { projection } = instance;
      instance.projection = { ...projection, write: write(projection) };
      return projection;
    },
  );
  const ofOrganization = await runInDurableObject(organization(), (instance: InboxObject) => {
    const { rows } = instance;
    const writeOne = write(ofConversation);
    // Each row alone: a flush finds none that is as guessed, and none that is there.
    instance.rows = {
      ...rows,
      update: async () => new Set<string>(),
      versions: async () => new Map<string, number>(),
      handOver: undefined,
      alone: ({ founding, state, guess }) => writeOne(founding, state, guess),
    };
    return rows;
  });
  return async () => {
    await runInDurableObject(conversation(), (instance: ConversationObject) => {
      instance.projection = ofConversation;
    });
    await runInDurableObject(organization(), (instance: InboxObject) => {
      instance.rows = ofOrganization;
    });
  };
}
