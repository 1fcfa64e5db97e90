import { beforeAll, describe, expect, test } from 'vitest';
import type { PreChatField } from '../../../protocol/resources/department.ts';
import { isDuplicate } from '../../database/database.ts';
import {
  createCannedResponse,
  listCannedResponses,
  removeCannedResponse,
  updateCannedResponse,
} from '../../features/canned-responses/store.ts';
import { listReceptions } from '../../features/departments/reception-store.ts';
import {
  archiveDepartment,
  createDepartment,
  listDepartments,
  orderDepartments,
  unarchiveDepartment,
  updateDepartment,
} from '../../features/departments/store.ts';
import { createLabel, listLabels, removeLabel, updateLabel } from '../../features/labels/store.ts';
import { findDepartment, readSettings, updateSettings } from '../../features/settings/store.ts';
import { byFoyer } from '../by.ts';
import { closed, type Fixture, NOW } from './fixture.ts';

const FORM: PreChatField[] = [
  { id: 'size', label: 'Größe "x"', type: 'select', required: true, options: ['1', '2 to 10'] },
];

/** The part of the store's contract that is about what an organization sets up. */
export function describeSettings(fixtureOf: () => Fixture): void {
  let fixture: Fixture;
  let acme: string;
  let globex: string;

  beforeAll(() => {
    fixture = fixtureOf();
    acme = fixture.world.acme.id;
    globex = fixture.world.globex.id;
  });

  const names = async () =>
    (await listDepartments(fixture.open(), acme)).map(({ name }) => name).join(' ');
  const findOne = async (id: string) =>
    (await listDepartments(fixture.open(), acme)).find((department) => department.id === id);

  describe('departments', () => {
    test('come last, are changed with their people, and are nobody else’s', async () => {
      const db = fixture.open();
      const [olive = '', amos = ''] = fixture.world.acme.users;
      const id = await createDepartment(db, acme, { name: 'Returns', member_ids: [amos] });
      expect(await names()).toBe('Sales Billing Returns');
      expect(await findOne(id)).toEqual({
        id,
        name: 'Returns',
        description: null,
        pre_chat_fields: [],
        position: 2,
        visible: true,
        offline: 'show',
        auto_close: 'inherit',
        schedule_id: null,
        translations: {},
        archived_at: null,
        member_ids: [amos],
      });
      const change = { description: 'Back', visible: false, pre_chat_fields: FORM };
      await updateDepartment(db, acme, id, { ...change, member_ids: [amos, olive] });
      expect(await findOne(id)).toMatchObject({ ...change, member_ids: [olive, amos].sort() });
      await updateDepartment(db, acme, id, { name: 'Goods back' });
      expect(await findOne(id)).toMatchObject({
        name: 'Goods back',
        member_ids: [olive, amos].sort(),
      });
      await updateDepartment(db, acme, id, { member_ids: [] });
      expect(await findOne(id)).toMatchObject({ ...change, member_ids: [] });

      await updateDepartment(db, globex, id, { name: 'Ours', member_ids: [] });
      await orderDepartments(db, globex, [id]);
      expect(await archiveDepartment(db, globex, id, new Date(NOW))).toBe(false);
      expect(await findOne(id)).toMatchObject({
        name: 'Goods back',
        position: 2,
        archived_at: null,
      });
    });

    test('are in the order that was given', async () => {
      const { sales, billing } = fixture.world.acme;
      await orderDepartments(fixture.open(), acme, [billing, sales]);
      expect(await names()).toMatch(/^Billing Sales/);
      const open = await listReceptions(fixture.open(), acme);
      // The third is one that visitors may not choose.
      expect(open.map(({ name }) => name)).toEqual(['Billing', 'Sales']);
      await orderDepartments(fixture.open(), acme, [sales, billing]);
    });

    test('are archived only when nothing is open there', async () => {
      const db = fixture.open();
      const id = await createDepartment(db, acme, { name: 'Fair' });
      const started = await fixture.start({ department_id: id });
      expect(await archiveDepartment(db, acme, id, new Date(NOW))).toBe(false);
      expect(await findOne(id)).toMatchObject({ archived_at: null });
      await fixture.become(started, closed);
      expect(await archiveDepartment(db, acme, id, new Date(NOW))).toBe(true);
      expect(await findOne(id)).toMatchObject({ archived_at: new Date(NOW).toISOString() });
      expect(await findDepartment(db, acme, id)).toBe(null);
      await unarchiveDepartment(db, globex, id);
      expect(await findDepartment(db, acme, id)).toBe(null);
      await unarchiveDepartment(db, acme, id);
      expect(await findDepartment(db, acme, id)).toMatchObject({ name: 'Fair' });
    });

    test('may be served by more people than fit a statement', async () => {
      const [olive = ''] = fixture.world.acme.users;
      const db = fixture.open();
      // Rows of one person 40 times over break the key, and with it everything is undone.
      const wrong = { name: 'Crowd', member_ids: Array.from({ length: 40 }, () => olive) };
      await expect(createDepartment(db, acme, wrong)).rejects.toSatisfy(isDuplicate);
      expect(await names()).not.toContain('Crowd');
    });
  });

  test('settings are changed by what is given, and of one organization', async () => {
    const db = fixture.open();
    const before = await readSettings(db, globex);
    await updateSettings(db, acme, { accent: '#112233', allowed_origins: ['https://a.example'] });
    await updateSettings(db, acme, { greeting: 'Hej' });
    await updateSettings(db, acme, {});
    expect(await readSettings(db, acme)).toMatchObject({
      accent: '#112233',
      greeting: 'Hej',
      allowed_origins: ['https://a.example'],
    });
    expect(await readSettings(db, globex)).toEqual(before);
    await updateSettings(db, acme, { accent: null, greeting: null, allowed_origins: [] });
  });

  test('canned responses: once by shortcut, and of one organization', async () => {
    const db = fixture.open();
    const hello = await createCannedResponse(db, byFoyer(acme), {
      shortcut: 'hello',
      body: 'Hello there',
    });
    const bye = await createCannedResponse(db, byFoyer(acme), { shortcut: 'bye', body: 'Bye' });
    await createCannedResponse(db, byFoyer(globex), { shortcut: 'hello', body: 'Ours' });
    await expect(
      createCannedResponse(db, byFoyer(acme), { shortcut: 'hello', body: 'Again' }),
    ).rejects.toSatisfy(isDuplicate);
    const duplicate = updateCannedResponse(db, byFoyer(acme), bye.id, {
      shortcut: 'hello',
      body: 'Again',
    });
    await expect(duplicate).rejects.toSatisfy(isDuplicate);
    expect(await listCannedResponses(db, acme)).toEqual([bye, hello]);

    const stolen = { shortcut: 'stolen', body: 'Stolen' };
    expect(await updateCannedResponse(db, byFoyer(globex), hello.id, stolen)).toBe(null);
    expect(await removeCannedResponse(db, byFoyer(globex), hello.id)).toBe(false);
    const changed = { shortcut: 'hi', body: 'Hi' };
    expect(await updateCannedResponse(db, byFoyer(acme), hello.id, changed)).toEqual({
      ...hello,
      ...changed,
    });
    expect(await removeCannedResponse(db, byFoyer(acme), bye.id)).toBe(true);
    expect(await removeCannedResponse(db, byFoyer(acme), bye.id)).toBe(false);
    expect(await listCannedResponses(db, acme)).toEqual([{ ...hello, ...changed }]);
  });

  test('labels: once by name, and of one organization', async () => {
    const db = fixture.open();
    const bug = await createLabel(db, byFoyer(acme), { name: 'Bug', color: '#aa3300' });
    await createLabel(db, byFoyer(globex), { name: 'Bug', color: '#000000' });
    const again = createLabel(db, byFoyer(acme), { name: 'Bug', color: '#0000ff' });
    await expect(again).rejects.toSatisfy(isDuplicate);
    expect(await updateLabel(db, byFoyer(globex), bug.id, { name: 'Ours', color: '#000000' })).toBe(
      null,
    );
    expect(await removeLabel(db, byFoyer(globex), bug.id)).toBe(false);
    const changed = { name: 'Defect', color: '#00aa33' };
    expect(await updateLabel(db, byFoyer(acme), bug.id, changed)).toEqual({ ...bug, ...changed });
    expect(await listLabels(db, acme)).toEqual([{ ...bug, ...changed }]);
    expect(await removeLabel(db, byFoyer(acme), bug.id)).toBe(true);
    expect(await listLabels(db, acme)).toEqual([]);
  });
}
