import { and, asc, eq, isNull, lte, or } from 'drizzle-orm';
import type { Department } from '../../../protocol/resources/department.ts';
import { memberRole } from '../../../protocol/resources/member.ts';
import type { TeamMember } from '../../../protocol/resources/team.ts';
import type {
  DepartmentTranslations,
  WidgetTranslations,
} from '../../../protocol/widget/translations.ts';
import type { WidgetLook, WidgetSettings } from '../../../protocol/widget/widget-settings.ts';
import type { Recorder } from '../../activity/record-store.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';
import { shownAddress } from '../addresses/store.ts';

const { departments, members, organizations, users, widgetSettings } = tables;

/** An organization's widget, as its public key finds it. */
export type Widget = {
  organization_id: string;
  allowed_origins: string[];
  settings: WidgetSettings;
  /** When it was noted that it was opened on a website; null before that. */
  seen_at: Date | null;
  /** The opening hours of the organization; null: always open. */
  schedule_id: string | null;
  theme: WidgetLook['theme'];
  translations: WidgetTranslations;
};

/** The organization that a widget key names; null for an unknown key. */
export async function findWidget(db: Database, publicKey: string): Promise<Widget | null> {
  const [row] = await db
    .select({ settings: widgetSettings, name: organizations.name })
    .from(widgetSettings)
    .innerJoin(organizations, eq(organizations.id, widgetSettings.organization_id))
    .where(eq(widgetSettings.public_key, publicKey));
  if (!row) return null;
  const { organization_id, seen_at, schedule_id } = row.settings;
  return { ...toWidget(row), organization_id, seen_at, schedule_id };
}

/** What an organization has set for its widget; null before it has set anything. */
export async function readSettings(db: Database, organizationId: string) {
  const [row] = await db
    .select({ settings: widgetSettings, name: organizations.name })
    .from(widgetSettings)
    .innerJoin(organizations, eq(organizations.id, widgetSettings.organization_id))
    .where(eq(widgetSettings.organization_id, organizationId));
  if (!row) return null;
  const { organization_id: id, seen_at, seen_origin, ...settings } = row.settings;
  const { allowed_origins } = settings;
  const seen = seen_at && seen_origin ? installedOn(allowed_origins, seen_origin, seen_at) : null;
  return { ...settings, organization: { id, name: row.name }, seen };
}

/** The opening hours that the organization follows; null: none. */
export async function findScheduleId(db: Database, organizationId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: widgetSettings.schedule_id })
    .from(widgetSettings)
    .where(eq(widgetSettings.organization_id, organizationId));
  return row?.id ?? null;
}

/** Megabytes of files of one visitor in a day, where the organization has set a number. */
export async function findFileMegabytes(
  db: Database,
  organizationId: string,
): Promise<number | null> {
  const [row] = await db
    .select({ megabytes: widgetSettings.visitor_file_megabytes })
    .from(widgetSettings)
    .where(eq(widgetSettings.organization_id, organizationId));
  return row?.megabytes ?? null;
}

/**
 * Where the widget was opened, as far as it can be relied upon: anybody can say that a page of theirs
 * is on any website, so that the origin is told where the organization has named it itself. With
 * websites named, another one is no sighting at all.
 */
function installedOn(allowed: readonly string[], origin: string, at: Date) {
  if (allowed.length > 0 && !allowed.includes(origin)) return null;
  return { origin: allowed.includes(origin) ? origin : null, at: at.toISOString() };
}

type Columns = typeof widgetSettings.$inferInsert;
type NotSet = 'organization_id' | 'public_key' | 'seen_at' | 'seen_origin';
/** What may be set of a widget; what is left out stays as it is. */
type SettingsChange = { [Name in Exclude<keyof Columns, NotSet>]?: Columns[Name] | undefined };

export async function updateSettings(
  db: Database,
  organizationId: string,
  change: SettingsChange,
  record?: Recorder,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  const ofOrganization = eq(widgetSettings.organization_id, organizationId);
  await writeAll(db, [
    db.update(widgetSettings).set(change).where(ofOrganization),
    ...(record ? [record()] : []),
  ]);
}

/** Gives an organization its names. A duplicate where another one has the short name. */
export async function renameOrganization(
  db: Database,
  organizationId: string,
  names: { name: string; slug: string },
  record?: Recorder,
): Promise<void> {
  await writeAll(db, [
    db.update(organizations).set(names).where(eq(organizations.id, organizationId)),
    ...(record ? [record()] : []),
  ]);
}

/** Milliseconds within which a widget that is seen again is not written down again. */
const NOTE_EVERY = 24 * 60 * 60_000;

export function isInstallNotedLately(notedAt: Date | null, now: Date): boolean {
  return notedAt !== null && now.getTime() - notedAt.getTime() < NOTE_EVERY;
}

/** Notes where a widget was seen, unless it was lately; whether this is news. */
export async function noteInstalled(
  db: Database,
  organizationId: string,
  origin: string,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(widgetSettings)
    .set({ seen_at: now, seen_origin: origin })
    .where(
      and(
        eq(widgetSettings.organization_id, organizationId),
        or(
          isNull(widgetSettings.seen_at),
          lte(widgetSettings.seen_at, new Date(now.getTime() - NOTE_EVERY)),
        ),
      ),
    )
    .returning({ id: widgetSettings.organization_id });
  return rows.length > 0;
}

/** Forgets where it was seen, so that the next time is noted at once. */
export async function forgetInstalled(db: Database, organizationId: string): Promise<void> {
  await db
    .update(widgetSettings)
    .set({ seen_at: null, seen_origin: null })
    .where(eq(widgetSettings.organization_id, organizationId));
}

function toWidget({
  settings,
  name,
}: {
  settings: typeof widgetSettings.$inferSelect;
  name: string;
}) {
  return {
    allowed_origins: settings.allowed_origins,
    theme: settings.theme,
    translations: settings.translations,
    settings: {
      organization: { id: settings.organization_id, name },
      greeting: settings.greeting,
      accent: settings.accent,
      locale: settings.locale,
    },
  };
}

type OwnDepartment = Department & {
  visible: boolean;
  /** What visitors see of it while nobody who serves it is there. */
  offline: 'show' | 'hide';
  translations: DepartmentTranslations;
  schedule_id: string | null;
};

/** A department that takes conversations; null for one that is archived or another tenant's. */
export async function findDepartment(
  db: Database,
  organizationId: string,
  id: string,
): Promise<OwnDepartment | null> {
  const [row] = await db
    .select()
    .from(departments)
    .where(
      and(
        eq(departments.organization_id, organizationId),
        eq(departments.id, id),
        isNull(departments.archived_at),
      ),
    );
  if (!row) return null;
  const { visible, offline, translations, schedule_id } = row;
  return { ...toDepartment(row), visible, offline, translations, schedule_id };
}

/** The people of an organization, by name. */
export async function listMembers(db: Database, organizationId: string): Promise<TeamMember[]> {
  const rows = await db
    .select({
      id: members.id,
      user_id: users.id,
      name: users.name,
      email: shownAddress,
      email_verified: users.emailVerified,
      role: members.role,
      image: users.image,
      two_factor: users.twoFactorEnabled,
      joined_at: members.createdAt,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.organizationId, organizationId))
    .orderBy(asc(users.name), asc(members.id));
  return rows.map((row) => ({
    ...row,
    role: memberRole.parse(row.role),
    joined_at: row.joined_at.toISOString(),
  }));
}

/** As visitors see it. */
export function toDepartment(row: typeof departments.$inferSelect): Department {
  const { id, name, description, pre_chat_fields } = row;
  return { id, name, description, pre_chat_fields };
}
