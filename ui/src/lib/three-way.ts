/** Two people at one form: what each made of it, put together. */

/** A form after somebody else has changed it too. */
export interface Together<Form> {
  /** What is to be edited on: their changes where only they made any, one's own everywhere else. */
  form: Form;
  /** The fields that both have changed, and not to the same. */
  clashes: (keyof Form)[];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Puts one's own form and theirs together, given what both began with. */
export function together<Form extends object>(original: Form, mine: Form, theirs: Form): Together<Form> {
  const form = { ...mine };
  const clashes: (keyof Form)[] = [];
  for (const field of Object.keys(theirs) as (keyof Form)[]) {
    if (same(mine[field], original[field])) {
      form[field] = theirs[field];
    } else if (!same(theirs[field], original[field]) && !same(theirs[field], mine[field])) {
      clashes.push(field);
    }
  }
  return { form, clashes };
}
