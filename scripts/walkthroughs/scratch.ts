import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** What is installed, built or kept while Foyer runs: .gitignore has the same. */
const NOT_COPIED = new Set(
  '.git node_modules dist .wrangler .foyer coverage screenshots'.split(' '),
);

/** A copy of the project, to which walk-throughs are applied. It knows which files they touch. */
export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), 'foyer-walkthroughs-'));
  #touched = new Set<string>();

  constructor() {
    for (const name of readdirSync(root)) {
      if (!NOT_COPIED.has(name)) cpSync(join(root, name), this.#path(name), { recursive: true });
    }
    // A folder of its own: Vite keeps its cache in it.
    mkdirSync(this.#path('node_modules'));
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (name.startsWith('.') && name !== '.bin') continue;
      symlinkSync(join(root, 'node_modules', name), this.#path(`node_modules/${name}`));
    }
    // With them only what was changed is checked again.
    const types = join(root, 'dist', 'types');
    if (existsSync(types)) cpSync(types, this.#path('dist/types'), { recursive: true });
  }

  /** The files that were touched since it was last asked, in order. */
  touched(): string[] {
    const paths = [...this.#touched].sort();
    this.#touched.clear();
    return paths;
  }

  read(path: string): string {
    return readFileSync(this.#path(path), 'utf8');
  }

  create(path: string, text: string): void {
    if (existsSync(this.#path(path))) throw new Error(`${path} is there already.`);
    this.#write(path, text);
  }

  /** @throws Error where the file does not have `anchor` */
  before(path: string, anchor: string, text: string): void {
    this.#insert(path, anchor, `${text}${anchor}`);
  }

  /** @throws Error where the file does not have `anchor` */
  after(path: string, anchor: string, text: string): void {
    this.#insert(path, anchor, `${anchor}${text}`);
  }

  /** Makes a file that no walk-through has, such as the proof that it works. */
  prove(path: string, text: string): void {
    writeFileSync(this.#path(path), text);
  }

  /** Runs a script in the project's Node; what it printed, and whether it ended well. */
  run(args: string[]): Promise<{ ok: boolean; output: string }> {
    return new Promise((done) => {
      const { VITEST: _, VITEST_WORKER_ID: __, VITEST_POOL_ID: ___, ...env } = process.env;
      const child = spawn(process.execPath, args, { cwd: this.folder, env });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      child.once('close', (code) => done({ ok: code === 0, output }));
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #insert(path: string, anchor: string, text: string): void {
    const source = this.read(path);
    if (!source.includes(anchor)) throw new Error(`${path} has no “${anchor}”.`);
    this.#write(
      path,
      source.replace(anchor, () => text),
    );
  }

  #write(path: string, text: string): void {
    mkdirSync(dirname(this.#path(path)), { recursive: true });
    writeFileSync(this.#path(path), text);
    this.#touched.add(path);
  }

  #path(path: string): string {
    return join(this.folder, path);
  }
}
