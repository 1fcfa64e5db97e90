/** Ids of the options, for the `aria-activedescendant` of the composer's field. */
export const CANNED_LIST = 'canned-responses';
export const MENTION_LIST = 'mentions';
export const EMOJI_LIST = 'emoji-names';

export const optionId = (id: string) => `canned-${id}`;
export const mentionId = (userId: string) => `mention-${userId}`;
export const emojiId = (name: string) => `emoji-name-${name}`;
