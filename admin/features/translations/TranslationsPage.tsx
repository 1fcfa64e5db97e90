import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import page from '../../components/editor.module.css';
import { Icon } from '../../components/Icon.tsx';
import { Row, Rows } from '../../components/list/Rows.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { t } from '../../texts/settings.ts';
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
    <WhenLoaded of={settings} what={t.what.settings}>
      {(widget) => (
        <WhenLoaded of={departments} what={t.what.departments}>
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
                    text={t.translations.emptyShows}
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
      title={t.sections.translations}
      text={`${t.translations.text} ${t.translations.emptyShows}`}
    >
      <Rows label={t.translations.languages}>
        <For each={languages()}>
          {({ tag, name, written, of }) => (
            <Row
              name={name}
              href={`/settings/translations/${tag}`}
              detail={
                <span class={styles.share}>
                  <progress class={styles.meter} max={of || 1} value={written} aria-hidden="true" />
                  {t.translations.progress(written, of)}
                </span>
              }
            />
          )}
        </For>
      </Rows>
    </Section>
  );
}
