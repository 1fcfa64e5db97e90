import { IconButton } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import styles from './Composer.module.css';
import type { Draft } from './drafts.ts';
import tool from './FormatBar.module.css';
import { FormatBar } from './FormatBar.tsx';
import type { Wrapping } from './wrapping.ts';

/** The bar above the composer's field: reply or note, and the tools. */
export function ComposerTop(props: {
  note: boolean;
  onMode(mode: Draft['mode']): void;
  onWrap(wrapping: Wrapping): void;
  onAttach(): void;
  emoji: boolean;
  onEmoji(): void;
}) {
  return (
    <div class={styles.top}>
      <fieldset class={styles.modes}>
        <legend class="visually-hidden">Message type</legend>
        <label class={styles.mode}>
          <input
            type="radio"
            name="mode"
            class="visually-hidden"
            checked={!props.note}
            onChange={() => props.onMode('text')}
          />
          Reply
        </label>
        <label class={styles.mode}>
          <input
            type="radio"
            name="mode"
            class="visually-hidden"
            checked={props.note}
            onChange={() => props.onMode('note')}
          />
          <Icon name="lock" />
          Note
        </label>
      </fieldset>
      <div class={styles.tools}>
        <FormatBar onChoose={props.onWrap} />
        <IconButton
          icon="smile"
          class={tool.button}
          label="Emoji"
          aria-haspopup="dialog"
          aria-expanded={props.emoji}
          // Otherwise the picker would close on pointerdown and open again on click.
          onPointerDown={(event) => props.emoji && event.stopPropagation()}
          onClick={() => props.onEmoji()}
        />
        <IconButton
          icon="clip"
          class={tool.button}
          label={props.note ? 'Files can’t be added to notes' : 'Attach files'}
          disabled={props.note}
          onClick={() => props.onAttach()}
        />
      </div>
    </div>
  );
}
