import { v7 } from 'uuid';
import type { PreChatField } from '../protocol/resources/department.ts';
import type { MemberRole } from '../protocol/resources/member.ts';
import { type Database, sqliteTables, type Tables } from './dialects.ts';

/** An organization as it begins. Ids that are not given are made. */
export type NewOrganization = {
  id?: string;
  name: string;
  slug: string;
  /** Names the organization in the embed: `wk_…`. */
  publicKey: string;
  greeting?: string;
  accent?: string;
  departments: {
    id?: string;
    name: string;
    description?: string;
    preChatFields?: PreChatField[];
  }[];
  /** The owner first. */
  people: {
    /** Given where something belongs to the person already. */
    id?: string;
    name: string;
    email: string;
    role: MemberRole;
    /** From better-auth/crypto's `hashPassword`; null for an account without a password. */
    passwordHash: string | null;
  }[];
};

/** The rows of a new organization, its people and what its widget needs from the first day. */
export function organizationRows(beginning: NewOrganization) {
  const now = new Date();
  const organization_id = beginning.id ?? v7();
  const people = beginning.people.map((person) => ({ ...person, id: person.id ?? v7() }));
  return {
    organization: {
      id: organization_id,
      name: beginning.name,
      slug: beginning.slug,
      createdAt: now,
    },
    users: people.map(({ id, name, email }) => ({
      id,
      name,
      email: email.toLowerCase(),
      createdAt: now,
      updatedAt: now,
    })),
    // better-auth finds a password by this provider, under the user's own id.
    accounts: people.map(({ id, passwordHash }) => ({
      id: v7(),
      userId: id,
      accountId: id,
      providerId: 'credential',
      password: passwordHash,
      createdAt: now,
      updatedAt: now,
    })),
    members: people.map(({ id, role }) => ({
      id: v7(),
      organizationId: organization_id,
      userId: id,
      role,
      createdAt: now,
    })),
    widgetSettings: {
      organization_id,
      public_key: beginning.publicKey,
      allowed_origins: [],
      greeting: beginning.greeting ?? null,
      accent: beginning.accent ?? null,
    },
    departments: beginning.departments.map((department, position) => ({
      organization_id,
      id: department.id ?? v7(),
      name: department.name,
      description: department.description ?? null,
      position,
      pre_chat_fields: department.preChatFields ?? [],
    })),
  };
}

type Rows = ReturnType<typeof organizationRows>;

/** The statement that writes the organization itself. */
export function insertOrganization(
  database: Database,
  { organization }: Rows,
  tables: Tables = sqliteTables,
) {
  return database.insert(tables.organizations).values(organization);
}

/** The statements that write all the rest, to be run after the organization's, as one with it. */
export function insertBelongings(database: Database, rows: Rows, tables: Tables = sqliteTables) {
  return [
    database.insert(tables.users).values(rows.users),
    database.insert(tables.accounts).values(rows.accounts),
    database.insert(tables.members).values(rows.members),
    database.insert(tables.widgetSettings).values(rows.widgetSettings),
    database.insert(tables.departments).values(rows.departments),
  ];
}
