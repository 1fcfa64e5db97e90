import { A, Navigate, useParams } from '@solidjs/router';
import { createEffect, For, Match, Show, Switch } from 'solid-js';
import { Icon } from '../../components/Icon.tsx';
import { Message } from '../../components/Message.tsx';
import { lazyPage } from '../../lib/lazily.tsx';
import { useLive } from '../../live/live.ts';
import { AutoClosePage } from '../auto-close/AutoClosePage.tsx';
import { CannedResponsesPage } from '../canned-responses/CannedResponsesPage.tsx';
import { DepartmentPage } from '../departments/DepartmentPage.tsx';
import { DepartmentsPage } from '../departments/DepartmentsPage.tsx';
import { showsGetStarted } from '../get-started/shown.ts';
import { IdentityPage } from '../identity/IdentityPage.tsx';
import { LabelsPage } from '../labels/LabelsPage.tsx';
import { useTitle } from '../notifications/title.ts';
import { ProfilePage } from '../profile/ProfilePage.tsx';
import { SchedulePage } from '../schedules/SchedulePage.tsx';
import { SchedulesPage } from '../schedules/SchedulesPage.tsx';
import { useSession } from '../session/session.ts';
import { ConnectionBar } from '../shell/ConnectionBar.tsx';
import { SystemPage } from '../system/SystemPage.tsx';
import { TeamPage } from '../team/TeamPage.tsx';
import { TranslationsPage } from '../translations/TranslationsPage.tsx';
import { WidgetPage } from '../widget/WidgetPage.tsx';
import styles from './SettingsPage.module.css';
import { GET_STARTED, PROFILE, type SettingsSection, sectionsFor } from './sections.ts';

const GetStartedPage = lazyPage(() => import('../get-started/GetStartedPage.tsx'));
const OrganizationPage = lazyPage(() => import('../organization/OrganizationPage.tsx'));
const ActivityPage = lazyPage(() => import('../activity/ActivityPage.tsx'));

/** The settings pages. Agents only see their profile; the Worker enforces it too. */
export default function SettingsPage() {
  const { me } = useSession();
  const params = useParams();
  const section = () => sectionsFor(me.role).find(({ id }) => id === params.section);

  useTitle(() => section()?.label ?? 'Settings', useLive().inbox.attentionCount);

  return (
    <Show
      when={me.role !== 'agent' || section() === PROFILE}
      fallback={
        <main class={styles.alone}>
          <h1 class="visually-hidden">Settings</h1>
          <Message
            icon="lock"
            title="Settings are for owners and admins"
            text="Ask one of them to change how your workspace is set up."
          >
            <A href="/inbox/unassigned">Open the inbox</A>
          </Message>
        </main>
      }
    >
      <Show when={section()} fallback={<Navigate href="/settings/departments" />}>
        <Shell section={params.section ?? ''} id={params.id} sections={sectionsFor(me.role)} />
      </Show>
    </Show>
  );
}

function Shell(props: {
  section: string;
  id: string | undefined;
  sections: readonly SettingsSection[];
}) {
  const { inbox } = useLive();
  const { me } = useSession();
  const isShown = (section: SettingsSection) => section !== GET_STARTED || showsGetStarted(me);
  let sections: HTMLUListElement | undefined;
  // On a phone the tabs are wider than the screen.
  createEffect(() => {
    sections
      ?.querySelector(`[href$="/${props.section}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  return (
    <div class={styles.page}>
      <ConnectionBar connection={inbox.connection()} onReconnect={inbox.reconnect} />
      <div class={styles.panes}>
        <nav class={styles.side} aria-label="Settings">
          <A href="/inbox/unassigned" class={styles.back ?? ''} aria-label="Back to the inbox">
            <Icon name="back" flip />
            <span>Inbox</span>
          </A>
          <ul ref={sections} class={styles.sections}>
            <For each={props.sections.filter(isShown)}>
              {(section) => (
                <li>
                  <A
                    href={`/settings/${section.id}`}
                    class={styles.section ?? ''}
                    activeClass={styles.current ?? ''}
                    aria-current={props.section === section.id ? 'page' : undefined}
                  >
                    <Icon name={section.icon} />
                    {section.label}
                  </A>
                </li>
              )}
            </For>
          </ul>
        </nav>
        <main class={styles.main}>
          <Switch>
            <Match when={props.section === GET_STARTED.id}>
              <GetStartedPage />
            </Match>
            <Match when={props.section === 'departments' && props.id} keyed>
              {(id) => <DepartmentPage id={id} />}
            </Match>
            <Match when={props.section === 'departments'}>
              <DepartmentsPage />
            </Match>
            <Match when={props.section === PROFILE.id}>
              <ProfilePage />
            </Match>
            <Match when={props.section === 'organization'}>
              <OrganizationPage />
            </Match>
            <Match when={props.section === 'team'}>
              <TeamPage />
            </Match>
            <Match when={props.section === 'hours' && props.id} keyed>
              {(id) => <SchedulePage id={id} />}
            </Match>
            <Match when={props.section === 'hours'}>
              <SchedulesPage />
            </Match>
            <Match when={props.section === 'closing'}>
              <AutoClosePage />
            </Match>
            <Match when={props.section === 'widget'}>
              <WidgetPage />
            </Match>
            <Match when={props.section === 'translations'}>
              <TranslationsPage tag={props.id} />
            </Match>
            <Match when={props.section === 'identity'}>
              <IdentityPage />
            </Match>
            <Match when={props.section === 'canned-responses'}>
              <CannedResponsesPage />
            </Match>
            <Match when={props.section === 'labels'}>
              <LabelsPage />
            </Match>
            <Match when={props.section === 'activity'}>
              <ActivityPage />
            </Match>
            <Match when={props.section === 'system'}>
              <SystemPage />
            </Match>
          </Switch>
        </main>
      </div>
    </div>
  );
}
