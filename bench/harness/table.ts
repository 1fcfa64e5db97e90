/** Prints rows under a title, numbers to the right, text to the left. */
export function printTable(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): void {
  const shown = rows.map((row) => row.map((cell) => shownCell(cell)));
  const widths = columns.map((name, column) =>
    Math.max(name.length, ...shown.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], like: readonly unknown[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return typeof like[column] === 'string' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  console.log(`\n${title}`);
  console.log(line(columns, rows[0] ?? columns));
  shown.forEach((row, index) => {
    console.log(line(row, rows[index] ?? row));
  });
}

function shownCell(cell: string | number | null): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? cell.toLocaleString('en', { maximumFractionDigits: 2 }) : cell;
}
