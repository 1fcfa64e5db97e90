import { MAX_AVATAR_BYTES } from '../../../protocol/limits.ts';

/** Pixels per side: twice the largest shown size, for high-density screens. */
const SIDE = 128;

/** Tried in order until the file is small enough. The last one always is. */
const QUALITIES = [0.9, 0.75, 0.5, 0.2];

/**
 * Crops a picture to its middle square and resizes it. Metadata such as location and camera is
 * dropped.
 *
 * @throws Error with a sentence to show if the browser cannot read the file as an image
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
  // Without this, transparent parts would be black in JPEG.
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
