import { MIN_PASSWORD_LENGTH } from '../../protocol/limits.ts';

/** The rules for new passwords, shown next to every field for one. */
export const PASSWORD_HINT = `At least ${MIN_PASSWORD_LENGTH} characters. Don’t use a common password, or your name, address or organization.`;
