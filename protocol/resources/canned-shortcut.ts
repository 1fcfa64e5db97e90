/** The shortcut of a canned response: letters, digits, hyphens and underscores, after the slash. */
export const CANNED_SHORTCUT = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u;
