/** Whoever follows something that is kept outside React, as `useSyncExternalStore` wants them. */
export function followers() {
  const all = new Set<() => void>();
  return {
    /** Calls a follower at every change; gives what ends that. */
    follow: (follower: () => void) => {
      all.add(follower);
      return () => {
        all.delete(follower);
      };
    },
    tell: () => {
      for (const follower of all) {
        follower();
      }
    },
  };
}
