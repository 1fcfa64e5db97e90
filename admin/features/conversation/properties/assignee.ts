import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { useInbox } from '../../inbox/context.ts';
import { useSession } from '../../session/session.ts';
import type { Actions } from '../actions.ts';
import { NOBODY, peopleOf } from './assignees.ts';
import type { Property } from './property.ts';

/**
 * Who a conversation is assigned to, and whom it can be given to. Reactive.
 *
 * @param head the conversation as the server has it; what `actions` expect is shown before
 */
export function createAssignee(head: () => ConversationSummary, actions: Actions): () => Property {
  const { me } = useSession();
  const { inbox, directory } = useInbox();
  const shown = () => ({ ...head(), ...actions.expected() });

  function assign(id: string): void {
    const name = directory.members().find((member) => member.user_id === id)?.name;
    if (id === NOBODY) actions.assign(null);
    else if (id === me.user.id) actions.claim();
    else if (name !== undefined) actions.assign({ id, name });
  }

  return () => ({
    id: 'assignee',
    name: 'Assignee',
    icon: 'person',
    text: shown().assignee?.name ?? 'Unassigned',
    value: shown().assignee?.id ?? NOBODY,
    choices: peopleOf(directory.members(), me, inbox.presence()),
    disabled: shown().status === 'closed',
    choose: assign,
  });
}
