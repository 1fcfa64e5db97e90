import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * The command line of a script. `--help` prints the help and ends it; an option that it does not know, or
 * one without its value, is said with the help, and the exit code is 1.
 *
 * @param help ends with a new line
 */
export function readCommandLine<const Config extends ParseArgsConfig>(
  config: Config,
  help: string,
): ReturnType<typeof parseArgs<Config>> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    console.log(help);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${help}`);
    process.exit(1);
  }
}
