/** The text of a chosen file. */

/** No file that comes in is larger; of a larger one only so much is sent that the program says so. */
const most = 64 * 1024 * 1024 + 1;

/** The text of a file, as UTF-8; of a very large one the beginning, which the program refuses with its reason. */
export const fileText = (file: File) => file.slice(0, most).text();
