import { Show } from 'solid-js';
import { Portal } from 'solid-js/web';
import { plainText } from '../../../../protocol/text/format.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { t } from '../../../texts/commands.ts';
import { CREATE } from './canned.ts';
import type { CannedPicker } from './canned-picker.ts';
import { CANNED_LIST, optionId } from './option-ids.ts';
import styles from './SuggestionList.module.css';
import { SuggestionList } from './SuggestionList.tsx';

const CreateCanned = lazily(() => import('./CreateCanned.tsx'));

/** The canned responses that match the text after a slash, listed above the field. */
export default function CannedList(props: { picker: CannedPicker }) {
  const { picker } = props;
  return (
    <>
      <SuggestionList
        suggestions={picker}
        id={CANNED_LIST}
        label={t.canned.name}
        optionId={({ id }) => optionId(id)}
      >
        {({ id, shortcut, body }) =>
          id === CREATE ? (
            <span class={styles.body} dir="auto">
              {t.canned.create(shortcut)}
            </span>
          ) : (
            <>
              <span class={styles.shortcut} dir="auto">
                /{shortcut}
              </span>
              <span class={styles.body} dir="auto">
                {plainText(body)}
              </span>
            </>
          )
        }
      </SuggestionList>
      <p class={styles.note} hidden={picker.note() === null}>
        <span role="status">{picker.note()}</span>{' '}
        <Show when={picker.mayCreate}>
          {/* The field keeps the focus until the link is followed. */}
          <a
            href="/admin/settings/canned-responses"
            onMouseDown={(event) => event.preventDefault()}
          >
            {t.canned.settings}
          </a>
        </Show>
      </p>
      <Show when={picker.creating()}>
        {(slash) => (
          // Outside of the reply's form.
          <Portal>
            <CreateCanned
              shortcut={slash().query}
              onCreated={picker.created}
              onClose={picker.stopCreating}
            />
          </Portal>
        )}
      </Show>
    </>
  );
}
