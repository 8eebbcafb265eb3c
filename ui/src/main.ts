import "@fontsource/inter/400.css";
import "@fontsource/inter/500.css";
import "@fontsource/inter/600.css";
import "./theme.css";
import "./day/board/pictures.css";

import { makeReady } from "./frame/opening";
import { preferences } from "./frame/preferences";
import { markDocument } from "./frame/theme";
import { createQueryClient } from "./lib/queries";
import { loadWords } from "./words/words";

/** How long the first picture waits for what it shows, in milliseconds; after that it says that it is on its way. */
const PATIENCE = 400;
/** How long its drawing waits for the last question, in milliseconds. */
const ASKING = 80;

const after = (wait: number) => new Promise<void>((resolve) => setTimeout(resolve, wait));

/** Draws the window at once with what it shows: a picture that is drawn in parts takes twice as long. */
async function open(root: HTMLElement) {
  markDocument(preferences().language, preferences());
  const client = createQueryClient();
  const words = loadWords(preferences().language);
  let ready = Promise.resolve();
  const asked = new Promise<void>((resolve) => {
    ready = makeReady(client, resolve);
  });
  // What is evaluated keeps everything else waiting. While the first answers are on their way there is time for React; the
  // drawing itself comes once all is asked, so that the program answers meanwhile.
  await Promise.all([import("react-dom/client"), Promise.race([asked, after(ASKING)])]);
  const { draw } = await import("./frame/drawing");
  await Promise.all([words, Promise.race([ready, after(PATIENCE)])]);
  draw(root, client);
}

const root = document.getElementById("root");
if (root) {
  void open(root);
}
