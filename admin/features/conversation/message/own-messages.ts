import { type Accessor, createSignal } from 'solid-js';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { EDIT_MINUTES } from '../../../../protocol/limits.ts';
import { describeError } from '../../../api/http.ts';
import { now } from '../../../lib/clock.ts';
import { showToast } from '../../../lib/toasts.ts';
import { useInbox } from '../../inbox/context.ts';
import { useSession } from '../../session/session.ts';
import { editMessage, takeBackMessage } from '../api.ts';
import { mentionsAfter } from '../mentions/mentions.ts';

/** Editing and deleting the agent's own messages. */
export function createOwnMessages(
  id: string,
  messages: Accessor<readonly Message[]>,
  closed: Accessor<boolean>,
) {
  const { me } = useSession();
  const { directory } = useInbox();
  const [editing, setEditing] = createSignal<number | null>(null);

  /** The Worker decides. With a wrong clock, only the buttons are shown or hidden wrongly. */
  function canTakeBack({ kind, sender, sent_at, deleted_at }: Message): boolean {
    if (closed() || deleted_at || kind === 'event') return false;
    if (sender.kind !== 'agent' || sender.id !== me.user.id) return false;
    return now() - Date.parse(sent_at) < EDIT_MINUTES * 60_000;
  }

  const canEdit = (message: Message) => message.kind !== 'file' && canTakeBack(message);

  async function act(run: () => Promise<void>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (error) {
      showToast({ tone: 'bad', text: describeError(error) });
      return false;
    }
  }

  return {
    canTakeBack,
    canEdit,
    editing,
    edit: setEditing,
    /** Edits the last message that can still be changed. */
    editLast: () => setEditing(messages().findLast(canEdit)?.seq ?? null),
    /** Saves the text. False if it failed; the text stays in the field then. */
    async save(seq: number, body: string): Promise<boolean> {
      const before = messages().find((message) => message.seq === seq);
      const mentions =
        before?.kind === 'note' ? mentionsAfter(before, body, directory.members()) : undefined;
      const done = await act(() => editMessage(id, seq, body, mentions));
      if (done) setEditing(null);
      return done;
    },
    takeBack: (seq: number) => void act(() => takeBackMessage(id, seq)),
  };
}

export type OwnMessages = ReturnType<typeof createOwnMessages>;
