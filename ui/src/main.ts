import "@fontsource/inter/400.css";
import "@fontsource/inter/500.css";
import "@fontsource/inter/600.css";
import "./theme.css";
import "./day/board/pictures.css";

import { makeReady } from "./frame/opening";
import { preferences } from "./frame/preferences";
import { markDocument } from "./frame/theme";
import { createQueryClient } from "./lib/queries";

/** How long the first picture waits for what it shows, in milliseconds; after that it says that it is on its way. */
const PATIENCE = 400;

/** Draws the window at once with what it shows: a picture that is drawn in parts takes twice as long. */
async function open(root: HTMLElement) {
  markDocument(preferences());
  const client = createQueryClient();
  // Only the questions come before the drawing is loaded, so that the program answers them meanwhile.
  const drawing = import("./frame/drawing");
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  await Promise.race([makeReady(client), patience]);
  const { draw } = await drawing;
  draw(root, client);
}

const root = document.getElementById("root");
if (root) {
  void open(root);
}
