import { presenceTexts } from './presence-texts.ts';

/** Names that fit on a card; the others are a number. */
const NAMED = 2;

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/**
 * Who is there for a department and how soon it usually answers, a line each, as a visitor reads it
 * on its card.
 *
 * @param wanted tags of the visitor's languages, the best first
 * @param online who is there, by name
 * @param replySeconds in which one usually gets an answer; null where that is not known
 */
export function presenceLines(
  wanted: readonly string[],
  online: readonly { name: string }[],
  replySeconds: number | null,
): string {
  const { language, ...texts } = presenceTexts(wanted);
  const named = online.slice(0, NAMED).map(({ name }) => name);
  const more = online.length - named.length;
  const names = `${named.join(', ')}${more > 0 ? ` +${more}` : ''}`;
  const lines = [named[0] === undefined ? texts.nobody : `${texts.online} · ${names}`];
  if (replySeconds !== null) {
    lines.push(texts.usually.replace('{time}', roundedTime(replySeconds, language)));
  }
  return lines.join('\n');
}

/** A time that is enough, in whole units and never less than a minute: `5 minutes`. */
function roundedTime(seconds: number, language: string): string {
  const [unit, length] = STEPS.find(([, size]) => seconds >= size) ?? (['minute', 60] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.max(1, Math.ceil(seconds / length)),
  );
}
