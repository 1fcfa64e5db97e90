import { createSignal, Show } from 'solid-js';
import styles from './Avatar.module.css';
import { Icon } from './Icon.tsx';

const TINTS = 6;

/** The same tint for the same id, always. */
function tintOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (sum % TINTS) + 1;
}

const segmenter = new Intl.Segmenter();

/** The first letter of the first and of the last word, whatever the script. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = (word: string | undefined) =>
    word ? (segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? '') : '';
  return `${first(words[0])}${words.length > 1 ? first(words.at(-1)) : ''}`.toLocaleUpperCase();
}

/** A person's picture, or their initials. The name is shown next to it. */
export function Avatar(props: {
  id: string;
  name: string | null;
  /** The picture's URL, if there is one. */
  image?: string | null | undefined;
  size?: 'tiny' | 'small' | 'large';
  /** The dot of a person's status. The status is also shown as text next to it. */
  status?: 'online' | 'away' | 'offline';
}) {
  /** The URL of a picture that failed to load, because it was replaced. */
  const [missingSrc, setMissingSrc] = createSignal<string | null>(null);
  const image = () => (props.image && props.image !== missingSrc() ? props.image : null);
  return (
    <span
      class={`${styles.avatar} ${styles[`tint${tintOf(props.id)}`]} ${styles[props.size ?? 'medium']}`}
      aria-hidden="true"
    >
      <Show
        when={image()}
        fallback={
          <Show when={props.name} fallback={<Icon name="person" />}>
            {(name) => initials(name())}
          </Show>
        }
      >
        {(address) => (
          <img
            class={styles.image}
            src={address()}
            alt=""
            draggable={false}
            onError={() => setMissingSrc(address())}
          />
        )}
      </Show>
      <Show when={props.status && props.status !== 'offline'}>
        <span class={`${styles.dot} ${styles[props.status ?? '']}`} />
      </Show>
    </span>
  );
}
