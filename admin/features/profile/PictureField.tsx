import { createSignal, Show } from 'solid-js';
import { describeError, RequestError } from '../../api/http.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { Button } from '../../components/Button.tsx';
import { announce } from '../../lib/announce.ts';
import { useSession } from '../session/session.ts';
import { removePicture, setPicture } from './api.ts';
import styles from './Profile.module.css';
import { Refusal } from './ProfileSection.tsx';
import { shrinkPicture } from './picture.ts';

const sentence = (error: unknown) =>
  error instanceof Error && !(error instanceof RequestError) ? error.message : describeError(error);

/** One's picture: chosen or dropped, resized in the browser, and shown at once. */
export function PictureField() {
  const session = useSession();
  const [busy, setBusy] = createSignal(false);
  const [over, setOver] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  let input: HTMLInputElement | undefined;
  const user = () => session.me.user;

  async function run(confirmation: string, work: () => Promise<string | null>): Promise<void> {
    if (busy()) return;
    setBusy(true);
    setRefusal(null);
    try {
      const image = await work();
      session.adopt({ ...session.me, user: { ...user(), image } });
      announce(confirmation);
    } catch (error) {
      setRefusal(sentence(error));
    } finally {
      setBusy(false);
    }
  }

  function take(files: FileList | null | undefined): void {
    const [file] = files ?? [];
    if (file) {
      void run('Picture updated.', async () => setPicture(await shrinkPicture(file)));
    }
    // Allows choosing the same file again.
    if (input) input.value = '';
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer?.files);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside does the same.
    <div
      class={styles.picture}
      classList={{ [styles.over ?? '']: over() }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Avatar id={user().id} name={user().name} image={user().image} size="large" />
      <div class={styles.pictureText}>
        <div class={styles.bar}>
          <Button busy={busy()} onClick={() => input?.click()}>
            {busy() ? 'Uploading…' : user().image ? 'Change picture' : 'Choose picture'}
          </Button>
          <Show when={user().image}>
            <Button
              look="quiet"
              disabled={busy()}
              onClick={() =>
                void run('Picture removed.', async () => {
                  await removePicture();
                  return null;
                })
              }
            >
              Remove picture
            </Button>
          </Show>
        </div>
        <p class={styles.hint}>Shown next to your name. We crop it to a square.</p>
        <Refusal text={refusal()} />
      </div>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
        class="visually-hidden"
        tabindex="-1"
        aria-label="Picture"
        onChange={(event) => take(event.currentTarget.files)}
      />
    </div>
  );
}
