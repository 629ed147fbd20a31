import type { QueryClient } from "@tanstack/react-query";

const parts = ["runs.questions", "runs.companies", "runs.differences", "runs.ledger"];

/** Reads again what of a plan is in sight, after answers or a look at the org changed it. */
export async function refreshPlan(client: QueryClient, run: number): Promise<void> {
  const ofRun = (key: readonly unknown[]) => {
    const [name, which] = key;
    const id = typeof which === "object" && which !== null && "run" in which ? which.run : which;
    return parts.includes(String(name)) && id === run;
  };
  await client.invalidateQueries({ predicate: ({ queryKey }) => ofRun(queryKey) });
}
