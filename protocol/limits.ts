/**
 * What the product allows, but for what one resource alone needs, which stands with it. Lengths of texts are code points, as `lengthOf` in text.ts, zod and JSON
 * Schema count them.
 */

export const MAX_MESSAGE_LENGTH = 5_000;
export const MAX_NAME_LENGTH = 200;
export const MAX_EMAIL_LENGTH = 254; // RFC 5321, 4.5.3.1.3: a path is 256 octets with its brackets
export const MAX_PHONE_LENGTH = 50;
/** NIST SP 800-63B-4, 3.1.1.2: at least 8 beside a second factor. */
export const MIN_PASSWORD_LENGTH = 8;
/** Longer ones would only cost the hash more; the same guideline asks for at least 64. */
export const MAX_PASSWORD_LENGTH = 128;
export const MAX_CUSTOM_FIELD_LENGTH = 2_000;
export const MAX_CUSTOM_FIELDS = 50;
export const MAX_URL_LENGTH = 2_000;
/** A page as a socket remembers it, which has 2,048 bytes for everything. */
export const MAX_PAGE_URL_LENGTH = 1_000;
export const MAX_PAGE_TITLE_LENGTH = 150;

export const MAX_FILE_NAME_LENGTH = 200;
/** Users whom one note may name. */
export const MAX_MENTIONS = 20;
/** Labels on one conversation. */
export const MAX_LABELS_EACH = 20;
/** The best a conversation can be rated. */
export const MAX_RATING = 5;
export const MAX_RATING_COMMENT_LENGTH = 1_000;
/** Minutes in which a message may be edited or deleted by its sender. */
export const EDIT_MINUTES = 15;
/** A picture of a person, bytes: 128 pixels square fit. */
export const MAX_AVATAR_BYTES = 20_000;

/** What an identity token may weigh, and the site's own id of a person in it. */
export const MAX_IDENTITY_TOKEN_LENGTH = 4_000;
export const MAX_EXTERNAL_ID_LENGTH = 200;
/** Two, so that a new one can be rolled out before the old one goes. */
export const MAX_IDENTITY_SECRETS = 2;

/** Addresses that one request invites: what a free account's 50 queries of the database allow. */
export const MAX_INVITED_AT_ONCE = 8;

/** What an organization may set up. */
export const MAX_DEPARTMENTS = 50;
export const MAX_DESCRIPTION_LENGTH = 500;
export const MAX_FORM_FIELDS = 20;
export const MAX_OPTIONS = 50;
export const MAX_GREETING_LENGTH = 300;

/** Hours for which a visitor may be silent before a conversation closes by itself: 90 days. */
export const MAX_AUTO_CLOSE_HOURS = 90 * 24;

/** Characters of what the visitor is told then. */
export const MAX_AUTO_CLOSE_MESSAGE_LENGTH = 1_000;
export const MAX_LAUNCHER_TEXT_LENGTH = 40;
/** Languages that an organization writes its own texts in, beside the first. */
export const MAX_TRANSLATIONS = 30;
export const MAX_ORIGINS = 50;
export const MAX_NOTES_EACH = 200;
export const MAX_NOTE_LENGTH = 5_000;
export const MAX_SHORTCUT_LENGTH = 40;
export const MAX_LABEL_LENGTH = 50;
export const MAX_SCHEDULES = 50;
/** Conversations that are changed at once. */
export const MAX_BULK = 100;
export const MAX_VIEW_LENGTH = 50;

/**
 * The most UTF-16 units in a text frame. Each character of a message may take two units, each of them
 * written as `\uXXXX` (six characters), and the frame has a few more around the message.
 */
export const MAX_FRAME_LENGTH = 65_536;

/** A file's bytes at most. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Megabytes of files of one visitor in a day, as much as an organization may allow. */
export const MAX_FILE_MEGABYTES = 10_000;

/** An HTTP body's bytes at most (a file's aside): 50 custom fields of 2,000 characters fit with room. */
export const MAX_BODY_BYTES = 512 * 1024;

/** Messages in a `welcome` frame or a page of history. */
export const PAGE_OF_MESSAGES = 100;

/** Items in a page of a list: at most, and where a request says nothing. */
export const MAX_PAGE = 100;
export const DEFAULT_PAGE = 50;

/** Seconds between the client's pings while nothing else is said. */
export const PING_SECONDS = 25;

/** At this number a count means «this many or more»: counting reads no further (P8). */
export const QUEUE_COUNT_CAP = 2_000;
