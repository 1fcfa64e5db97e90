import { MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import { MAX_SLUG_LENGTH } from '../../../protocol/text/slug.ts';
import { isEmpty } from '../../../protocol/text/text.ts';
import styles from '../../components/editor.module.css';
import { Field } from '../../components/fields/Field.tsx';
import { FormNotes, SaveBar } from '../../components/SaveBar.tsx';
import { Section } from '../../components/Section.tsx';
import { createForm } from '../../lib/form.ts';
import { t } from '../../texts/settings.ts';
import { useSession } from '../session/session.ts';
import { changeOrganization } from './api.ts';

/** What the organization is called. */
export default function OrganizationPage() {
  const { me, renew } = useSession();
  const form = createForm({
    saved: () => ({ name: me.organization.name, slug: me.organization.slug }),
    isSame: (a, b) => a.name === b.name && a.slug === b.slug,
    check: ({ name, slug }) => ({
      ...(isEmpty(name) && { name: t.organization.nameMissing }),
      ...(isEmpty(slug) && { slug: t.organization.slugMissing }),
    }),
    async save(draft) {
      const { name, slug } = await changeOrganization(draft);
      await renew();
      return { name, slug };
    },
  });
  const { draft, setDraft, problems } = form;
  return (
    <Section title={t.sections.organization} text={t.organization.text}>
      <form ref={form.ref} class={styles.form} onSubmit={form.submit} noValidate>
        <FormNotes form={form} />
        <Field
          label={t.name}
          hint={t.organization.nameHint}
          autocomplete="organization"
          data-max={MAX_NAME_LENGTH}
          value={draft.name}
          error={problems().name}
          onInput={(event) => setDraft('name', event.currentTarget.value)}
        />
        <Field
          label={t.organization.slug}
          hint={t.organization.slugHint}
          autocomplete="off"
          spellcheck={false}
          maxlength={MAX_SLUG_LENGTH}
          value={draft.slug}
          error={problems().slug}
          onInput={(event) => setDraft('slug', event.currentTarget.value)}
        />
        <SaveBar form={form} />
      </form>
    </Section>
  );
}
