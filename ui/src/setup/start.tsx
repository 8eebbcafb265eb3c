import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useState } from "react";

import { ClinicError } from "../lib/api";
import { useInPieces } from "../parts/in-pieces";
import { later } from "../parts/later";
import { Failure, Loading } from "../parts/state";
import { firstStartQuery } from "./queries";

const FirstStart = later(() => import("./first-start").then((part) => part.FirstStart));
const FirstKey = later(() => import("../keys/first-key").then((part) => part.FirstKey));
const FirstOwner = later(() => import("../session/first-owner").then((part) => part.FirstOwner));
const Unlock = later(() => import("../keys/unlock").then((part) => part.Unlock));

/** Shows the window once there is a clinic, and the ways to one until then. */
export function Start({ children }: { children: ReactNode }) {
  const query = useQuery(firstStartQuery());
  const isFirst = useInPieces(query.data);
  const [asks, setAsks] = useState<"key" | "owner">();
  const askOwner = useCallback(() => setAsks("owner"), []);
  if (query.error instanceof ClinicError && query.error.code === "key-needed") {
    return <Unlock onDone={() => query.refetch()} />;
  }
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  if (isFirst === undefined) {
    return <Loading />;
  }
  if (isFirst) {
    return <FirstStart onOwn={() => setAsks("key")} />;
  }
  if (asks === "key") {
    return <FirstKey onDone={askOwner} />;
  }
  return asks === "owner" ? <FirstOwner onDone={() => setAsks(undefined)} /> : children;
}
