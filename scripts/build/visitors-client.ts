import type { Plugin } from 'vite';

/**
 * What of the conversation's client only agents use: visitors send no notes, see no viewers, and are told
 * of the reasons for which a socket ended for good only that they are blocked.
 */
const agents: Record<string, [pattern: RegExp, instead: string][]> = {
  'client.ts': [
    [/^ {4}(?:viewers: \[\]|page: null),\n/gm, ''],
    [/^ {4}else if \(frame\.type === '(?:viewers|page)'\).*\n/gm, ''],
    [/, mentions(?= \})/g, ''],
    [/, mentions(?=\) \{)/, ''],
    [/^ {8}mentions,\n/m, ''],
    [/^ {2}let note: true \| undefined;\n/m, ''],
    [/, note(?= \})/g, ''],
    [/typing\(typing, isNote\) \{\n {6}note = isNote;/, 'typing(typing) {'],
    [/\{ \.\.\.sender \}/, 'sender'],
  ],
  'link.ts': [[/^ {2}\[CloseCode\.(?!blocked\b)\w+\]: .*\n/gm, '']],
  'frames.ts': [[/^ {2}(?:viewers|page): \['\w+'\],\n/gm, '']],
};

/** Fails the build when the client has changed and one of these is not found. */
export function visitorsClient(): Plugin {
  return {
    name: 'foyer:visitors-client',
    enforce: 'pre',
    transform(code, id) {
      const [, file] = /\/protocol\/client\/(client\.ts|link\.ts|frames\.ts)$/.exec(id) ?? [];
      if (!file) return null;
      return (agents[file] ?? []).reduce((lean, [pattern, instead]) => {
        const leaner = lean.replace(pattern, instead);
        if (leaner === lean) this.error(`${file} has changed: it has no ${pattern} now.`);
        return leaner;
      }, code);
    },
  };
}
