/** A picture whose bytes were looked at. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly type: PictureType;
}

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/** Where uploaded pictures are kept. */
export interface AvatarStore {
  /**
   * Keeps a picture.
   *
   * @returns the address that everybody may read it at
   */
  put(picture: Picture): Promise<string>;

  /** Whether a picture was put here, and has this address. */
  has(url: string): Promise<boolean>;
}
