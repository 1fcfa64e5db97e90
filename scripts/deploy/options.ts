import { parseArgs } from 'node:util';
import { Explained } from '../install.mjs';
import { parseSettings, type Settings } from './settings.ts';

export const help = `npm run deploy: Foyer on your Cloudflare account.

It makes what is missing (database, bucket, secrets), brings the database up to date, publishes, and
waits until the new version answers. It can be run again at any time, and after every failure.

  npm run deploy                                 the first time, and for every later version
  npm run deploy -- --domain chat.example.com    the same with a setting

Settings are kept in foyer.config.json, so that each needs saying once:

  --domain HOST         the address, on a domain of the same Cloudflare account
  --email-from ADDRESS  whom mails come from
  --location PLACE      where the data should live: weur, eeur, wnam, enam, apac, oc
  --jurisdiction eu     keeps database and files in the European Union (or: fedramp)
  --database postgres   Postgres through Hyperdrive; DATABASE_URL names it (or: d1)
  --name NAME           the Worker's name (foyer)
  --account ID          the Cloudflare account, where the login has several

For this run only:

  --dry-run             shows every step and runs nothing
  --keep-database       no migrations, as when an older version is deployed again
  --pause               publishes without a database, while one is moved: open chats go on, the rest
                        answers 503 until the next \`npm run deploy\`
  --config FILE         another file of settings, for a second installation
`;

export type Options = {
  /** The settings that were given, without those that were not. */
  given: Settings;
  config: string;
  dryRun: boolean;
  keepDatabase: boolean;
  pause: boolean;
  help: boolean;
};

/** Reads the command line. Throws `Explained`. */
export function readOptions(args: string[]): Options {
  const { values } = parsed(args);
  const settings = {
    name: values.name,
    account_id: values.account,
    domain: values.domain?.replace(/^https:\/\//, '').replace(/\/$/, ''),
    location: values.location,
    jurisdiction: values.jurisdiction,
    email_from: values['email-from'],
    database: values.database,
  };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value));
  return {
    given: parseSettings(given, 'The command line'),
    config: values.config,
    dryRun: values['dry-run'],
    keepDatabase: values['keep-database'],
    pause: values.pause,
    help: values.help,
  };
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args,
      options: {
        name: text,
        account: text,
        domain: text,
        location: text,
        jurisdiction: text,
        'email-from': text,
        database: text,
        config: { type: 'string', default: 'foyer.config.json' },
        'dry-run': flag,
        'keep-database': flag,
        pause: flag,
        help: { ...flag, short: 'h' },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Explained(`${error.message}\n\n${help}`);
  }
}
