import { MAX_AVATAR_BYTES } from '../../../protocol/limits.ts';

/** Pixels on each side: twice as many as the largest place shows, for fine screens. */
const SIDE = 128;

/** Tried in order until it is small enough; the last one always is. */
const QUALITIES = [0.9, 0.75, 0.5, 0.2];

/**
 * The middle square of a picture, small. Nothing else of the file is kept: no place, no camera.
 *
 * @throws Error with a sentence to show where the file is no picture that the browser can read
 */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  const image = await createImageBitmap(file).catch(() => null);
  if (!image) throw new Error('This image can’t be read. Try a PNG or JPEG.');
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('Couldn’t resize the image.');
  pen.imageSmoothingQuality = 'high';
  // A format without transparency would have it black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, SIDE, SIDE);
  const { x, y, side } = middleSquare(image.width, image.height);
  pen.drawImage(image, x, y, side, side, 0, 0, SIDE, SIDE);
  image.close();
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((done) => {
      canvas.toBlob(done, 'image/jpeg', quality);
    });
    if (blob && blob.size <= MAX_AVATAR_BYTES) return blob;
  }
  throw new Error('Couldn’t make the image small enough.');
}

/** The largest square in the middle of a rectangle. */
function middleSquare(width: number, height: number) {
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, side };
}
