import { requestFields } from '../kernel/log/log.ts';
import { reportFailure } from './failures.ts';

/** Files of comma-separated values (RFC 4180), written page by page. */

/** Excel takes a file for UTF-8 only where it begins with this. */
const BOM = '\ufeff';

type Value = string | number | Record<string, string> | null;

/**
 * A file as a stream that is read as fast as it is taken: at most a page is in memory. Where a page
 * fails the file breaks off, and the log says why.
 *
 * @param nextPage answers the rows of the next page, each with a value for every column; null behind
 *   the last one
 */
export function csvFile(
  columns: readonly string[],
  nextPage: () => Promise<readonly (readonly Value[])[] | null>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let begun = false;
  const whose = requestFields();
  return new ReadableStream(
    {
      async pull(controller) {
        if (!begun) {
          begun = true;
          controller.enqueue(encoder.encode(`${BOM}${columns.join(',')}\r\n`));
          return;
        }
        try {
          const rows = await nextPage();
          if (rows === null) controller.close();
          else controller.enqueue(encoder.encode(rows.map(toLine).join('')));
        } catch (error) {
          // The answer has begun: it breaks off, and the platform logs what it is told here.
          reportFailure(error, whose);
          controller.error(new Error('The file breaks off; the log says why.'));
        }
      },
    },
    { highWaterMark: 1 },
  );
}

const toLine = (row: readonly Value[]) => `${row.map(cell).join(',')}\r\n`;

/**
 * Where a formula may begin: at the start of a value, and behind whatever a spreadsheet may take for
 * the end of a cell or of a line, since its reader chooses the separator. Blanks, invisible
 * characters and quotation marks may stand between.
 */
const FORMULA =
  /(?<=^|[,;|\t\r\n\v\f\u0085\u2028\u2029])(?=[\p{Zs}\p{Cf}"“”„]*[=+\-@\t\r＝＋－＠−])/gu;

/** The text with an apostrophe before each place where it would begin a formula. */
function harmless(text: string): string {
  return text.replace(FORMULA, "'");
}

/**
 * One value, quoted where it must be; custom fields as JSON. No part of it begins a formula, whatever
 * separator it is read with: visitors and colleagues write these values and names, and a
 * formula may send the sheet to whoever wrote it (owasp.org/www-community/attacks/CSV_Injection).
 */
export function cell(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(harmlessFields(value));
  const safe = harmless(text);
  return /[",;|\t\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Before they become JSON, which the apostrophes must leave valid. */
function harmlessFields(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [harmless(name), harmless(value)]),
  );
}
