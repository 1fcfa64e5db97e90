import {
  AFTER_CLOSING,
  AWAY_AFTER,
  type AwayAfter,
  LANGUAGE_CHOICES,
  type Language,
  NOTIFY_OF,
  THEMES,
} from '../../../protocol/resources/preference-choices.ts';
import type { Preferences } from '../../../protocol/resources/preferences.ts';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { SaveMark } from '../../components/SaveMark.tsx';
import { createAutosave } from '../../lib/autosave.ts';
import { showToast } from '../../lib/toasts.ts';
import { t } from '../../texts/profile.ts';
import { askPermission } from '../notifications/permission.ts';
import styles from './Profile.module.css';
import { ProfileSection } from './ProfileSection.tsx';
import { choose, preferences } from './preferences.ts';

/** Each in its own language, so that people find theirs. */
const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch', es: 'Español' };

function awayName(minutes: AwayAfter): string {
  const { never, minutes: inMinutes, hours } = t.preferences;
  if (minutes === 0) return never;
  return minutes < 60 ? inMinutes(minutes) : hours(minutes / 60);
}

/** The appearance and the notifications of the dashboard. Each choice saves as it is made. */
export function PreferencesSection() {
  const saves = createAutosave();
  /** If the server refuses it, `choose` takes it back. */
  function save(change: Partial<Preferences>): void {
    void saves.save(Object.keys(change)[0] ?? '', () => choose(change));
  }

  async function setNotifications(enabled: boolean): Promise<void> {
    // Denied, it is said off again, so that the box shows what is saved.
    const allowed = !enabled || (await askPermission());
    save({ browser_notifications: enabled && allowed });
    if (allowed) return;
    showToast({
      tone: 'bad',
      text: t.preferences.notificationsBlocked,
    });
  }

  return (
    <ProfileSection title={t.preferences.title} text={t.preferences.text}>
      <div class={styles.form}>
        <SelectField
          label={t.preferences.theme}
          value={preferences.theme}
          choices={THEMES.map((value) => ({ value, label: t.preferences.themes[value] }))}
          onChoose={(value) => save({ theme: THEMES.find((choice) => choice === value) ?? 'auto' })}
        />
        <SaveMark of="theme" saves={saves} />
        <SelectField
          label={t.preferences.language}
          value={preferences.language}
          choices={LANGUAGE_CHOICES.map((value) => ({
            value,
            label: value === 'auto' ? t.preferences.matchBrowser : LANGUAGE_NAMES[value],
          }))}
          onChoose={(value) =>
            save({ language: LANGUAGE_CHOICES.find((choice) => choice === value) ?? 'auto' })
          }
        />
        <SaveMark of="language" saves={saves} />
        <SelectField
          label={t.preferences.notifyOf}
          value={preferences.notify_of}
          choices={NOTIFY_OF.map((value) => ({ value, label: t.preferences.scopes[value] }))}
          onChoose={(value) =>
            save({
              notify_of: NOTIFY_OF.find((choice) => choice === value) ?? 'mine_and_unassigned',
            })
          }
        />
        <SaveMark of="notify_of" saves={saves} />
        <SelectField
          label={t.preferences.awayAfter}
          value={String(preferences.away_after)}
          choices={AWAY_AFTER.map((value) => ({ value: String(value), label: awayName(value) }))}
          onChoose={(value) =>
            save({ away_after: AWAY_AFTER.find((choice) => String(choice) === value) ?? 30 })
          }
        />
        <SaveMark of="away_after" saves={saves} />
        <SelectField
          label={t.preferences.afterClosing}
          value={preferences.after_closing}
          choices={AFTER_CLOSING.map((value) => ({
            value,
            label: t.preferences.afterClosingChoices[value],
          }))}
          onChoose={(value) =>
            save({ after_closing: AFTER_CLOSING.find((choice) => choice === value) ?? 'next' })
          }
        />
        <SaveMark of="after_closing" saves={saves} />
      </div>
      <CheckField
        label={t.preferences.titleCount}
        hint={t.preferences.titleCountHint}
        checked={preferences.title_count}
        onChange={(title_count) => save({ title_count })}
      />
      <SaveMark of="title_count" saves={saves} />
      <CheckField
        label={t.preferences.singleKeys}
        hint={t.preferences.singleKeysHint}
        checked={preferences.single_keys}
        onChange={(single_keys) => save({ single_keys })}
      />
      <SaveMark of="single_keys" saves={saves} />
      <CheckField
        label={t.preferences.sound}
        hint={t.preferences.soundHint}
        checked={preferences.sound}
        onChange={(sound) => save({ sound })}
      />
      <SaveMark of="sound" saves={saves} />
      <CheckField
        label={t.preferences.notifications}
        hint={t.preferences.notificationsHint}
        checked={preferences.browser_notifications}
        onChange={(enabled) => void setNotifications(enabled)}
      />
      <SaveMark of="browser_notifications" saves={saves} />
    </ProfileSection>
  );
}
