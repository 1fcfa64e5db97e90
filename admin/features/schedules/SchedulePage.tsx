import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import page from '../../components/editor.module.css';
import { Icon } from '../../components/Icon.tsx';
import { Message } from '../../components/Message.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { useSettings } from '../settings/settings.ts';
import { ScheduleEditor } from './ScheduleEditor.tsx';

/** Opening hours, or those to be added at `new`. */
export function SchedulePage(props: { id: string }) {
  const { schedules } = useSettings();
  const isNew = () => props.id === 'new';
  const schedule = () => schedules.value()?.find(({ id }) => id === props.id) ?? null;
  return (
    <Section
      wide
      title={isNew() ? 'New hours' : (schedule()?.name ?? 'Opening hours')}
      before={
        <A href="/settings/hours" class={page.back ?? ''}>
          <Icon name="back" flip />
          Opening hours
        </A>
      }
    >
      <WhenLoaded of={schedules} what="opening hours">
        {() => (
          <Show
            when={isNew() || schedule()}
            fallback={
              <Message
                icon="clock"
                title="There are no such opening hours"
                text="The address may be mistyped or old."
              />
            }
          >
            <ScheduleEditor schedule={schedule()} />
          </Show>
        )}
      </WhenLoaded>
    </Section>
  );
}
