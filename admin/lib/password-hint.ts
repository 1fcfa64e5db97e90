import { MIN_PASSWORD_LENGTH } from '../../protocol/limits.ts';
import { t } from '../texts/session.ts';

/** The rules for new passwords, shown next to every field for one. */
export const passwordHint = () => t.passwordHint(MIN_PASSWORD_LENGTH);
