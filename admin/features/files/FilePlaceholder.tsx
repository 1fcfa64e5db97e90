import type { MessageFile } from '../../../protocol/conversation/message.ts';
import { fitted, isImage } from '../../../protocol/images.ts';

/** The maximum size of an image in the history, in pixels. */
export const MOST_OF_PICTURE = { width: 360, height: 300 };

/** Reserves the space of a file until its component has loaded, so that nothing shifts. */
export function FilePlaceholder(props: { file: MessageFile }) {
  const { file } = props;
  const room = isImage(file.type) ? fitted(file, MOST_OF_PICTURE) : { width: 280, height: 56 };
  return <svg width={room.width} height={room.height} aria-hidden="true" />;
}
