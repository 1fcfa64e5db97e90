import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import { app } from '../../http/app.ts';
import { ORIGIN, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** How an organization has its widget look, and what it wrote itself in further languages. */

let olive: SignedInAgent;
let support: DepartmentRecord;
let sizeId: string;

const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };

async function fetchApp(path: string, init: RequestInit = {}) {
  return app.fetch(new Request(`${ORIGIN}${path}`, init), env, context);
}

const settings = (body: object) => olive.call('PATCH', '/admin/settings', body);

const texts = {
  name: 'Hilfe',
  fields: { nobody: { label: 'Weg' } },
};

beforeAll(async () => {
  await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  const made = await olive.call('POST', '/admin/departments', {
    name: 'Help',
    description: 'With anything',
    preChatFields: [
      { label: 'Size', type: 'select', required: true, options: ['Small', 'Large'] },
      { label: 'Why', type: 'text', required: false },
    ],
  });
  support = made.json.department;
  sizeId = support.pre_chat_fields[0]?.id ?? '';
});

describe('the theme', () => {
  test('is in the page of the frame as it is served, before any style or script', async () => {
    const schemes = async (key: string) => {
      const html = await (await fetchApp(`/widget/frame?key=${key}`)).text();
      return /<meta name="color-scheme" content="([^"]*)"/.exec(html)?.[1];
    };
    // What an earlier request found out is believed for a while.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    // Another organization's, and one without a theme, follow the visitor's system.
    expect(await schemes('wk_globex')).toBe('light dark');
    expect(await schemes('wk_nobody')).toBe('light dark');
    expect((await settings({ theme: 'dark' })).json.settings).toMatchObject({ theme: 'dark' });
    expect(await schemes('wk_acme')).toBe('dark');
  });

  test('and the launcher are kept as chosen, and nothing else is taken', async () => {
    const look = { position: 'left', launcher: 'text', launcherText: ' Ask us ' };
    const { json } = await settings(look);
    expect(json.settings).toMatchObject({
      position: 'left',
      launcher: 'text',
      launcher_text: 'Ask us',
      theme: 'dark',
    });
    for (const wrong of [
      { theme: 'blue' },
      { position: 'top' },
      { launcher: 'none' },
      { launcherText: 'x'.repeat(41) },
    ]) {
      const { status, json } = await settings(wrong);
      expect([status, Object.keys(json.error.fields)]).toEqual([400, Object.keys(wrong)]);
    }
  });
});

describe("an organization's own texts", () => {
  const session = async (locale: string | null, accepted = '') => {
    const response = await fetchApp('/api/widget/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': accepted },
      body: JSON.stringify({ key: 'wk_acme', locale, page: { url: 'https://shop.example/' } }),
    });
    const answer: WidgetSession = await response.json();
    const department = answer.departments.find(({ id }) => id === support.id);
    return { answer, department };
  };
  const translate = (translations: object) =>
    olive.call('PATCH', `/admin/departments/${support.id}`, { translations });

  test('are shown in the visitor’s language, or as they were first written', async () => {
    await settings({ greeting: 'Hello', translations: { de: { greeting: 'Guten Tag' }, fr: {} } });
    const fields = { [sizeId]: { label: 'Größe', options: ['Klein', ''] } };
    await translate({ de: { ...texts, fields: { ...texts.fields, ...fields } } });

    const german = await session('de-AT');
    expect(german.answer.settings.greeting).toBe('Guten Tag');
    expect(german.department).toMatchObject({
      name: 'Hilfe',
      description: 'With anything',
      pre_chat_fields: [
        { id: sizeId, label: 'Größe', options: ['Klein', 'Large'] },
        { label: 'Why' },
      ],
    });
    expect((await session(null, 'tlh, de;q=0.5')).department?.name).toBe('Hilfe');
    // The originals are English: whoever reads that before German gets them.
    for (const other of ['en-GB', 'fr', 'tlh']) {
      const { answer, department } = await session(other, 'en,de;q=0.5');
      expect(answer.settings.greeting).toBe('Hello');
      expect(department).toMatchObject({ name: 'Help', pre_chat_fields: support.pre_chat_fields });
    }
  });

  test('a choice is taken in any of its languages, and kept in the words of the form', async () => {
    const visitor = await Visitor.arrive();
    const answer = async (size: string) => {
      const body = { departmentId: support.id, preChatData: { [sizeId]: size } };
      return visitor.call('POST', '/conversations', body);
    };
    expect((await answer('Winzig')).status).toBe(400);
    const { json } = await answer('Klein');
    expect(json.conversation.pre_chat_data).toEqual({ [sizeId]: 'Small' });
  });

  test('leave with their field, and choices when they are no longer as many', async () => {
    const storedLook = async () => {
      const { json } = await olive.call('GET', '/admin/departments');
      const department: DepartmentRecord | undefined = json.items.find(
        ({ id }: DepartmentRecord) => id === support.id,
      );
      return department?.translations;
    };
    expect(await storedLook()).toEqual({
      de: { name: 'Hilfe', fields: { [sizeId]: { label: 'Größe', options: ['Klein', ''] } } },
    });
    const [size, why] = support.pre_chat_fields;
    await olive.call('PATCH', `/admin/departments/${support.id}`, {
      preChatFields: [{ ...size, options: ['Small', 'Large', 'Huge'] }, why],
    });
    expect(await storedLook()).toEqual({
      de: { name: 'Hilfe', fields: { [sizeId]: { label: 'Größe' } } },
    });
  });

  test('are named by language tags, and are only so long', async () => {
    for (const wrong of [{ 'not a tag': {} }, { de: { greeting: 'x'.repeat(301) } }]) {
      expect((await settings({ translations: wrong })).status).toBe(400);
    }
    expect((await translate({ de: { name: 'x'.repeat(201) } })).status).toBe(400);
  });
});
