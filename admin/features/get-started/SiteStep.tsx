import type { GetStarted } from '../../../protocol/resources/get-started.ts';
import { EmbedCheck } from '../widget/EmbedCheck.tsx';
import { InstallGuide } from '../widget/InstallGuide.tsx';

/** The line for the site, and whether it was seen there. */
export default function SiteStep(props: { widget: GetStarted['widget']; onLook(): Promise<void> }) {
  return (
    <>
      <InstallGuide settings={props.widget} />
      <EmbedCheck installed={props.widget.seen} onLook={props.onLook} />
    </>
  );
}
