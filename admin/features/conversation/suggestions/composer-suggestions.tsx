import { Show } from 'solid-js';
import type { CannedResponse } from '../../../../protocol/resources/canned-response.ts';
import type { Member } from '../../../../protocol/resources/member.ts';
import type { Cache } from '../../../live/cache.ts';
import { insertText } from '../composer/insert-text.ts';
import EmojiNames from '../emoji/EmojiNames.tsx';
import { createEmojiNames } from '../emoji/emoji-names.ts';
import MentionList from '../mentions/MentionList.tsx';
import { matchingMembers } from '../mentions/matching-members.ts';
import { atAt } from '../mentions/mentions.ts';
import CannedList from './CannedList.tsx';
import { fill } from './canned.ts';
import { createCannedPicker } from './canned-picker.ts';
import {
  CANNED_LIST,
  EMOJI_LIST,
  emojiId,
  MENTION_LIST,
  mentionId,
  optionId,
} from './option-ids.ts';
import { createSuggestions, type Sign } from './suggestions.ts';

type Deps = {
  field(): HTMLTextAreaElement | undefined;
  /** Whether it is a note. Only notes mention colleagues. */
  note(): boolean;
  /** The customer's name, or null. */
  customer(): string | null;
  agent: { id: string; name: string };
  members(): readonly Member[];
  canned(): Cache<CannedResponse>;
  /** Whether the agent can create canned responses. */
  mayCreate: boolean;
  /** Called when a colleague was chosen from the list. */
  onName(userId: string): void;
};

/** The suggestions for `/`, `@` and `:` above the composer's field. */
export function createComposerSuggestions(deps: Deps) {
  const { field, note, customer, agent, members, canned, mayCreate, onName } = deps;

  /** Replaces the sign and the text after it. */
  function complete({ from }: Sign, text: string): void {
    const area = field();
    const end = from + text.length;
    if (area) insertText(area, { from, to: area.selectionStart, text, select: [end, end] });
  }

  const picker = createCannedPicker(
    canned,
    ({ body }, slash) => complete(slash, fill(body, { customer: customer(), agent: agent.name })),
    mayCreate,
  );
  const people = createSuggestions<Member>({
    find: atAt,
    offer: (query) =>
      matchingMembers(
        members().filter(({ user_id }) => user_id !== agent.id),
        query,
      ),
    onChoose: ({ name, user_id }, at) => {
      onName(user_id);
      complete(at, `@${name} `);
    },
  });
  const pictures = createEmojiNames(({ picture }, colon) => complete(colon, `${picture} `));
  const all = [picker, people, pictures];

  return {
    /** Reads the text and the caret after each change. */
    look({ value, selectionStart }: HTMLTextAreaElement): void {
      picker.look(value, selectionStart);
      pictures.look(value, selectionStart);
      if (note()) people.look(value, selectionStart);
      else people.close();
    },
    /** Returns whether a list handled the key. */
    onKeyDown: (event: KeyboardEvent) => all.some((list) => list.onKeyDown(event)),
    close(): void {
      for (const list of all) list.close();
    },
    /** Ids of the list and of the active option; null if nothing is offered. */
    active() {
      const response = picker.active();
      const person = people.active();
      const picture = pictures.active();
      if (response) return { list: CANNED_LIST, option: optionId(response.id) };
      if (person) return { list: MENTION_LIST, option: mentionId(person.user_id) };
      return picture && { list: EMOJI_LIST, option: emojiId(picture.name) };
    },
    /** The lists, above the field. */
    Lists: () => (
      <>
        <CannedList picker={picker} />
        <MentionList picker={people} />
        <Show when={pictures.sign()}>
          <EmojiNames names={pictures} />
        </Show>
      </>
    ),
  };
}

export type ComposerSuggestions = ReturnType<typeof createComposerSuggestions>;
