import { plainText } from '../../../../protocol/text/format.ts';
import type { CannedPicker } from './canned-picker.ts';
import { CANNED_LIST, optionId } from './option-ids.ts';
import styles from './SuggestionList.module.css';
import { SuggestionList } from './SuggestionList.tsx';

/** The canned responses that match the text after a slash, listed above the field. */
export default function CannedList(props: { picker: CannedPicker }) {
  const { picker } = props;
  return (
    <>
      <SuggestionList
        suggestions={picker}
        id={CANNED_LIST}
        label="Canned responses"
        optionId={({ id }) => optionId(id)}
      >
        {({ shortcut, body }) => (
          <>
            <span class={styles.shortcut} dir="auto">
              /{shortcut}
            </span>
            <span class={styles.body} dir="auto">
              {plainText(body)}
            </span>
          </>
        )}
      </SuggestionList>
      <p class={styles.note} role="status" hidden={picker.note() === null}>
        {picker.note()}
      </p>
    </>
  );
}
