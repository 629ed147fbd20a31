import type { QueryClient } from "@tanstack/react-query";

/** Reads again what was read of another org or as somebody else; the state itself came with the answer. */
export const readAllAgain = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "app.state" });
