// The pictures of one paper: read one after the other, each once, until the paper has enough.
import { pictureBytes, type ReadImage } from "./paper";
import { type Picture, photoPicture } from "./sheet";

/** @returns for a photo's id its picture, or null when there is none or the paper is full. */
export function picturesOf(readImage: ReadImage): (photoId: string) => Promise<Picture | null> {
  const known = new Map<string, Picture | null>();
  let left = pictureBytes;
  return async (photoId) => {
    const before = known.get(photoId);
    if (before !== undefined) return before;
    const bytes = left > 0 ? await readImage(photoId) : null;
    const made = bytes && (await photoPicture(bytes));
    const picture = made && made.bytes.length <= left ? made : null;
    left -= picture?.bytes.length ?? 0;
    known.set(photoId, picture);
    return picture;
  };
}
