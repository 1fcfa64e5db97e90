import { expect, test } from 'vitest';
import type { OpenDepartment } from '../../../protocol/resources/department.ts';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import { renew } from './lazy/renew.ts';

const department = (name: string, presence: string): OpenDepartment => ({
  id: name,
  name,
  description: null,
  pre_chat_fields: [],
  online: [],
  reply_seconds: null,
  availability: { state: 'away', opens_at: null, note: null, reply_seconds: null },
  presence,
  notice: null,
});

function opened(departments: OpenDepartment[]) {
  const answer: WidgetSession = {
    sessionToken: 'st',
    visitorToken: 'vt',
    visitor_id: 'v',
    departments,
    closed: null,
    settings: {
      organization: { id: 'o', name: 'Acme' },
      greeting: '',
      accent: null,
      locale: 'en',
    },
    customer: null,
    open_conversation: null,
    identity: null,
  };
  let info: WidgetSession | undefined = answer;
  const open = async () => structuredClone(answer);
  const setInfo = (next: WidgetSession) => {
    info = next;
  };
  return {
    model: { info: () => info, setInfo, session: { open } },
    open,
    answer,
  };
}

test('a department that did not change stays what it is, so that its row keeps the focus', async () => {
  const sales = department('Sales', 'Away');
  const { model, answer } = opened([department('Billing', 'Away'), sales]);
  answer.departments = [department('Billing', 'Back tomorrow at 9:00 AM'), { ...sales }];
  const before = { ...answer, departments: [department('Billing', 'Away'), sales] };
  model.setInfo(before);
  await renew(model);
  expect(model.info()?.departments[0]?.presence).toBe('Back tomorrow at 9:00 AM');
  expect(model.info()?.departments[1]).toBe(sales);
});
