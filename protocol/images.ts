import type { MessageFile } from './conversation/message.ts';

/** Media types that are shown in place, with nothing in them that runs; all else is a download. */
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

export function isImage(type: string): boolean {
  return IMAGE_TYPES.includes(type);
}

/** Room for a picture whose size nobody knows, in pixels. */
const UNKNOWN = { width: 240, height: 180 };

/** How large a picture is shown: as it is, or made to fit, in pixels; known before it loads. */
export function fitted(
  { width, height }: Pick<MessageFile, 'width' | 'height'>,
  most: { width: number; height: number },
): { width: number; height: number } {
  if (!width || !height) return UNKNOWN;
  const scale = Math.min(1, most.width / width, most.height / height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
