import { OnlineAgents } from './OnlineAgents.tsx';
import { OwnMenu } from './OwnMenu.tsx';

/** The end of the main navigation: who is online, and one's own menu. */
export default function ShellPeople(props: { onHelp(): void }) {
  return (
    <>
      <OnlineAgents />
      <OwnMenu onHelp={() => props.onHelp()} />
    </>
  );
}
