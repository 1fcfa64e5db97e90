import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { type Compressor, startCompressor } from './compressor.ts';
import { serveFiles } from './file-server.ts';
import { installPackages } from './packages.ts';
import { createRecorder } from './requests.ts';

/**
 * Chat widgets whose built files npm offers. They are installed for the run into a temporary folder,
 * and a server gives them just enough of their backend's answers to show themselves.
 */
export type Rival = {
  name: string;
  compressor: Compressor;
  /** What the page has before the end of its body. */
  tag: string;
  /** As in `Candidate`. */
  launcher: string | null;
  stop(): void;
};

/** Starts those whose packages can be downloaded, and prints which ones cannot. */
export async function startRivals(folder: string): Promise<Rival[]> {
  const rivals: Rival[] = [];
  for (const { name, packages, prepare, answers, tag, launcher } of offered) {
    const place = join(folder, name.replace(/\W/g, '-'));
    if (!installPackages(place, packages)) {
      console.log(`${name}: not available here.`);
      continue;
    }
    const site = join(place, 'site');
    mkdirSync(site);
    await prepare(place, site);
    const files = await serveFiles(site, answers);
    const compressor = await startCompressor(files.port, createRecorder());
    const stop = () => {
      compressor.stop();
      files.stop();
    };
    rivals.push({ name, compressor, tag: tag(compressor.origin), launcher, stop });
  }
  return rivals;
}

type Offered = Pick<Rival, 'name' | 'launcher'> & {
  packages: string[];
  /** Makes what is served out of what was installed. */
  prepare(folder: string, site: string): void | Promise<void>;
  /** The backend's, by path. */
  answers: Record<string, unknown>;
  tag(origin: string): string;
};

/** Everything is in the package. Its form is left out, as Foyer's is where it is measured. */
const rocketChat: Offered = {
  name: 'Rocket.Chat livechat 1.13.3',
  packages: ['@rocket.chat/livechat@1.13.3'],
  prepare(folder, site) {
    const built = join(folder, 'node_modules', '@rocket.chat', 'livechat', 'build');
    cpSync(built, join(site, 'livechat'), { recursive: true });
  },
  answers: {
    '/api/v1/livechat/config': {
      success: true,
      config: {
        enabled: true,
        online: true,
        settings: { registrationForm: false, language: 'en', limitTextLength: 0 },
        theme: {},
        messages: {},
        departments: [],
        resources: {},
        triggers: [],
        guest: null,
        room: null,
        agent: null,
      },
    },
    '/api/v1/livechat/page.visited': { success: true },
    '/api/v1/livechat/visitor': {
      success: true,
      visitor: { _id: 'visitor', token: 'visitor', username: 'guest-1' },
    },
    '/api/v1/livechat/room': { success: true, room: { _id: 'room', t: 'l', open: true } },
  },
  tag: (origin) => `<script>
window.RocketChat = (call) => RocketChat._.push(call);
RocketChat._ = [];
RocketChat.url = '${origin}/livechat?serverUrl=${origin}';
</script>
<script async src="${origin}/livechat/rocketchat-livechat.min.js"></script>`,
  launcher: 'button[class*="chat-button"]',
};

/**
 * The package is a component for a page that uses React; here it is bundled with React as such a page
 * would have it. The window that it opens comes from its makers' servers and is not in it.
 */
const papercups: Offered = {
  name: 'Papercups widget 1.3.1',
  packages: ['@papercups-io/chat-widget@1.3.1', 'react@17', 'react-dom@17'],
  async prepare(folder, site) {
    const entry = join(folder, 'entry.js');
    writeFileSync(
      entry,
      `import { createElement } from 'react';
import { render } from 'react-dom';
import { ChatWidget } from '@papercups-io/chat-widget';
const id = '00000000-0000-4000-8000-000000000000';
const { PAPERCUPS: baseUrl } = window;
const widget = { token: id, accountId: id, baseUrl, iframeUrlOverride: baseUrl + '/window' };
render(createElement(ChatWidget, widget), document.body.appendChild(document.createElement('div')));
`,
    );
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: site,
        rolldownOptions: {
          input: entry,
          output: { format: 'iife', entryFileNames: 'chat-widget.js' },
        },
      },
    });
  },
  answers: { '/api/widget_settings': { data: {} } },
  tag: (origin) => `<script>window.PAPERCUPS = '${origin}'</script>
<script async src="${origin}/chat-widget.js"></script>`,
  launcher: null,
};

const offered: readonly Offered[] = [rocketChat, papercups];
