import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import {
  progressOf,
  progressOfLanguage,
  toDraft,
  toLanguageDraft,
  withOriginals,
  withTexts,
} from './draft.ts';
import { isSameLanguage, LANGUAGES, languageName } from './languages.ts';

const department: DepartmentRecord = {
  id: '019a4b00-0000-7000-8000-000000000013',
  name: 'Billing',
  description: 'Invoices',
  pre_chat_fields: [
    { id: 'topic', label: 'Topic', type: 'select', required: true, options: ['Order', 'Refund'] },
  ],
  translations: { fr: { name: 'Facturation' } },
  visible: true,
  offline: 'show',
  position: 0,
  auto_close: 'inherit' as const,
  archived_at: null,
  schedule_id: null,
  member_ids: [],
};

test('keeps written texts and other languages, and drops empty texts', () => {
  const draft = toDraft(department, 'de');
  expect(progressOf(department, draft)).toEqual({ written: 0, of: 5 });
  expect(withTexts(department.translations, 'de', draft)).toEqual(department.translations);
  draft.name = 'Buchhaltung';
  const topic = draft.fields.topic;
  if (topic) topic.options = ['Bestellung', ''];
  expect(progressOf(department, draft)).toEqual({ written: 2, of: 5 });
  expect(withTexts(department.translations, 'de', draft)).toEqual({
    fr: { name: 'Facturation' },
    de: { name: 'Buchhaltung', fields: { topic: { options: ['Bestellung', ''] } } },
  });
  expect(
    withTexts(department.translations, 'fr', toDraft({ ...department, translations: {} }, 'fr')),
  ).toEqual({});
});

test('a language counts the greeting too, and originals fill what is empty', () => {
  const settings = { greeting: 'Hello', translations: { fr: { greeting: 'Bonjour' } } };
  const originals = { settings, departments: [department] };
  expect(progressOfLanguage(originals, 'fr')).toEqual({ written: 2, of: 6 });
  expect(progressOfLanguage(originals, 'de')).toEqual({ written: 0, of: 6 });
  const none = { settings: { ...settings, greeting: null }, departments: [] };
  expect(progressOfLanguage(none, 'de')).toEqual({ written: 0, of: 0 });
  expect(withOriginals(toLanguageDraft(originals, 'fr'), originals)).toEqual({
    greeting: 'Bonjour',
    departments: {
      [department.id]: {
        name: 'Facturation',
        description: 'Invoices',
        fields: { topic: { label: 'Topic', options: ['Order', 'Refund'] } },
      },
    },
  });
});

test('the languages are those of the widget', () => {
  const files = globSync('??.ts', {
    cwd: join(import.meta.dirname, '../../../widget/frame/strings/languages'),
  });
  expect([...LANGUAGES]).toEqual(files.map((file) => file.slice(0, 2)).sort());
  expect(languageName('de')).toContain('Deutsch');
  expect(isSameLanguage('pt-BR', 'pt')).toBe(true);
});
