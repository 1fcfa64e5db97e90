import { createEffect, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import {
  PREVIEW_VIEWS,
  type PreviewDepartment,
  type PreviewView,
} from '../../../protocol/widget/preview.ts';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { t } from '../../texts/start.ts';
import { useSession } from '../session/session.ts';
import { connectPreview, type Look, toPreview } from './preview-message.ts';
import styles from './WidgetPreview.module.css';

/** A short chat, in the dashboard's language. */
const messages = () => [
  { from: 'agent' as const, body: t.preview.hello },
  { from: 'visitor' as const, body: t.preview.question },
  { from: 'agent' as const, body: t.preview.answer },
];

/**
 * The widget itself, with settings that are not saved yet. It runs in a frame that cannot reach the
 * server; what is typed into it goes nowhere.
 */
export function WidgetPreview(props: {
  look: Look;
  departments: PreviewDepartment[];
  /** The department whose form shows. */
  departmentId?: string | null;
  /** What shows first. */
  view?: PreviewView;
}) {
  const { me } = useSession();
  const [view, setView] = createSignal<PreviewView>(props.view ?? 'home');
  const [phone, setPhone] = createSignal(false);
  const [dark, setDark] = createSignal(false);
  const [ready, setReady] = createSignal(0);
  let frame: HTMLIFrameElement | undefined;

  onMount(() => {
    if (!frame) return;
    const preview = connectPreview(frame, () => setReady(ready() + 1));
    onCleanup(preview.stop);
    createEffect(() => {
      const message = toPreview(
        props.look,
        { view: view(), phone: phone(), dark: dark() },
        {
          organization: me.organization.name,
          agent: me.user.name,
          departments: props.departments,
          departmentId: props.departmentId ?? null,
          messages: messages(),
        },
      );
      if (ready() > 0) preview.send(message);
    });
  });

  return (
    <section class={styles.preview} aria-label={t.preview.label}>
      <div class={styles.bar}>
        <fieldset class={styles.views}>
          <legend class="visually-hidden">{t.preview.view}</legend>
          <For each={PREVIEW_VIEWS}>
            {(name) => (
              <button
                type="button"
                class={styles.view}
                aria-pressed={view() === name}
                onClick={() => setView(name)}
              >
                {t.preview.views[name]}
              </button>
            )}
          </For>
        </fieldset>
        <CheckField label={t.preview.phone} checked={phone()} onChange={setPhone} />
        <Show when={props.look.theme === 'auto'}>
          <CheckField label={t.preview.dark} checked={dark()} onChange={setDark} />
        </Show>
      </div>
      <div class={styles.stage} classList={{ [styles.phone ?? '']: phone() }}>
        <iframe ref={frame} class={styles.frame} title={t.preview.frame} src="/widget/preview" />
      </div>
    </section>
  );
}
