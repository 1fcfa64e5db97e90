import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InviteOutcome, TeamMember } from '../../../protocol/resources/team.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { recorded } from '../../test/recorded.ts';
import {
  call,
  ORIGIN,
  proveAddress,
  SignedInAgent,
  settleWorld,
  Visitor,
} from '../../test/world.ts';

const { members } = tables;

/** The members of the organization, and who may change them. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let amos: SignedInAgent;
const PASSWORD = 'a password of nine words';
const noMail: Env = { ...env, FOYER_EMAIL_FROM: '' };

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  amos = await SignedInAgent.signIn('amos@acme.example');
});

const tokenOf = (link: string) => new URL(link).hash.slice(1);
// Each from an address of its own: tries are counted by it.
let callers = 0;
const from = () => ({ 'cf-connecting-ip': `198.51.100.${++callers}`, origin: ORIGIN });
const accept = (body: object) => call('POST', '/api/invitations/accept', { body, headers: from() });

async function invite(email: string, role = 'agent', by = olive) {
  const { status, json } = await by.call('POST', '/admin/invitations', { email, role });
  expect(status).toBe(201);
  return { token: tokenOf(json.invitation.link), ...json };
}

async function hire(name: string, role = 'agent') {
  const email = `${name.toLowerCase()}@acme.example`;
  const { token } = await invite(email, role);
  const { status } = await accept({ token, name, password: PASSWORD });
  expect(status).toBe(200);
  const { json } = await olive.call('GET', '/admin/members');
  const member = json.items.find((item: { email: string }) => item.email === email);
  return { email, member, agent: await SignedInAgent.signIn(email, PASSWORD) };
}

const memberOf = async (email: string) => {
  const { json } = await olive.call('GET', '/admin/members');
  return json.items.find((item: { email: string }) => item.email === email);
};

describe('the organization', () => {
  test('takes another name and short name, unless another organization has it', async () => {
    const gus = await SignedInAgent.signIn('gus@globex.example');
    const rename = (body: object) => gus.call('PATCH', '/admin/organization', body);
    expect((await rename({ slug: 'acme' })).json.error).toMatchObject({
      code: 'conflict',
      fields: { slug: 'Another organization has this short name.' },
    });
    expect(Object.keys((await rename({ slug: 'Not one', name: ' ' })).json.error.fields)).toEqual([
      'name',
      'slug',
    ]);
    const { json } = await rename({ name: 'Globex Group', slug: 'globex-group' });
    const names = { name: 'Globex Group', slug: 'globex-group' };
    expect(json.organization).toEqual({ id: world.globex.id, ...names });
    expect((await gus.call('GET', '/admin/me')).json.organization).toMatchObject(names);
    expect(await recorded(world.globex.id, 'organization.renamed')).toMatchObject([
      { before: { name: 'Globex', slug: 'globex' }, after: names },
    ]);
  });
});

describe('invitations', () => {
  test('several at once: each address has an outcome, and a wrong one stops no other', async () => {
    // Globex's owner: Acme's invites as often as a minute allows below.
    const gus = await SignedInAgent.signIn('gus@globex.example');
    const ask = (body: object, bindings?: Env) =>
      gus.call('POST', '/admin/invitations/several', body, bindings);
    const emails = [
      'Uma@acme.example',
      ' ',
      'no address',
      'gus@globex.example',
      'vic@acme.example',
    ];
    const { id, support } = world.globex;
    const { status, json } = await ask({ emails, role: 'agent', departmentIds: [support] });
    expect(status).toBe(200);
    const outcomes = json.items.map(({ email, outcome, link }: InviteOutcome) => [
      email,
      outcome,
      link !== null,
    ]);
    expect(outcomes).toEqual([
      ['Uma@acme.example', 'invited', true],
      [' ', 'invalid', false],
      ['no address', 'invalid', false],
      ['gus@globex.example', 'member', false],
      ['vic@acme.example', 'invited', true],
    ]);
    expect(await recorded(id, 'invitation.sent')).toMatchObject([
      { subject: { name: 'vic@acme.example' } },
      { subject: { name: 'uma@acme.example' } },
    ]);

    // They serve the departments from the moment they join.
    const token = tokenOf(json.items[0].link);
    expect((await accept({ token, name: 'Uma', password: PASSWORD })).status).toBe(200);
    const { items } = (await gus.call('GET', '/admin/departments')).json;
    const uma = (await gus.call('GET', '/admin/members')).json.items.find(
      (member: TeamMember) => member.name === 'Uma',
    );
    expect(items).toMatchObject([{ id: support, member_ids: [uma.user_id] }]);

    // Without mail the link is passed on.
    const [other] = (await ask({ emails: ['wim@acme.example'], role: 'agent' }, noMail)).json.items;
    expect(other).toMatchObject({ outcome: 'not_mailed', link: expect.stringContaining('#') });
    const many = { emails: Array.from({ length: 9 }, (_, n) => `${n}@a.example`), role: 'agent' };
    expect(Object.keys((await ask(many)).json.error.fields)).toEqual(['emails']);
  });

  test('a link lets the invited person in, once, with the role that was given', async () => {
    const dashboard = await olive.socket('/inbox/socket');
    const { token, invitation, sent } = await invite('Bea@acme.example', 'admin');
    expect(sent).toBe(true);
    expect(invitation).toMatchObject({ email: 'bea@acme.example', role: 'admin' });
    const look = await call('POST', '/api/invitations/look', { body: { token }, headers: from() });
    expect(look.json).toEqual({
      organization: 'Acme',
      email: 'bea@acme.example',
      role: 'admin',
      invited_by: 'Olive',
      mailed: false,
      has_account: false,
      choice: true,
    });
    const short = await accept({ token, name: '', password: 'short' });
    expect(Object.keys(short.json.error.fields)).toEqual(['name', 'password']);

    const answers = await Promise.all(
      [1, 2].map(() => accept({ token, name: 'Bea', password: PASSWORD })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    await dashboard.next('setup', ({ what }) => what === 'members');
    const bea = await SignedInAgent.signIn('bea@acme.example', PASSWORD);
    expect((await bea.call('GET', '/admin/me')).json.role).toBe('admin');
    expect((await recorded(world.acme.id, 'member.joined'))[0]).toMatchObject({
      actor: { name: 'Bea' },
      subject: { name: 'Bea' },
      after: { role: 'admin' },
    });
    expect((await olive.call('GET', '/admin/invitations')).json.items).toEqual([]);
    dashboard.close();
  });

  test('V9: an internationalized address is invited, joins and signs in, in either spelling', async () => {
    // Invitations are counted by who sends them.
    const gus = await SignedInAgent.signIn('gus@globex.example');
    const { token, invitation } = await invite('Иван@xn--80a1acny.xn--p1ai', 'agent', gus);
    expect(invitation.email).toBe('иван@почта.рф');
    expect((await accept({ token, name: 'Иван', password: PASSWORD })).status).toBe(200);
    for (const email of ['иван@почта.рф', 'ИВАН@xn--80a1acny.xn--p1ai']) {
      const ivan = await SignedInAgent.signIn(email, PASSWORD);
      expect((await ivan.call('GET', '/admin/me')).json.user.email).toBe('иван@почта.рф');
    }
    const again = { email: 'иван@XN--80A1ACNY.xn--p1ai', role: 'agent' };
    expect((await gus.call('POST', '/admin/invitations', again)).status).toBe(409);
  });

  test('V18: a name of which nothing can be seen is none', async () => {
    const gus = await SignedInAgent.signIn('gus@globex.example');
    const { token } = await invite('nameless@globex.example', 'agent', gus);
    const refused = await accept({ token, name: '\u200b\u3164', password: PASSWORD });
    expect(Object.keys(refused.json.error.fields)).toEqual(['name']);
    expect((await amos.call('PATCH', '/admin/me', { name: '\u00ad' })).status).toBe(400);
  });

  test('one that was taken back, replaced or forged opens nothing', async () => {
    const first = await invite('cy@acme.example');
    const second = await invite('cy@acme.example');
    await olive.call('DELETE', `/admin/invitations/${second.invitation.id}`);
    const forged = `${first.invitation.id}.${'A'.repeat(43)}`;
    for (const token of [first.token, second.token, forged, 'nonsense']) {
      const { status } = await accept({ token, name: 'Cy', password: PASSWORD });
      expect(status).toBe(404);
    }
    const again = await olive.call('POST', `/admin/invitations/${second.invitation.id}/resend`);
    expect(again.status).toBe(404);
  });

  test('who has an account proves it with its password, and keeps it', async () => {
    const { token } = await invite('gus@globex.example');
    await proveAddress('gus@globex.example');
    expect((await accept({ token, password: 'a guess' })).status).toBe(401);
    expect((await accept({ token, password: 'correct horse battery' })).status).toBe(200);
    const gus = await memberOf('gus@globex.example');
    expect(gus).toMatchObject({ name: 'Gus', role: 'agent' });
    // He is elsewhere, too: no link to his account is made here.
    const link = await olive.call('POST', `/admin/members/${gus.id}/password-link`);
    expect(link.status).toBe(409);
  });

  test('an admin makes no owner, and touches none', async () => {
    const { agent: dora } = await hire('Dora', 'admin');
    const response = await dora.call('POST', '/admin/invitations', {
      email: 'x@acme.example',
      role: 'owner',
    });
    expect(response.status).toBe(403);
    const owner = await memberOf('olive@acme.example');
    for (const [method, path, body] of [
      ['PATCH', '', { role: 'agent' }],
      ['DELETE', '', undefined],
      ['POST', '/sign-out', undefined],
      ['POST', '/password-link', undefined],
    ] as const) {
      const { status } = await dora.call(method, `/admin/members/${owner.id}${path}`, body);
      expect(status, `${method} ${path}`).toBe(403);
    }
    const own = await memberOf('dora@acme.example');
    const up = await dora.call('PATCH', `/admin/members/${own.id}`, { role: 'owner' });
    expect(up.status).toBe(403);
  });
});

describe('A3: who is removed or loses rights', () => {
  const invitedBy = async (agent: SignedInAgent, email: string, role: string) => {
    const { status, json } = await agent.call('POST', '/admin/invitations', { email, role });
    expect(status).toBe(201);
    return { id: json.invitation.id, token: tokenOf(json.invitation.link) };
  };
  const opens = async (token: string) =>
    (await call('POST', '/api/invitations/look', { body: { token }, headers: from() })).status;

  test('A3: an admin’s invitations end as the admin is removed', async () => {
    const { agent: eve, member } = await hire('Evelyn', 'admin');
    const own = await invitedBy(eve, 'eve-again@acme.example', 'admin');
    const other = await invite('someone@acme.example');
    expect((await olive.call('DELETE', `/admin/members/${member.id}`)).status).toBe(204);
    expect(await opens(own.token)).toBe(404);
    const answer = await accept({ token: own.token, name: 'Eve', password: PASSWORD });
    expect(answer.status).toBe(404);
    expect(await memberOf('eve-again@acme.example')).toBeUndefined();
    const { items } = (await olive.call('GET', '/admin/invitations')).json;
    expect(items.map(({ email }: { email: string }) => email)).not.toContain(
      'eve-again@acme.example',
    );
    expect(await opens(other.token)).toBe(200);
  });

  test('A3: so do those of a member who leaves, and of one who is no longer an admin', async () => {
    const { agent: ned, member } = await hire('Nathaniel', 'admin');
    const { token } = await invitedBy(ned, 'ned-again@acme.example', 'agent');
    await olive.call('PATCH', `/admin/members/${member.id}`, { role: 'agent' });
    expect(await opens(token)).toBe(404);
    // An admin again does not bring them back.
    await olive.call('PATCH', `/admin/members/${member.id}`, { role: 'admin' });
    expect(await opens(token)).toBe(404);
    const second = await invitedBy(ned, 'ned-again@acme.example', 'agent');
    expect(await opens(second.token)).toBe(200);
    expect((await ned.call('DELETE', `/admin/members/${member.id}`)).status).toBe(204);
    expect(await opens(second.token)).toBe(404);
  });

  test('A3: an owner who becomes an admin has invited no owner, but the others stay', async () => {
    const { agent: kai, member } = await hire('Kimberley', 'owner');
    const owner = await invitedBy(kai, 'kai-owner@acme.example', 'owner');
    const agent = await invitedBy(kai, 'kai-agent@acme.example', 'agent');
    await olive.call('PATCH', `/admin/members/${member.id}`, { role: 'admin' });
    expect(await opens(owner.token)).toBe(404);
    expect(await opens(agent.token)).toBe(200);
  });

  test('A3: an invitation that outlived its inviter opens nothing until a colleague resends it', async () => {
    const { agent: zoe, member } = await hire('Zebediah', 'admin');
    const { id, token } = await invitedBy(zoe, 'zoe-friend@acme.example', 'admin');
    // As data of an earlier version has it: removed, and the invitation left.
    await openDatabase(env).delete(members).where(eq(members.id, member.id));
    expect(await opens(token)).toBe(404);
    const again = await olive.call('POST', `/admin/invitations/${id}/resend`);
    expect(again.json.invitation.invited_by).toBe('Olive');
    expect(await opens(tokenOf(again.json.invitation.link))).toBe(200);
  });

  test('A3: a password link that a removed admin made sets nothing', async () => {
    const { agent: rex, member: admin } = await hire('Reginald', 'admin');
    const { member: target } = await hire('Tabitha');
    const made = await rex.call('POST', `/admin/members/${target.id}/password-link`);
    expect(made.status).toBe(201);
    await olive.call('DELETE', `/admin/members/${admin.id}`);
    const body = { token: tokenOf(made.json.link), password: 'another long password' };
    const reset = await call('POST', '/api/password/reset', { body, headers: from() });
    expect(reset.status).toBe(404);
  });
});

describe('members', () => {
  test('a changed role holds at once, and the sockets come back instead of ending', async () => {
    const { agent: eli, member } = await hire('Eli');
    const inbox = await eli.socket('/inbox/socket');
    const { id } = await (await Visitor.arrive()).pick(world.acme.billing);
    const conversation = await eli.socket(`/conversations/${id}/socket`);
    expect((await eli.call('GET', '/admin/settings')).status).toBe(403);
    const { status } = await olive.call('PATCH', `/admin/members/${member.id}`, { role: 'admin' });
    expect(status).toBe(204);
    expect((await inbox.gone()).code).toBe(1012);
    expect((await conversation.gone()).code).toBe(1012);
    expect((await eli.call('GET', '/admin/settings')).status).toBe(200);
    (await eli.socket('/inbox/socket')).close();
  });

  test('the last owner stays: of two who leave at once one does', async () => {
    const { agent: fay, member } = await hire('Fay', 'owner');
    const own = await memberOf('olive@acme.example');
    const answers = await Promise.all([
      olive.call('PATCH', `/admin/members/${own.id}`, { role: 'admin' }),
      fay.call('DELETE', `/admin/members/${member.id}`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const [demoted] = answers;
    if (demoted.status === 204) {
      await fay.call('PATCH', `/admin/members/${own.id}`, { role: 'owner' });
      await fay.call('DELETE', `/admin/members/${member.id}`);
    }
    const alone = await olive.call('PATCH', `/admin/members/${own.id}`, { role: 'agent' });
    expect(alone).toMatchObject({ status: 409, json: { error: { code: 'conflict' } } });
    expect((await olive.call('DELETE', `/admin/members/${own.id}`)).status).toBe(409);
    expect(await memberOf('olive@acme.example')).toMatchObject({ role: 'owner' });
  });

  test('who is removed is out at once, and what was theirs goes back to the queue', async () => {
    const { agent: gil, member } = await hire('Gil');
    await olive.call('PATCH', `/admin/members/${member.id}`, {
      departmentIds: [world.acme.billing],
    });
    const { json: all } = await olive.call('GET', '/admin/departments');
    const billing = () => all.items.find(({ id }: { id: string }) => id === world.acme.billing);
    expect(billing().member_ids).toContain(member.user_id);
    const { id } = await (await Visitor.arrive()).pick(world.acme.billing);
    await gil.call('POST', `/admin/conversations/${id}/claim`);
    const inbox = await gil.socket('/inbox/socket');
    expect((await olive.call('DELETE', `/admin/members/${member.id}`)).status).toBe(204);
    expect((await inbox.gone()).code).toBe(4401);
    expect((await gil.call('GET', '/admin/me')).status).toBe(401);
    const { json } = await olive.call('GET', `/admin/conversations/${id}`);
    expect(json.conversation.assignee).toBeNull();
    const { json: after } = await olive.call('GET', '/admin/departments');
    expect(JSON.stringify(after)).not.toContain(member.user_id);
  });

  test('signing out everywhere ends the sessions of every browser, and nothing else', async () => {
    const { member, email, agent: hal } = await hire('Hal');
    const other = await SignedInAgent.signIn(email, PASSWORD);
    await olive.call('POST', `/admin/members/${member.id}/sign-out`);
    for (const item of [hal, other]) expect((await item.call('GET', '/admin/me')).status).toBe(401);
    const again = await SignedInAgent.signIn(email, PASSWORD);
    expect((await again.call('GET', '/admin/me')).status).toBe(200);
  });

  test('a link to a new password works once, and ends the sessions', async () => {
    const { member, email, agent: ida } = await hire('Ida');
    const made = await olive.call('POST', `/admin/members/${member.id}/password-link`);
    const token = tokenOf(made.json.link);
    const reset = () =>
      call('POST', '/api/password/reset', {
        body: { token, password: 'another long password' },
        headers: from(),
      });
    expect((await reset()).status).toBe(204);
    expect((await ida.call('GET', '/admin/me')).status).toBe(401);
    expect((await reset()).status).toBe(404);
    expect((await recorded(world.acme.id, 'password.reset'))[0]).toMatchObject({
      subject: { id: member.user_id, name: 'Ida' },
    });
    const back = await SignedInAgent.signIn(email, 'another long password');
    expect((await back.call('GET', '/admin/me')).status).toBe(200);
  });

  test('an agent manages nobody, and may leave', async () => {
    const { agent: jo, member } = await hire('Jo');
    expect((await jo.call('PATCH', `/admin/members/${member.id}`, { role: 'admin' })).status).toBe(
      403,
    );
    expect((await jo.call('DELETE', `/admin/members/${member.id}`)).status).toBe(204);
    expect((await recorded(world.acme.id, 'member.left'))[0]).toMatchObject({
      actor: { name: 'Jo' },
      subject: { id: member.user_id, name: 'Jo' },
    });
    expect((await amos.call('GET', '/admin/members')).status).toBe(200);
    expect((await jo.call('GET', '/admin/me')).status).toBe(401);
  });
});
