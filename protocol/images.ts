import type { MessageFile } from './conversation/message.ts';

/** Media types that are shown in place, with nothing in them that runs; all else is a download. */
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

export function isImage(type: string): boolean {
  return IMAGE_TYPES.includes(type);
}

/** The size of the placeholder of an image whose own size is unknown, in pixels. */
const PLACEHOLDER = { width: 240, height: 180 };

/** How large an image is shown, in pixels: its own size, or scaled to fit. Known before it loads. */
export function fitted(
  { width, height }: Pick<MessageFile, 'width' | 'height'>,
  most: { width: number; height: number },
): { width: number; height: number } {
  if (!width || !height) return PLACEHOLDER;
  const scale = Math.min(1, most.width / width, most.height / height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
