import type { Picture } from '../../simulator/index.js';

/** A picture that a person may choose on a phone. */
export interface GalleryPicture {
  readonly bytes: Picture;
  /** Where a page finds it. */
  readonly address: string;
}

/** What is on a phone to choose an avatar from. */
export interface Gallery {
  /** The picture of the person's WeChat account. */
  readonly own: GalleryPicture;
  readonly album: GalleryPicture;
}

/** Paints the pictures: nothing is loaded from anywhere. */
export async function createGallery(): Promise<Gallery> {
  return { own: await paint('#576b95', '#c8d2e6'), album: await paint('#0e7a4b', '#ffe08a') };
}

const SIZE = 96;

async function paint(ground: string, sun: string): Promise<GalleryPicture> {
  const canvas = new OffscreenCanvas(SIZE, SIZE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser does not paint.');
  context.fillStyle = ground;
  context.fillRect(0, 0, SIZE, SIZE);
  context.fillStyle = sun;
  context.beginPath();
  context.arc(SIZE / 2, SIZE * 0.38, SIZE * 0.18, 0, 2 * Math.PI);
  context.arc(SIZE / 2, SIZE, SIZE * 0.36, 0, 2 * Math.PI);
  context.fill();
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return { bytes: new Uint8Array(await blob.arrayBuffer()), address: URL.createObjectURL(blob) };
}
