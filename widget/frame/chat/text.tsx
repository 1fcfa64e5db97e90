/** An address without the punctuation that ends a sentence. */
const LINK = /(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]])/;

const PICTURES = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
const WORDS = /[\p{L}\p{N}\p{P}]/u;

/** Whether a text is nothing but a few emoji, which are then shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 24 && PICTURES.test(text) && !WORDS.test(text);
}

/** A message's text; addresses in it can be followed. */
export function MessageText(props: { body: string }) {
  const parts = props.body.split(LINK).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <a href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ),
  );
  return <>{parts}</>;
}
