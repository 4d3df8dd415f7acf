/** A log of a day is some megabytes long; what is longer would freeze the page. In bytes. */
const LARGEST = 200 * 1024 * 1024;

/** Gives the person a file. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** @returns `null` where it is too large */
export async function readFile(file: File): Promise<string | null> {
  return file.size > LARGEST ? null : file.text();
}
