/** The people of a clinic that knows its people. */

import type { Program } from "./programs";

/** Somebody who signs in to the small clinic, where a check wants people in it. */
export type Person = "owner" | "front-desk" | "practitioner";

/** What each is called and signs in with. */
export const people: Record<Person, { name: string; secret: string }> = {
  owner: { name: "Olga Owner", secret: "quiet-otter" },
  "front-desk": { name: "Fred Front", secret: "4071" },
  practitioner: { name: "Pia Treats", secret: "5820" },
};

/** Adds an owner, a front desk and a practitioner to a clinic without people. */
export async function addPeople(program: Program) {
  for (const [role, { name, secret }] of Object.entries(people)) {
    const isPin = /^\d+$/.test(secret);
    const form = {
      name,
      role,
      practitioner: role === "practitioner" ? "pia" : null,
      active: true,
      secret: isPin ? "pin" : "password",
      new_secret: secret,
    };
    await program.ask("save_user", { id: null, form });
  }
}

/** Signs somebody in to a clinic that knows them. */
export const signIn = (program: Program, who: Person) =>
  program.ask("sign_in", { person: people[who].name, secret: people[who].secret });
