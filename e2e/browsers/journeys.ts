import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startTalk } from '../../drizzle/demo/people.ts';
import type { Manner } from './find.ts';
import { PAGE_SCRIPT } from './tab.ts';
import {
  conversationOf,
  ENTER,
  ESCAPE,
  openPanel,
  type Place,
  say,
  shop,
  startBilling,
} from './visit.ts';

export type Journey = { name: string; manner?: Manner; run(place: Place): Promise<void> };

const IMAGE_FILE = join(import.meta.dirname, '..', '..', 'docs', 'pictures', 'departments.png');

/** Journeys whose result could depend on the browser's engine. */
export const journeys: Journey[] = [
  {
    name: 'a conversation, and the same visitor after a reload',
    async run(place) {
      const { tab, agent } = place;
      await tab.go(shop(place));
      await tab.see('button', 'Open chat');
      await place.screenshot('launcher');
      await openPanel(place);
      await tab.see('li', 'Online now · Tom Okafor');
      await place.screenshot('departments');
      await startBilling(place);
      await say(place, 'Where is my invoice?');
      await agent.reply(
        await conversationOf(place, 'Where is my invoice?'),
        'In your **mailbox**.',
      );
      await tab.see('[role=log] strong', 'mailbox');
      await place.screenshot('conversation');
      await tab.reload();
      await openPanel(place);
      await tab.see('[role=log]', 'In your mailbox.');
      // The field has the focus already.
      await tab.see('textarea');
      await tab.press(`Found it${ENTER}`);
      await tab.see('[role=log]', 'Found it');
      await tab.see('[role=log]', 'Sent');
    },
  },
  {
    name: 'the menu, earlier conversations, and the end',
    async run(place) {
      const { tab } = place;
      await tab.go(shop(place));
      await openPanel(place);
      await startBilling(place);
      await say(place, 'A question');
      await tab.click('button', 'More options');
      await tab.see('[popover]', 'Earlier conversations');
      await place.screenshot('menu');
      await tab.click('[popover] button', 'End conversation');
      await tab.see('dialog', 'End this conversation?');
      await place.screenshot('end');
      // A sheet at the bottom, as high as its content.
      assert.ok(
        Number(await tab.run('return document.querySelector("dialog[open]").offsetHeight')) < 300,
      );
      await tab.click('dialog button', 'End conversation');
      await tab.see('*', 'This conversation has ended.');
      await tab.click('button', 'Back');
      await tab.click('button', 'Earlier conversations');
      await tab.see('button', 'A question');
      await place.screenshot('history');
    },
  },
  {
    name: 'files, chosen and dropped',
    async run(place) {
      const { tab } = place;
      await tab.go(shop(place));
      await openPanel(place);
      await startBilling(place);
      await say(place, 'Look:');
      await tab.choose(IMAGE_FILE);
      await tab.see('[role=log] img');
      await tab.run(`
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['A note'], 'note.txt', { type: 'text/plain' }));
        document.querySelector('textarea').dispatchEvent(
          new DragEvent('drop', { dataTransfer, bubbles: true }));`);
      await tab.see('[role=log] button', 'note.txt');
      await place.screenshot('files');
    },
  },
  {
    name: 'from right to left',
    async run(place) {
      const { tab } = place;
      await tab.go(shop(place, 'widget.js" data-locale="ar'));
      await openPanel(place);
      await tab.see('h1');
      await place.screenshot('rtl-departments');
      await tab.click('li button', 'Billing');
      await tab.type('textarea', `مرحبا${ENTER}`);
      await tab.see('[role=log]', 'مرحبا');
      await tab.click('header button:nth-of-type(2)');
      await tab.see('[popover]');
      await place.screenshot('rtl-menu');
    },
  },
  {
    name: 'in the dark',
    manner: 'dark',
    async run(place) {
      const { tab } = place;
      await tab.go(shop(place));
      await openPanel(place);
      await startBilling(place);
      await say(place, 'Good night');
      await place.screenshot('dark');
      const ground = await tab.run('return getComputedStyle(document.body).backgroundColor');
      assert.equal(ground, 'rgb(23, 24, 27)');
    },
  },
  {
    name: 'storage and cookies denied',
    manner: 'no storage',
    async run(place) {
      const { tab } = place;
      await tab.go(shop(place, 'foyer.js'));
      await openPanel(place);
      await startBilling(place);
      await say(place, 'Kept by the page');
      // The frame reloads and recognises its visitor.
      await tab.leavePanel();
      await tab.run("Foyer('setLocale', 'de')");
      await tab.enterPanel();
      await tab.see('textarea[aria-label=Nachricht]');
      await tab.see('[role=log]', 'Kept by the page');
      await tab.reload();
      await openPanel(place);
      await tab.see('li button', 'Billing');
    },
  },
  {
    name: 'a nonce alone, and Trusted Types enforced',
    async run(place) {
      const { tab, site, foyer } = place;
      await tab.go(
        site.page({
          script: null,
          body: `<link rel="icon" href="data:,"><script nonce="r4nd0m">${PAGE_SCRIPT}
              window.Foyer = function () { (Foyer.q = Foyer.q || []).push(arguments); };
              Foyer('on', 'message', ({ text }) => { document.title = 'told: ' + text; });
            </script>
            <script nonce="r4nd0m" async src="${foyer.origin}/foyer.js" data-key="wk_demo"></script>`,
          csp: `default-src 'none'; img-src data:; script-src 'nonce-r4nd0m'; frame-src ${foyer.origin}; require-trusted-types-for 'script'; trusted-types 'none'`,
        }),
      );
      await openPanel(place);
      await startBilling(place);
      await say(place, 'Trusted');
      await tab.leavePanel();
      assert.equal(await tab.run('return document.title'), 'told: Trusted');
    },
  },
  {
    name: 'the commands of a page, and a body that is replaced',
    async run(place) {
      const { tab, agent } = place;
      await tab.go(shop(place, 'foyer.js'));
      await tab.see('button', 'Open chat');
      await tab.run("Foyer('identify', { name: 'Ada Lane' }); Foyer('setDepartment', 'Billing')");
      await tab.run("Foyer('startConversation', 'By command')");
      await tab.enterPanel();
      await tab.see('textarea');
      await tab.type('textarea', ENTER);
      await tab.see('[role=log]', 'By command');
      await tab.leavePanel();
      await tab.run("document.body = document.createElement('body'); document.body.append('New')");
      await tab.run("Foyer('close')");
      await tab.see('button', 'Open chat');
      await agent.reply(await conversationOf(place, 'By command'), 'Are you there?');
      await tab.click('button', '1 unread message');
      await tab.enterPanel();
      await tab.see('[role=log]', 'Are you there?');
      await tab.type('textarea', ESCAPE);
      await tab.leavePanel();
      await tab.see('button', 'Open chat');
      await tab.run("Foyer('hide')");
      await tab.miss('button', 'Open chat');
      await tab.run("Foyer('show'); Foyer('toggle')");
      await tab.see('button', 'Close chat');
    },
  },
  {
    name: 'an agent at the dashboard',
    async run(place) {
      const { tab, site, foyer } = place;
      const talk = await startTalk(foyer.origin, 'Billing', {}, { url: `${site.origin}/0` });
      await talk.say('Is anybody there?');
      await tab.go(`${foyer.origin}/admin`);
      await tab.type('input[type=email]', 'agent@acme.example');
      await tab.type('input[type=password]', 'foyer-demo');
      await tab.click('button', 'Sign in');
      await tab.see('[data-conversation]', 'Is anybody there?');
      await place.screenshot('inbox');
      await tab.click('[data-conversation]', 'Is anybody there?');
      await tab.see('[aria-label=Messages]', 'Is anybody there?');
      await tab.type('textarea', `Yes, at your service${ENTER}`);
      await tab.see('[aria-label=Messages]', 'Yes, at your service');
      await talk.say('Wonderful');
      await tab.see('[aria-label=Messages]', 'Wonderful');
      await place.screenshot('answered');
      await tab.click('button', 'Your status');
      await tab.click('[role=menuitem]', 'Keyboard shortcuts');
      await place.screenshot('shortcuts');
      // The sheet is open and high enough: its buttons are visible.
      await tab.click('dialog kbd', 'Enter');
      await tab.click('dialog button', 'Close');
    },
  },
];
