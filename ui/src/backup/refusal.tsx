/** Why a backup was not put back; plain words, since the parts that show faults offer backups themselves. */
export function Refusal({ error }: { error: Error | null }) {
  return (
    error && (
      <p role="alert" className="mt-3 select-text text-rule first-letter:uppercase">
        {error.message}
      </p>
    )
  );
}
