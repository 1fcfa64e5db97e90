import type { MessageFile } from '../../../protocol/conversation/message.ts';
import { fitted, isImage } from '../../../protocol/images.ts';

/** The largest that a picture is in the history, in pixels. */
export const MOST_OF_PICTURE = { width: 360, height: 300 };

/** Holds a file's place until what shows it has loaded, so that nothing moves then. */
export function FilePlaceholder(props: { file: MessageFile }) {
  const { file } = props;
  const room = isImage(file.type) ? fitted(file, MOST_OF_PICTURE) : { width: 280, height: 56 };
  return <svg width={room.width} height={room.height} aria-hidden="true" />;
}
