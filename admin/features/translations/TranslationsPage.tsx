import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import page from '../../components/editor.module.css';
import { Icon } from '../../components/Icon.tsx';
import { Row, Rows } from '../../components/list/Rows.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { useSettings } from '../settings/settings.ts';
import { progressOfLanguage } from './draft.ts';
import { LanguageEditor } from './LanguageEditor.tsx';
import { isSameLanguage, LANGUAGES, languageName } from './languages.ts';
import styles from './TranslationsPage.module.css';

/** Translations of the organization's own texts: the languages, or at `/de` one of them. */
export function TranslationsPage(props: { tag?: string | undefined }) {
  const { settings, departments } = useSettings();
  const tag = () => LANGUAGES.find((language) => language === props.tag);
  return (
    <WhenLoaded of={settings} what="settings">
      {(widget) => (
        <WhenLoaded of={departments} what="departments">
          {(all) => {
            const active = () => all().filter(({ archived_at }) => archived_at === null);
            return (
              <Show
                when={tag()}
                keyed
                fallback={<Languages settings={widget()} departments={active()} />}
              >
                {(language) => (
                  <Section
                    title={languageName(language)}
                    text="Anything left empty shows the original."
                    before={
                      <A href="/settings/translations" class={page.back ?? ''}>
                        <Icon name="back" flip />
                        Translations
                      </A>
                    }
                  >
                    <LanguageEditor tag={language} settings={widget()} departments={active()} />
                  </Section>
                )}
              </Show>
            );
          }}
        </WhenLoaded>
      )}
    </WhenLoaded>
  );
}

function Languages(props: { settings: WidgetSettingsRecord; departments: DepartmentRecord[] }) {
  /** Those that have texts first; otherwise by name. */
  const languages = () =>
    LANGUAGES.filter((tag) => !isSameLanguage(tag, props.settings.locale))
      .map((tag) => ({ tag, name: languageName(tag), ...progressOfLanguage(props, tag) }))
      .sort(
        (a, b) => Number(b.written > 0) - Number(a.written > 0) || a.name.localeCompare(b.name),
      );
  return (
    <Section
      title="Translations"
      text="The widget is already translated. Add translations for your own texts: the greeting, departments and their forms. Anything left empty shows the original."
    >
      <Rows label="Languages">
        <For each={languages()}>
          {({ tag, name, written, of }) => (
            <Row
              name={name}
              href={`/settings/translations/${tag}`}
              detail={
                <span class={styles.share}>
                  <progress class={styles.meter} max={of || 1} value={written} aria-hidden="true" />
                  {written} of {of} texts
                </span>
              }
            />
          )}
        </For>
      </Rows>
    </Section>
  );
}
