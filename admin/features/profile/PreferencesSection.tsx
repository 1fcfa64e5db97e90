import {
  AWAY_AFTER,
  type AwayAfter,
  NOTIFY_OF,
  type NotifyOf,
  THEMES,
  type Theme,
} from '../../../protocol/resources/preference-choices.ts';
import type { Preferences } from '../../../protocol/resources/preferences.ts';
import { describeError } from '../../api/http.ts';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { showToast } from '../../lib/toasts.ts';
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

/** Saves each choice. If the server refuses it, reverts it and says so. */
function save(change: Partial<Preferences>): void {
  choose(change).catch((error: unknown) => {
    showToast({ tone: 'bad', text: `Not saved. ${describeError(error)}` });
  });
}

/** The appearance and the notifications of the dashboard. */
export function PreferencesSection() {
  async function askForNotifications(enabled: boolean, reset: () => void): Promise<void> {
    if (enabled && 'Notification' in window && Notification.permission !== 'granted') {
      const answer = await Notification.requestPermission();
      if (answer !== 'granted') {
        reset();
        showToast({
          tone: 'bad',
          text: 'Your browser blocks notifications from this page. Allow them in its settings.',
        });
        return;
      }
    }
    save({ browser_notifications: enabled });
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
        <SelectField
          label="Away without input after"
          value={String(preferences.away_after)}
          choices={AWAY_AFTER.map((value) => ({ value: String(value), label: AWAY_NAMES[value] }))}
          onChoose={(value) =>
            save({ away_after: AWAY_AFTER.find((choice) => String(choice) === value) ?? 30 })
          }
        />
      </div>
      <CheckField
        label="Unread count in the browser tab"
        hint="How many conversations need you, in the tab’s title and icon."
        checked={preferences.title_count}
        onChange={(title_count) => save({ title_count })}
      />
      <CheckField
        label="Sound"
        hint="A short sound for new messages."
        checked={preferences.sound}
        onChange={(sound) => save({ sound })}
      />
      <CheckField
        label="Browser notifications"
        hint="When this tab is hidden. Your browser will ask for permission."
        checked={preferences.browser_notifications}
        onChange={(enabled) =>
          void askForNotifications(enabled, () => save({ browser_notifications: false }))
        }
      />
    </ProfileSection>
  );
}
