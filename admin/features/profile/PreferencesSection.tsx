import {
  AFTER_CLOSING,
  type AfterClosing,
  AWAY_AFTER,
  type AwayAfter,
  NOTIFY_OF,
  type NotifyOf,
  THEMES,
  type Theme,
} from '../../../protocol/resources/preference-choices.ts';
import type { Preferences } from '../../../protocol/resources/preferences.ts';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { SaveMark } from '../../components/SaveMark.tsx';
import { createAutosave } from '../../lib/autosave.ts';
import { showToast } from '../../lib/toasts.ts';
import { askPermission } from '../notifications/permission.ts';
import styles from './Profile.module.css';
import { ProfileSection } from './ProfileSection.tsx';
import { choose, preferences } from './preferences.ts';

const THEME_NAMES: Record<Theme, string> = {
  auto: 'Match system',
  light: 'Light',
  dark: 'Dark',
};
const SCOPE_NAMES: Record<NotifyOf, string> = {
  all: 'All conversations',
  mine_and_unassigned: 'Mine and unassigned',
  mentions: 'Mentions only',
};

const AWAY_NAMES: Record<AwayAfter, string> = {
  0: 'Never',
  5: '5 minutes',
  15: '15 minutes',
  30: '30 minutes',
  60: '1 hour',
  120: '2 hours',
};

const AFTER_CLOSING_NAMES: Record<AfterClosing, string> = {
  next: 'Open the next conversation',
  previous: 'Open the previous conversation',
  stay: 'Stay on the conversation',
};

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
      text: 'Your browser blocks notifications from this page. Allow them in its settings.',
    });
  }

  return (
    <ProfileSection title="Appearance and notifications" text="Changes are saved automatically.">
      <div class={styles.form}>
        <SelectField
          label="Theme"
          value={preferences.theme}
          choices={THEMES.map((value) => ({ value, label: THEME_NAMES[value] }))}
          onChoose={(value) => save({ theme: THEMES.find((choice) => choice === value) ?? 'auto' })}
        />
        <SaveMark of="theme" saves={saves} />
        <SelectField
          label="Notify me about"
          value={preferences.notify_of}
          choices={NOTIFY_OF.map((value) => ({ value, label: SCOPE_NAMES[value] }))}
          onChoose={(value) =>
            save({
              notify_of: NOTIFY_OF.find((choice) => choice === value) ?? 'mine_and_unassigned',
            })
          }
        />
        <SaveMark of="notify_of" saves={saves} />
        <SelectField
          label="Away without input after"
          value={String(preferences.away_after)}
          choices={AWAY_AFTER.map((value) => ({ value: String(value), label: AWAY_NAMES[value] }))}
          onChoose={(value) =>
            save({ away_after: AWAY_AFTER.find((choice) => String(choice) === value) ?? 30 })
          }
        />
        <SaveMark of="away_after" saves={saves} />
        <SelectField
          label="After closing, snoozing or moving"
          value={preferences.after_closing}
          choices={AFTER_CLOSING.map((value) => ({ value, label: AFTER_CLOSING_NAMES[value] }))}
          onChoose={(value) =>
            save({ after_closing: AFTER_CLOSING.find((choice) => choice === value) ?? 'next' })
          }
        />
        <SaveMark of="after_closing" saves={saves} />
      </div>
      <CheckField
        label="Unread count in the browser tab"
        hint="How many conversations need you, in the tab’s title and icon."
        checked={preferences.title_count}
        onChange={(title_count) => save({ title_count })}
      />
      <SaveMark of="title_count" saves={saves} />
      <CheckField
        label="Single-key shortcuts"
        hint="Keys such as c for Close. Without them, Ctrl K still finds every action."
        checked={preferences.single_keys}
        onChange={(single_keys) => save({ single_keys })}
      />
      <SaveMark of="single_keys" saves={saves} />
      <CheckField
        label="Sound"
        hint="A short sound for new messages."
        checked={preferences.sound}
        onChange={(sound) => save({ sound })}
      />
      <SaveMark of="sound" saves={saves} />
      <CheckField
        label="Browser notifications"
        hint="When this tab is hidden. Your browser will ask for permission."
        checked={preferences.browser_notifications}
        onChange={(enabled) => void setNotifications(enabled)}
      />
      <SaveMark of="browser_notifications" saves={saves} />
    </ProfileSection>
  );
}
