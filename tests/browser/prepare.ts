import { forget, original } from "./programs";

/** Makes the clinic that the checks copy. */
export default function prepare() {
  forget("small");
  original("small");
}
