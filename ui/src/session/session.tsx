/** Who is at the desk: signing in before anything is shown, locking, and what the rest of the window may offer. */

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo } from "react";

import { NavigationProvider } from "../frame/navigation";
import { clearToasts } from "../frame/toasts";
import { type SessionView, signOut, type UseCase } from "../lib/api";
import { readAgain } from "../lib/refresh";
import { later } from "../parts/later";
import { Failure, Loading } from "../parts/state";
import { forgetDrafts } from "../setup/drafts";
import { useIdle } from "./idle";
import { sessionQuery } from "./queries";

const SignIn = later(() => import("./sign-in").then((part) => part.SignIn));

interface Session {
  /** Who is signed in; nobody in a clinic that knows no people. */
  user: SessionView["user"];
  /** Whether the clinic knows no people yet. */
  proposesPeople: boolean;
  /** Whether the program would do something for whoever is at the desk; the window hides what it would not. */
  may: (useCase: UseCase) => boolean;
  /** Locks the window; nothing where the clinic knows no people. */
  lock: () => void;
}

const Present = createContext<Session>({
  user: null,
  proposesPeople: false,
  may: () => true,
  lock: () => {},
});

/** Who is at the desk and what the window may offer them. */
export const useSession = () => useContext(Present);

/** Shows the window to somebody who is signed in, and the way to sign in to everybody else. */
export function SignedIn({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const query = useQuery(sessionQuery());
  const session = query.data;
  const lock = useCallback(async () => {
    // What was read goes first: even if the program does not answer, nothing stays on screen.
    client.setQueryData(sessionQuery().queryKey, signedOut);
    forgetAnswers(client);
    await signOut().catch(() => {
      // The program is asked who is signed in next, and answers as it knows.
    });
    await readAgain(client, { queryKey: sessionQuery().queryKey });
  }, [client]);
  const present = useMemo(
    (): Session => ({
      user: session?.user ?? null,
      proposesPeople: session?.proposes_people ?? false,
      may: (useCase) => session?.may.includes(useCase) ?? false,
      lock: () => {
        if (session?.user) {
          void lock();
        }
      },
    }),
    [session, lock],
  );
  useIdle(session?.user ? session.idle_minutes : 0, present.lock);
  const mustSignIn = session?.must_sign_in ?? false;
  useEffect(() => {
    if (mustSignIn) {
      forgetAnswers(client);
    }
  }, [mustSignIn, client]);
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!session) {
    return <Loading />;
  }
  if (session.must_sign_in) {
    return <SignIn />;
  }
  return (
    <Present value={present}>
      <NavigationProvider>{children}</NavigationProvider>
    </Present>
  );
}

/** The answer that holds as long as nobody is signed in. */
const signedOut: SessionView = {
  must_sign_in: true,
  user: null,
  may: [],
  idle_minutes: 0,
  proposes_people: false,
};

/** What tells nothing of the clinic, and what the way to sign in itself stands on. */
const harmless = ["session", "first-start"];

/** Forgets everything that was read from the program, asked of it, or said about it. */
function forgetAnswers(client: QueryClient) {
  client.removeQueries({ predicate: ({ queryKey }) => !harmless.includes(String(queryKey[0])) });
  client.getMutationCache().clear();
  clearToasts();
  forgetDrafts();
}
