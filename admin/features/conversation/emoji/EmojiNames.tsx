import { EMOJI_LIST, emojiId } from '../suggestions/option-ids.ts';
import { SuggestionList } from '../suggestions/SuggestionList.tsx';
import type { Suggestions } from '../suggestions/suggestions.ts';
import type { Emoji } from './emoji.ts';

/** The pictures whose names fit what is typed behind the colon, above the field. */
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
