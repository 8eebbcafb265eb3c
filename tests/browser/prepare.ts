import { addPeople } from "./people";
import { forget, keep, original, Program, settleDay } from "./programs";

/** Makes the clinics that the checks copy. */
export default async function prepare() {
  settleDay();
  forget("small");
  original("small");
  // A secret is slow to keep, as it should be: the people are added once, not for each check.
  const program = await Program.copyOf("small");
  await addPeople(program);
  await program.stop();
  keep(program.folder, "people");
}
