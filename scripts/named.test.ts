import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** What the docs and the comments name exists: paths, links, commands, constants, names of our code. */

const root = join(import.meta.dirname, '..');

/** What is installed, built or kept while Foyer runs: .gitignore has the same. */
const NOT_OURS = new Set('.git node_modules dist .wrangler .foyer coverage screenshots'.split(' '));

/** The files of the project, as paths from its root. */
function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return folder === '' && NOT_OURS.has(entry.name) ? [] : filesIn(path);
  });
}

const files = filesIn('');

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** This file names examples of what is not there. */
const self = 'scripts/named.test.ts';
const docs = files.filter((file) => file.endsWith('.md'));
const sources = files.filter((file) => /\.(ts|tsx|mjs|cjs)$/.test(file) && file !== self);
/** What may hold the definition of a constant or a variable of the environment. */
const definitions = files.filter(
  (file) => /\.(ts|tsx|mjs|cjs|toml|json|sql|yaml|css|html)$/.test(file) && file !== self,
);

// `/// <reference …` tells the compiler something, and no reader.
const isComment = (line: string) => /^\s*(\/\/(?!\/)|\/?\*)/.test(line);
const commentsOf = (source: string) => source.split('\n').filter(isComment).join('\n');
const codeOf = (source: string) =>
  source
    .split('\n')
    .filter((line) => !isComment(line))
    .join('\n');

const code = definitions.map((file) => codeOf(read(file))).join('\n');
const words = new Set(code.match(/[A-Za-z_$][\w$]*/g));

/** Every text that people read: docs as they are, of sources the comments. */
const texts: [file: string, text: string][] = [
  ...docs.map((file): [string, string] => [file, read(file)]),
  ...sources.map((file): [string, string] => [file, commentsOf(read(file))]),
];

const tails = new Set(
  files.flatMap((file) => file.split('/').map((_, at, parts) => parts.slice(at).join('/'))),
);
const folders = new Set(
  files.flatMap((file) => {
    const parts = file.split('/').slice(0, -1);
    return parts.flatMap((_, from) =>
      parts.slice(from).map((_, length) => parts.slice(from, from + length + 1).join('/')),
    );
  }),
);

/** What is made when Foyer runs or is built, and what an operator or a site has. */
const MADE = [
  /^(\.\/)?(dist|node_modules|src|public)\//,
  /^(foyer\.(\w+\.)?config|wrangler\.deploy)\.json$/,
  // A name that stands for any.
  /(^|\/)x\./,
  /^(foyer\.d\.ts|openapi\.json)$/,
];

