/** A walk-through of CONTRIBUTING.md: how many files its heading promises, and which its steps name. */
export type Walkthrough = { files: number; steps: string[]; besides: string[] };

/**
 * Reads a walk-through. A step begins with the file that it touches, as `1. protocol/<name>.ts` in
 * backticks; a file that it makes besides, such as a test, is an item of a list that begins with `-`.
 *
 * @param title the heading without its number of files
 * @throws Error where there is no such heading
 */
export function walkthroughIn(page: string, title: string): Walkthrough {
  const [, heading = '', text = ''] =
    page
      .split(/^### /m)
      .map((section) => section.match(/^([^\n]*)\n([\s\S]*)$/))
      .find((section) => section?.[1]?.startsWith(`${title} (`)) ?? [];
  const files = heading.match(/\((\d+) files?\b/)?.[1];
  if (files === undefined) throw new Error(`CONTRIBUTING.md has no “${title} (… files”.`);
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, path = '']) => path);
  return {
    files: Number(files),
    steps: named(/^\d+\. `([^`]+)`/gm),
    besides: named(/^- `([^`]+)`/gm),
  };
}

/**
 * What a walk-through says that is not so, in sentences.
 *
 * @param touched the files that following it touched; those of migrations are not among them
 */
export function mistakesOf({ files, steps, besides }: Walkthrough, touched: string[]): string[] {
  const isOf = (step: string, path: string) =>
    new RegExp(`^${step.replaceAll('.', '\\.').replaceAll(/<\w+>/g, '[\\w-]+')}$`).test(path);
  const counted = touched.filter((path) => !besides.some((excluded) => isOf(excluded, path)));
  return [
    ...(counted.length === files ? [] : [`It touches ${counted.length} files and not ${files}.`]),
    ...(steps.length === files ? [] : [`It has ${steps.length} steps and not ${files}.`]),
    ...counted
      .filter((path) => !steps.some((step) => isOf(step, path)))
      .map((path) => `No step names ${path}.`),
    ...[...steps, ...besides]
      .filter((step) => !touched.some((path) => isOf(step, path)))
      .map((step) => `Nobody needs ${step}.`),
  ];
}
