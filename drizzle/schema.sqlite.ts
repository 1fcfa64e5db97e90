import { sqliteKit } from './kit.ts';
import { tablesOf } from './tables/index.ts';

/** The database on D1. drizzle-kit reads the names that a file exports. */
export const {
  users,
  twoFactors,
  passkeys,
  userPreferences,
  userPictures,
  sessions,
  accounts,
  verifications,
  rateLimits,
  countedMails,
  organizations,
  members,
  invitations,
  widgetSettings,
  identitySecrets,
  departments,
  departmentMembers,
  widgetCustomers,
  customers,
  conversations,
  cannedResponses,
  labels,
  conversationLabels,
  conversationMentions,
  savedViews,
  customerEntries,
  customerNotes,
} = tablesOf(sqliteKit);
