import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import styles from '../../components/editor.module.css';
import { Icon } from '../../components/Icon.tsx';
import { Message } from '../../components/Message.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { t } from '../../texts/settings.ts';
import { useSettings } from '../settings/settings.ts';
import { DepartmentEditor } from './DepartmentEditor.tsx';

/** The page of a department, or at `new` the form for a new one. */
export function DepartmentPage(props: { id: string }) {
  const { departments } = useSettings();
  const isNew = () => props.id === 'new';
  const department = () => departments.value()?.find(({ id }) => id === props.id) ?? null;
  return (
    <Section
      wide
      title={isNew() ? t.departments.add : (department()?.name ?? t.departments.one)}
      before={
        <A href="/settings/departments" class={styles.back ?? ''}>
          <Icon name="back" flip />
          {t.sections.departments}
        </A>
      }
    >
      <WhenLoaded of={departments} what={t.what.department}>
        {() => (
          <Show
            when={isNew() || department()}
            fallback={
              <Message
                icon="folder"
                title={t.departments.notFound}
                text={t.departments.notFoundText}
              />
            }
          >
            <DepartmentEditor department={department()} />
          </Show>
        )}
      </WhenLoaded>
    </Section>
  );
}
