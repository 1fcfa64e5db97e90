/** An address without the punctuation that ends a sentence. */
const LINK = /(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]])/;

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
