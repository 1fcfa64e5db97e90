import { A, Navigate, useParams } from '@solidjs/router';
import { For, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Icon } from '../../components/Icon.tsx';
import { Message } from '../../components/Message.tsx';
import { lazyPage } from '../../lib/lazily.tsx';
import { createMedia, PHONE } from '../../lib/media.ts';
import { useLive } from '../../live/live.ts';
import { t } from '../../texts/settings.ts';
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
import { SystemPage } from '../system/SystemPage.tsx';
import { TeamPage } from '../team/TeamPage.tsx';
import { TranslationsPage } from '../translations/TranslationsPage.tsx';
import { WidgetPage } from '../widget/WidgetPage.tsx';
import styles from './SettingsPage.module.css';
import { findSection, GET_STARTED, PROFILE, sectionsFor } from './sections.ts';

const GetStartedPage = lazyPage(() => import('../get-started/GetStartedPage.tsx'));
const OrganizationPage = lazyPage(() => import('../organization/OrganizationPage.tsx'));
const ActivityPage = lazyPage(() => import('../activity/ActivityPage.tsx'));

/**
 * The settings: the sections, and one of them beside. A phone shows one of both at a time. Agents
 * have their profile only; the Worker enforces it too.
 */
export default function SettingsPage() {
  const { me } = useSession();
  const params = useParams();
  const phone = createMedia(PHONE);
  const sections = sectionsFor(me.role);
  const section = () => findSection(params.section)?.id;
  const mayOpen = () => sections.some(({ id }) => id === section());
  const isShown = ({ id }: { id: string }) => id !== GET_STARTED.id || showsGetStarted(me);
  /** On phones, the list of sections is a separate page if there is more than one section. */
  const listsOnly = () => phone() && params.section === undefined && sections.length > 1;

  const title = () => {
    const id = section();
    return id ? t.sections[id] : 'Settings';
  };
  useTitle(title, useLive().inbox.attentionCount);

  return (
    <Show
      when={section() || listsOnly()}
      fallback={
        <Navigate href={me.role === 'agent' ? '/settings/profile' : '/settings/departments'} />
      }
    >
      <div class={styles.panes}>
        <Show when={!phone() || listsOnly()}>
          <nav class={styles.side} aria-label="Settings">
            <Dynamic component={listsOnly() ? 'h1' : 'p'} class={styles.heading}>
              Settings
            </Dynamic>
            <ul class={styles.sections}>
              <For each={sections.filter(isShown)}>
                {({ id, icon }) => (
                  <li>
                    <A
                      href={`/settings/${id}`}
                      class={styles.section ?? ''}
                      activeClass={styles.current ?? ''}
                      aria-current={section() === id ? 'page' : undefined}
                    >
                      <Icon name={icon} />
                      {t.sections[id]}
                    </A>
                  </li>
                )}
              </For>
            </ul>
          </nav>
        </Show>
        <main class={styles.main} classList={{ [styles.none ?? '']: listsOnly() }}>
          <Show when={phone() && sections.length > 1 && !params.id}>
            <A href="/settings" end class={styles.back ?? ''}>
              <Icon name="back" flip />
              Settings
            </A>
          </Show>
          <Switch>
            <Match when={!mayOpen()}>
              <Refusal />
            </Match>
            <Match when={section() === GET_STARTED.id}>
              <GetStartedPage />
            </Match>
            <Match when={section() === 'departments' && params.id} keyed>
              {(id) => <DepartmentPage id={id} />}
            </Match>
            <Match when={section() === 'departments'}>
              <DepartmentsPage />
            </Match>
            <Match when={section() === PROFILE.id}>
              <ProfilePage />
            </Match>
            <Match when={section() === 'organization'}>
              <OrganizationPage />
            </Match>
            <Match when={section() === 'team'}>
              <TeamPage />
            </Match>
            <Match when={section() === 'hours' && params.id} keyed>
              {(id) => <SchedulePage id={id} />}
            </Match>
            <Match when={section() === 'hours'}>
              <SchedulesPage />
            </Match>
            <Match when={section() === 'closing'}>
              <AutoClosePage />
            </Match>
            <Match when={section() === 'widget'}>
              <WidgetPage />
            </Match>
            <Match when={section() === 'translations'}>
              <TranslationsPage tag={params.id} />
            </Match>
            <Match when={section() === 'identity'}>
              <IdentityPage />
            </Match>
            <Match when={section() === 'canned-responses'}>
              <CannedResponsesPage />
            </Match>
            <Match when={section() === 'labels'}>
              <LabelsPage />
            </Match>
            <Match when={section() === 'activity'}>
              <ActivityPage />
            </Match>
            <Match when={section() === 'system'}>
              <SystemPage />
            </Match>
          </Switch>
        </main>
      </div>
    </Show>
  );
}

/** What an agent sees who opens a section that is for owners and admins. */
function Refusal() {
  return (
    <>
      <h1 class="visually-hidden">Settings</h1>
      <Message
        icon="lock"
        title="Settings are for owners and admins"
        text="Ask one of them to change how your workspace is set up."
      >
        <A href="/settings/profile">Open your profile</A>
      </Message>
    </>
  );
}
