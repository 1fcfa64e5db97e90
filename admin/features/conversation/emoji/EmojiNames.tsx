import { EMOJI_LIST, emojiId } from '../suggestions/option-ids.ts';
import { SuggestionList } from '../suggestions/SuggestionList.tsx';
import type { Suggestions } from '../suggestions/suggestions.ts';
import type { Emoji } from './emoji.ts';

/** The emoji that match the text after a colon, listed above the field. */
export default function EmojiNames(props: { names: Suggestions<Emoji> }) {
  return (
    <SuggestionList
      suggestions={props.names}
      id={EMOJI_LIST}
      label="Emoji"
      optionId={({ name }) => emojiId(name)}
      pictured
    >
      {({ picture, name }) => (
        <>
          <span aria-hidden="true">{picture}</span>
          <span>:{name}:</span>
        </>
      )}
    </SuggestionList>
  );
}
