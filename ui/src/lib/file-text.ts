/** The text of a chosen file. */

/** No file that comes in is larger; of a larger one only so much is sent that the program says so. */
const most = 64 * 1024 * 1024 + 1;

/** The text of a file; of a very large one the beginning, which the program refuses with its reason. */
export async function fileText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, most).arrayBuffer());
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** UTF-8, unless the mark at its beginning says otherwise, as in what spreadsheets of Windows save. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) {
    return "utf-16le";
  }
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
