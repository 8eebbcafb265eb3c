/** Who is at the desk: signing in before anything is shown, locking, and what the rest of the window may offer. */

import {
  type DehydratedState,
  dehydrate,
  hydrate,
  type QueryClient,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  Activity,
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";

import { NavigationProvider } from "../frame/navigation";
import { clearToasts } from "../frame/toasts";
import { type SessionView, signOut, type UseCase } from "../lib/api";
import { readAgain } from "../lib/refresh";
import { isUnsaved, useUnsaved } from "../lib/unsaved";
import { useInPieces } from "../parts/in-pieces";
import { later } from "../parts/later";
import { Failure, Loading } from "../parts/state";
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

/** Somebody's window: who they are, and what became of it when it was locked. */
interface Inside {
  session: SessionView;
  /** Set once it is locked: what they had begun waits for them out of sight. */
  isHeld?: true;
  /** Another number for another person's window. */
  turn: number;
}

/**
 * Shows the window to somebody who is signed in, and the way to sign in to everybody else. A window that is locked over
 * something that is not saved waits out of sight for whoever had begun it, and goes when somebody else comes.
 */
export function SignedIn({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const query = useQuery(sessionQuery());
  const session = useInPieces(query.data);
  const mustSignIn = session?.must_sign_in ?? false;
  const [inside, setInside] = useState<Inside>();
  const isHeld = inside?.isHeld ?? false;
  const before = inside?.session.user?.id;
  if (session && !mustSignIn && inside?.session !== session) {
    const isOther = isHeld && session.user?.id !== before;
    setInside({ session, turn: (inside?.turn ?? 0) + (isOther ? 1 : 0) });
  } else if (mustSignIn && inside && !isHeld) {
    setInside(isUnsaved() ? { ...inside, isHeld: true } : undefined);
  }
  useUnsaved(isHeld);
  const answers = useRef<DehydratedState>(undefined);
  const putAway = useCallback(
    (isWaitedFor: boolean) => {
      if (isWaitedFor) {
        answers.current ??= dehydrate(client, {
          shouldDehydrateQuery: ({ queryKey, state }) => state.status === "success" && !isHarmless(queryKey),
        });
      }
      forgetAnswers(client);
    },
    [client],
  );
  const lock = useCallback(async () => {
    putAway(isUnsaved());
    // What was read goes first: even if the program does not answer, nothing stays on screen.
    client.setQueryData(sessionQuery().queryKey, signedOut);
    await signOut().catch(() => {
      // The program is asked who is signed in next, and answers as it knows.
    });
    await readAgain(client, { queryKey: sessionQuery().queryKey });
  }, [client, putAway]);
  const enter = (next: SessionView) => {
    const waiting = next.user?.id === before ? answers.current : undefined;
    if (waiting) {
      // Their window stands on what it showed until that is read again.
      hydrate(client, waiting);
    }
    answers.current = undefined;
    client.setQueryData(sessionQuery().queryKey, next);
    if (waiting) {
      void readAgain(client, { predicate: ({ queryKey }) => !isHarmless(queryKey) });
    }
  };
  const shown = inside?.session;
  const present = useMemo(
    (): Session => ({
      user: shown?.user ?? null,
      proposesPeople: shown?.proposes_people ?? false,
      may: (useCase) => shown?.may.includes(useCase) ?? false,
      lock: () => {
        if (shown?.user) {
          void lock();
        }
      },
    }),
    [shown, lock],
  );
  useIdle(session?.user ? session.idle_minutes : 0, present.lock);
  useEffect(() => {
    if (mustSignIn) {
      putAway(isHeld);
    }
  }, [mustSignIn, isHeld, putAway]);
  if (!session) {
    return query.isError ? <Failure error={query.error} onRetry={() => query.refetch()} /> : <Loading />;
  }
  return (
    <>
      {mustSignIn && <SignIn onEnter={enter} />}
      {inside && (
        <Activity key={inside.turn} mode={mustSignIn ? "hidden" : "visible"}>
          <Present value={present}>
            <NavigationProvider>{children}</NavigationProvider>
          </Present>
        </Activity>
      )}
    </>
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

const isHarmless = (queryKey: readonly unknown[]) => harmless.includes(String(queryKey[0]));

/** Forgets everything that was read from the program, asked of it, or said about it. */
function forgetAnswers(client: QueryClient) {
  client.removeQueries({ predicate: ({ queryKey }) => !isHarmless(queryKey) });
  client.getMutationCache().clear();
  clearToasts();
}