/** Paths with an extension of ours, in a text: `worker/features/files/kind.ts`, `limits.ts`. */
function pathsIn(text: string): string[] {
  const pattern =
    /(?<![\w/.@$*{}-])(?:[\w.-]+\/)*[\w-]+(?:\.[\w-]+)*\.(?:tsx?|[mc]js|md|toml|yaml|sql|json)(?![\w/*(-]|\.\w)/g;
  return text.match(pattern) ?? [];
}

test('a path that docs or comments name is there, as it is or from a folder on', () => {
  const missing = texts.flatMap(([file, text]) =>
    pathsIn(text.replace(/https?:\/\/\S+/g, ''))
      .filter((path) => !MADE.some((pattern) => pattern.test(path)))
      .filter((path) => !tails.has(normalize(path).replace(/^(\.\.\/)+/, '')))
      .map((path) => `${file}: ${path}`),
  );
  expect(missing).toEqual([]);
});

test('a folder that the docs name is there', () => {
  const missing = docs.flatMap((file) =>
    [...read(file).matchAll(/`([\w.-]+(?:\/[\w.-]+)*)\/`/g)]
      .map(([, path = '']) => path)
      .filter((path) => !folders.has(path) && !MADE.some((pattern) => pattern.test(`${path}/`)))
      .map((path) => `${file}: ${path}/`),
  );
  expect(missing).toEqual([]);
});

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[`*]|\[|\]\([^)]*\)/g, '')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** The lines of a document outside of its blocks of code. */
const proseOf = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '');

function anchorsOf(file: string): Set<string> {
  return new Set(
    [...proseOf(read(file)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)),
  );
}

test('a link of the docs leads to a file, and to a heading in it', () => {
  const broken = docs.flatMap((file) =>
    [...proseOf(read(file)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^(https?:|mailto:|\/)/.test(target))
      .filter((target) => {
        const [path = '', anchor] = target.split('#');
        const at = path === '' ? file : join(dirname(file), path);
        if (!existsSync(join(root, at))) return true;
        if (anchor === undefined || statSync(join(root, at)).isDirectory()) return false;
        return at.endsWith('.md') && !anchorsOf(at).has(anchor);
      })
      .map((target) => `${file}: ${target}`),
  );
  expect(broken).toEqual([]);
});

const packageJson: { scripts: Record<string, string>; devDependencies: Record<string, string> } =
  JSON.parse(read('package.json'));
const { scripts, devDependencies } = packageJson;

test('.nvmrc names the major version of the Node that the lockfile brings', () => {
  expect(read('.nvmrc').trim()).toBe(devDependencies.node?.split('.')[0]);
});

/** npm's own commands that the docs name. */
const OWN = ['ci', 'install', 'run', 'pkg', 'test', 'start', 'version', 'view', 'audit'];

test('a command of npm that docs or comments name is there', () => {
  const missing = texts.flatMap(([file, text]) =>
    [...text.matchAll(/\bnpm (run )?([a-z][\w:-]*)/g)]
      .filter(([, run, name = '']) => {
        if (Object.hasOwn(scripts, name)) return false;
        // `npm` in a sentence is no command; one in backticks or at a line's start is.
        return run !== undefined || (text.includes(`\`npm ${name}`) && !OWN.includes(name));
      })
      .map(([command]) => `${file}: ${command}`),
  );
  expect(missing).toEqual([]);
});

test('a check or a bench that docs or comments name is there', () => {
  const checks = read('scripts/test.mjs');
  const benches = read('bench/index.ts');
  const missing = texts.flatMap(([file, text]) => [
    // A file of tests may stand there, too.
    ...[...text.matchAll(/npm test -- ((?:[a-z][\w-]*(?![\w./-]) ?)+)/g)]
      .flatMap(([, names = '']) => names.trim().split(' '))
      .filter((name) => !checks.includes(`'${name}'`))
      .map((name) => `${file}: npm test -- ${name}`),
    ...[...text.matchAll(/npm run bench -- ([a-z]+)/g)]
      .filter(([, name = '']) => !new RegExp(`\\b${name}\\b`).test(benches))
      .map(([command]) => `${file}: ${command}`),
  ]);
  expect(missing).toEqual([]);
});

test('a constant or a variable that docs or comments name is there', () => {
  const missing = texts.flatMap(([file, text]) =>
    // Of several that begin alike, the docs may name the beginning.
    [...text.matchAll(/(?<![\w$%-]|begins with `)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w%-])/g)]
      .map(([name]) => name)
      .filter((name) => !words.has(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('a name of our code that the docs put in backticks is there', () => {
  const missing = docs.flatMap((file) =>
    [...proseOf(read(file)).matchAll(/`([A-Za-z_]\w*(?:\.[a-z]\w*)?)(?:\(\))?`/g)]
      .map(([, name = '']) => name)
      .filter((name) =>
        /^[a-z]+[A-Z]\w*$|^[A-Z][a-z]\w*\.[a-z]\w*$|^[A-Z][a-z]+[A-Z]\w*$/.test(name),
      )
      .filter((name) => !name.split('.').every((part) => words.has(part)))
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});

/**
 * Words that style calls a private dialect: participles and pronouns as names, and phrases that a
 * native speaker reads twice. What remains is counted below for each area, and may only shrink.
 */
const VAGUE_NAMES =
  'asked elsewhere enliven found fresh held its known marked one reach regard said spoken told warm';

const DIALECT = [
  /\b(is|are|was|were|be) had\b/gi,
  /\banew\b|\bafresh\b/gi,
  /\bnobody['’]s\b/gi,
  /\bwho asks\b|\b(for|of|to) who\b|(\*|\/\/) Who (is|has|was|may|did|gets|asks)\b/g,
  /, what is more\b|\bworks no longer\b/gi,
  /\bhears? of\b|\btell(s|ing)? of\b/gi,
];

/** Most names and phrases of an area, its subfolders with an entry of their own excluded. */
const REMAINING: Record<string, { names: number; phrases: number }> = {
  // The word is one of those that languages.test.ts forbids in English texts.
  widget: { names: 0, phrases: 1 },
};

/** Code without comments and without the contents of its texts. */
const bareCode = (source: string) =>
  source
    .replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");

const areaOf = (file: string) =>
  Object.keys(REMAINING)
    .filter((area) => file.startsWith(`${area}/`))
    .sort((a, b) => b.length - a.length)[0] ?? '';

test('names and sentences are plain: what remains of the dialect only shrinks', () => {
  const words = VAGUE_NAMES.replaceAll(' ', '|');
  const declared = new RegExp(
    `\\b(?:const|let|function) (?:${words})\\b|[({,]\\s*(?:${words})(?=\\s*(?:[,)}]|=>|: [A-Z\\w]+\\) ?=>))`,
    'g',
  );
  const counts = new Map<string, { names: string[]; phrases: string[] }>();
  for (const file of [...sources, ...docs]) {
    const area = areaOf(file);
    const count = counts.get(area) ?? { names: [], phrases: [] };
    counts.set(area, count);
    const text = read(file);
    if (!file.endsWith('.md')) {
      for (const [name] of bareCode(text).matchAll(declared)) count.names.push(`${file}: ${name}`);
    }
    for (const pattern of DIALECT) {
      for (const [phrase] of text.matchAll(pattern)) count.phrases.push(`${file}: ${phrase}`);
    }
  }
  const exceeded = [...counts].flatMap(([area, { names, phrases }]) => {
    const most = REMAINING[area] ?? { names: 0, phrases: 0 };
    return [
      ...(names.length > most.names ? [`${area}: ${names.length} names`, ...names] : []),
      ...(phrases.length > most.phrases ? [`${area}: ${phrases.length} phrases`, ...phrases] : []),
    ];
  });
  expect(exceeded).toEqual([]);
});
