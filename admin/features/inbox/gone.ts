import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { replaces } from '../../live/reconcile.ts';

/** The conversations that went out of this agent's sight, each with the version with which it went. */
export function createGone() {
  const versions = new Map<string, number>();
  return {
    /** Whether a state is from before the conversation went. Only a newer one brings it back. */
    has({ id, version }: ConversationSummary): boolean {
      const wentAt = versions.get(id);
      return wentAt !== undefined && !replaces({ version: wentAt, isRemoved: true }, version);
    },
    /** Returns false if a newer state is known. */
    add(id: string, version: number, known: ConversationSummary | undefined): boolean {
      if (!replaces(known && { version: known.version, isRemoved: false }, version)) return false;
      versions.set(id, Math.max(version, versions.get(id) ?? 0));
      return true;
    },
    /** The agent's departments changed, so what they see is decided again. */
    clear: () => versions.clear(),
  };
}
